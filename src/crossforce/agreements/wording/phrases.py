"""The phrases that terms are said with, side by side in both languages."""

from crossforce.kernel.words import Language

_PHRASES: dict[str, tuple[str, str]] = {
    "everyone": ("everyone", "pawb"),
    "everything": ("everything", "popeth"),
    "lead.lead": ("{force} leads {functions}", "{force} sy'n arwain {functions}"),
    "lead.host": ("{force} hosts {functions}", "{force} sy'n lletya {functions}"),
    "command.home-chief": (
        "{whom}: direction and control stays with each member's own chief officer",
        "{whom}: erys cyfarwyddyd a rheolaeth gyda phrif swyddog pob aelod",
    ),
    "command.chief-of-area-deployed": (
        "{whom}: direction and control lies with the chief officer in whose area the member is deployed",
        "{whom}: mae cyfarwyddyd a rheolaeth gyda phrif swyddog yr ardal lle mae'r aelod ar waith",
    ),
    "command.lead-chief": (
        "{whom}: direction and control lies with the chief officer of the lead force",
        "{whom}: mae cyfarwyddyd a rheolaeth gyda phrif swyddog yr heddlu arweiniol",
    ),
    "command.named-chief": (
        "{whom}: direction and control lies with the {chief}",
        "{whom}: mae cyfarwyddyd a rheolaeth gyda {chief}",
    ),
    "command.requesting-chief": (
        "{whom}: direction and control lies with the chief officer who asked for them",
        "{whom}: mae cyfarwyddyd a rheolaeth gyda'r prif swyddog a ofynnodd amdanynt",
    ),
    "command.on-duty": (" while on joint duty", " tra ar ddyletswydd ar y cyd"),
    "command.otherwise.home-chief": (
        "; otherwise with the home chief officer",
        "; fel arall gyda phrif swyddog yr heddlu cartref",
    ),
    "command.otherwise.named-chief": (
        "; otherwise with the {chief}",
        "; fel arall gyda {chief}",
    ),
    "cost": (
        "The cost of {functions} is shared by {methods}",
        "Rhennir cost {functions} yn ôl {methods}",
    ),
    "cost.annual": ("; {sum} a year", "; {sum} y flwyddyn"),
    "method.equal": ("equal parts", "rhannau cyfartal"),
    "method.fixed": ("fixed shares", "cyfrannau penodedig"),
    "method.net-revenue-budget": ("net revenue budget", "cyllideb refeniw net"),
    "method.officer-fte": ("number of officers", "nifer swyddogion"),
    "method.total-fte": ("number of officers and staff", "nifer swyddogion a staff"),
    "method.population": ("population", "poblogaeth"),
    "method.police-grant": ("police grant", "grant yr heddlu"),
    "method.demand": ("demand", "galw"),
    "method.tariff": ("use at a price", "defnydd am bris"),
    "method.costs-lie-where-they-fall": ("where costs fall", "lle mae'r costau'n disgyn"),
    "method.hybrid": ("a mixture", "cymysgedd"),
    "governance.named-body": (
        "{body} governs {functions}",
        "{body} sy'n llywodraethu {functions}",
    ),
    "governance.all-wales": (
        "{functions}: governed by the all-Wales body when all four Welsh forces take part, else by"
        " the policing bodies of those that do, jointly",
        "{functions}: y corff Cymru gyfan sy'n llywodraethu pan fydd pedwar heddlu Cymru yn cymryd"
        " rhan, fel arall cyrff plismona'r rhai sy'n gwneud hynny ar y cyd",
    ),
    "governance.joint-policing-bodies": (
        "{functions}: governed jointly by the policing bodies of the forces taking part",
        "{functions}: cyrff plismona'r heddluoedd sy'n cymryd rhan sy'n llywodraethu ar y cyd",
    ),
    "governance.chief-officers": (
        "{functions}: governed by the chief officers of the forces taking part",
        "{functions}: prif swyddogion yr heddluoedd sy'n cymryd rhan sy'n llywodraethu",
    ),
    "governance.reports": (", reporting to {to}", ", gan adrodd i {to}"),
    "meets.weekly": (", meeting weekly", ", yn cwrdd bob wythnos"),
    "meets.monthly": (", meeting monthly", ", yn cwrdd bob mis"),
    "meets.quarterly": (", meeting quarterly", ", yn cwrdd bob chwarter"),
    "meets.half-yearly": (", meeting twice a year", ", yn cwrdd ddwywaith y flwyddyn"),
    "meets.yearly": (", meeting yearly", ", yn cwrdd bob blwyddyn"),
    "meets.as-needed": (", meeting as needed", ", yn cwrdd yn ôl yr angen"),
    "approval": ("{decision}{limit} needs {who}", "Mae angen {who} ar gyfer {decision}{limit}"),
    "approval.limit": (" up to {sum}", " hyd at {sum}"),
    "approval.by.unanimous": ("every party to agree", "cytundeb pob parti"),
    "approval.by.majority": ("a majority of the parties", "mwyafrif y partïon"),
    "approval.by.lead": ("the lead force", "yr heddlu arweiniol"),
    "approval.by.body": ("{body}", "{body}"),
    "approval.by.each-policing-body": ("each policing body", "pob corff plismona"),
    "approval.by.each-chief-officer": ("each chief officer", "pob prif swyddog"),
    "routing": (
        "{function}{when} goes to {to} without asking",
        "Mae {function}{when} yn mynd i {to} heb ofyn",
    ),
    "tasking.automatic": (
        "{unit} is tasked automatically{when}",
        "Tasgir {unit} yn awtomatig{when}",
    ),
    "tasking.automatic.by": (
        "{unit} is tasked automatically by {by}{when}",
        "Tasgir {unit} yn awtomatig gan {by}{when}",
    ),
    "tasking.on-request": ("{unit} is tasked on request{when}", "Tasgir {unit} ar gais{when}"),
    "tasking.on-request.by": (
        "{unit} is tasked on request to {by}{when}",
        "Tasgir {unit} ar gais i {by}{when}",
    ),
    "tasking.tasking-group": (
        "{unit} is tasked by the tasking group{when}",
        "Tasgir {unit} gan y grŵp tasgio{when}",
    ),
    "tasking.tasking-group.by": (
        "{unit} is tasked by {by}{when}",
        "Tasgir {unit} gan {by}{when}",
    ),
    "access": (
        "{who} may {actions} {kinds} held by {holders}, for {purposes}, up to {marking}",
        "Caiff {who} {actions} {kinds} a ddelir gan {holders}, at ddibenion {purposes}, hyd at {marking}",
    ),
    "action.find": ("find", "ganfod"),
    "action.read": ("read", "ddarllen"),
    "action.add": ("add", "ychwanegu"),
    "action.edit": ("edit", "olygu"),
    "action.task": ("task", "dasgio"),
    "action.disclose": ("disclose", "ddatgelu"),
    "action.dispose": ("dispose of", "waredu"),
    "controller.sole": (
        "{controllers} alone controls personal data",
        "{controllers} yn unig sy'n rheoli data personol",
    ),
    "controller.joint": (
        "{controllers} are joint controllers of personal data",
        "{controllers} yw cyd-reolwyr data personol",
    ),
    "controller.each-its-own": (
        "Each party controls its own personal data",
        "Mae pob parti'n rheoli ei ddata personol ei hun",
    ),
    "controller.contact": ("; contact: {contact}", "; cyswllt: {contact}"),
    "retention": (
        "{kinds} kept by the schedule {schedule}",
        "Cedwir {kinds} yn ôl yr amserlen {schedule}",
    ),
    "publication.whole": ("The agreement is published whole", "Cyhoeddir y cytundeb yn gyfan"),
    "publication.notice": (
        "The fact of the agreement is published by a notice",
        "Cyhoeddir bodolaeth y cytundeb drwy hysbysiad",
    ),
    "publication.withheld": (
        "; withheld: clause {clauses}",
        "; wedi'i ddal yn ôl: cymal {clauses}",
    ),
    "kpi.higher": ("{title}: at least {target} {unit}", "{title}: o leiaf {target} {unit}"),
    "kpi.lower": ("{title}: at most {target} {unit}", "{title}: dim mwy na {target} {unit}"),
    "exit": (
        "A party leaves by {months} months' notice",
        "Bydd parti'n gadael drwy roi {months} mis o rybudd",
    ),
    "exit.day": ("", ""),
    "exit.month-end": (
        ", taking effect at the end of a month",
        ", yn weithredol ar ddiwedd mis",
    ),
    "exit.31-march": (", taking effect on 31 March", ", yn weithredol ar 31 Mawrth"),
    "exit.30-september": (", taking effect on 30 September", ", yn weithredol ar 30 Medi"),
    "exit.winding-up": (
        ", with {months} months of winding up",
        ", gyda {months} mis i ddirwyn i ben",
    ),
}


def say(phrase: str, language: Language, **values: object) -> str:
    """The phrase in the language, filled in."""
    english, welsh = _PHRASES[phrase]
    return (welsh if language == "cy" else english).format(**values)

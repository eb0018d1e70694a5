"""Bad documents: a sound one, one edit, and what the check must say, on which line."""

from dataclasses import dataclass

END = 'settlement = [{ item = "unavoidable-costs", pence = 60000000, months = 12 }]\n'


@dataclass(frozen=True)
class Bad:
    """A sound document with an edit that breaks one rule.

    `line` is the beginning of the line that the finding names; the first such line after the edit,
    or the first in the document. Empty for what concerns the whole document.
    """

    rule: str
    story: str
    old: str
    new: str
    line: str
    says: str = ""
    severity: str = "error"
    basis: str = "s22a"
    clause: str | None = None
    for_signature: bool = False

    def __str__(self) -> str:
        return self.story


def added(text: str) -> tuple[str, str]:
    """An edit that adds to the end of the section 22A agreement."""
    return END, END + text


def term(text: str, number: str = "11") -> tuple[str, str]:
    """An edit that adds a clause with a term."""
    words = "Members are under the direction and control of a chief constable."
    head = f'\n[[clause]]\nnumber = "{number}"\nheading = {{ en = "More" }}\ntext = {{ en = "{words}" }}\n'
    return added(f"{head}\n[[clause.term]]\n{text}\n")


WILTSHIRE = (
    '[[party]]\norganisation = "chief-constable-wiltshire"\ncapacity = "chief-officer"\n'
)
PCC = '[[party]]\norganisation = "pcc-wiltshire"\ncapacity = "policing-body"\n'
LEADS = 'until = 2021-04-01\n\n[[clause.term]]\ntype = "LEAD"\nforce = "wiltshire"\nfrom = 2021-04-01'
SHARES = 'shares = { avon-and-somerset = "1/2", gloucestershire = "0.25", wiltshire = "0.25" }'
DOGS = (
    'code = "dogs"\nclause = "2.1"\nin = ["avon-and-somerset", "gloucestershire", "wiltshire"]'
)

WRITING = [
    Bad("basis.not-in-force", "section 22A before there was one", "from = 2016-04-01\nuntil = 2026-04-01", "from = 2011-04-01\nuntil = 2012-04-01", "basis =", "not law on 1 April 2011"),
    Bad("document.reference-not-file-name", "a file of another name", "", "", "reference =", "other.toml"),
    Bad("document.title-too-long", "a title of 400 letters", "Specialist Operations", "x" * 400, "title =", "has 400 characters; it may have 120 at most"),
    Bad("document.duplicate-clause", "two clauses 4.2", 'number = "4.3"', 'number = "4.2"', 'number = "4.2"', "Clause 4.2 stands twice", clause="4.2"),
    Bad("document.duplicate-code", "dogs twice", DOGS, DOGS + "\n\n[[function]]\n" + DOGS, 'code = "dogs"', "'dogs' stands twice"),
    Bad("document.clause-unknown", "a clause cited that does not exist", 'clause = "2.1"\ndisciplines', 'clause = "2.9"\ndisciplines', 'clause = "2.9"', "Clause 2.9 is cited and does not exist", clause="2.9"),
    Bad("document.adoption-ahead", "on paper only in ten years", 'form = "joint-unit"', 'form = "joint-unit"\nadopted.since = 2046-04-01', "adopted.since", "still to come"),
    Bad("document.adoption-idle", "an idea adopted", 'form = "joint-unit"', 'stage = "idea"\nform = "joint-unit"\nadopted.since = 2016-04-01', "adopted.since", "only planned"),
    Bad("document.head-unknown", "an unusual head", 'head = "functions"', 'head = "funktions"', "head =", "Did you mean 'functions'?", "warning"),
    Bad("document.not-for-signature", "an idea put to parties", 'form = "joint-unit"', 'stage = "idea"\nform = "joint-unit"', "state =", "cannot be signed", for_signature=True),
    Bad("document.outside-period", "a term that outlives the agreement", "annual_cost =", "until = 2030-04-01\nannual_cost =", "until = 2030-04-01", "lasts until 1 April 2030"),
    Bad("document.commencement-missing", "no day of commencement", "from = 2016-04-01\n", "", "", "does not say when"),
    Bad("document.end-missing", "ended, nobody says when", 'form = "joint-unit"\nregion = "south-west"\nobjective = { en = "A centrally managed specialist unit that flexes to meet demand." }\nfrom = 2016-04-01\nuntil = 2026-04-01', 'form = "joint-unit"\nstage = "ended"\nobjective = { en = "A unit." }\nfrom = 2016-04-01', "stage =", severity="warning"),
    Bad("document.placeholder", "a clause that is still to come", "The parties share the cost of the unit.", "TBC", 'text = { en = "TBC"', "says nothing", clause="5.1"),
    Bad("document.source-unknown", "a source that is not listed", '[[party]]\norganisation = "chief-constable-avon-and-somerset"', '[[sources]]\nid = "003"\ntitle = "Programme"\n\n[[party]]\nsource = "004, page 2"\norganisation = "chief-constable-avon-and-somerset"', "source =", "no listed document", "warning"),
    Bad("document.origin-unmarked", "a recorded fact from nowhere", 'state = "draft"', 'state = "recorded"', "[[party]]", "neither a source nor a reason", "warning"),
    Bad("welsh.missing", "Wales without Welsh", ', cy = "Cyd-bwyllgor"', "", "title =", "No Welsh for title", "warning", "joint-committee"),
]  # fmt: skip

ORGANISATIONS = [
    Bad("organisations.unknown", "a chief constable who does not exist", 'organisation = "chief-constable-wiltshire"', 'organisation = "chief-constable-wilshire"', "organisation =", "Did you mean 'chief-constable-wiltshire'?"),
    Bad("organisations.unknown", "an unknown force", 'in = ["avon-and-somerset", "wiltshire"]', 'in = ["avon-and-somerset", "wiltshire", "wessex"]', "in =", "no organisation 'wessex'"),
    Bad("organisations.not-a-force", "a person where a force is asked for", 'force = "wiltshire"', 'force = "chief-constable-wiltshire"', "force =", "not a force", clause="3.1"),
    Bad("organisations.not-a-region", "a region that is a force", 'region = "south-west"', 'region = "wiltshire"', "region =", "not a region"),
    Bad("organisations.not-in-being", "an agency long gone", 'form = "sub-unit"', 'form = "sub-unit"\nembedded = ["border-and-immigration-agency"]', "embedded =", "exists until", "warning"),
    Bad("parties.capacity-wrong", "a commissioner as chief officer", 'organisation = "pcc-wiltshire"\ncapacity = "policing-body"', 'organisation = "pcc-wiltshire"\ncapacity = "chief-officer"', "capacity =", "is a policing body"),
    Bad("parties.not-a-legal-person", "a force that signs", 'organisation = "chief-constable-wiltshire"', 'organisation = "wiltshire"', "organisation =", "no legal person"),
    Bad("parties.not-in-being", "a police authority in 2016", 'organisation = "pcc-wiltshire"', 'organisation = "police-authority-wiltshire"', "organisation =", "ceased to exist on 22 November 2012"),
    Bad("parties.abolished-during-period", "an authority abolished under way", "until = 2012-11-22", "until = 2014-04-01", "organisation =", "ceases to exist on 22 November 2012", basis="joint-committee"),
    Bad("parties.periods-overlap", "a party in two rows at once", WILTSHIRE, WILTSHIRE + "\n" + WILTSHIRE, "[[party]]", "stands in two rows"),
    Bad("parties.set-invalid", "one policing body of three", PCC, "", "[[party]]", "at least 2", basis="s22a-one-body"),
    Bad("parties.set-invalid", "a policy of two forces", 'capacity = "chief-officer"\n', 'capacity = "chief-officer"\n\n' + WILTSHIRE.replace("wiltshire", "dorset"), "[[party]]", "at most 1 in all", basis="internal-policy"),
    Bad("parties.role-undated", "a host from no stated day", "from = 2016-04-01\n", "", "[[party]]", "from no stated day", "warning"),
    Bad("parties.chief-officer-missing", "a chief constable left out", WILTSHIRE, "", "in = ", "chief officer is not party"),
    Bad("parties.policing-body-missing", "a commissioner left out", PCC, "", "in = ", "Police and Crime Commissioner for Wiltshire"),
    Bad("parties.force-unrepresented", "a memorandum about a force that is no party", 'in = ["hampshire"]', 'in = ["hampshire", "dorset"]', "in = ", "nobody is party for it", basis="memorandum"),
    Bad("parties.police-authority-approval-missing", "no approval of the authorities", 'decision = "making"', 'decision = "spending"', "[[party]]", "police authorities approve", basis="s23-pre-2010"),
]  # fmt: skip

INTEREST = [
    Bad("interest.test-missing", "no interest test", "[interest]\ntest = { en = \"A team that protects witnesses of both forces is better staffed than two.\" }\n", "", "", basis="s23-pre-2010"),
    Bad("interest.existing-agreements-missing", "existing agreements not considered", "existing_agreements = { en = \"The forces share major crime; nothing else touches these functions.\" }\n", "", "[interest]"),
    Bad("interest.consistency-missing", "consistency not considered", 'consistency = { en = "Crews from three forces work by one set of tactics." }\n', "", "[interest]"),
    Bad("interest.opportunities-missing", "opportunities not considered", 'opportunities = { en = "A wider regional unit was looked at and not yet possible." }\n', "", "[interest]"),
    Bad("relations.unknown-agreement", "varies what nobody knows", 'form = "joint-unit"', 'varies = "nothing"\nform = "joint-unit"', "varies =", "No agreement 'nothing'", "warning"),
    Bad("relations.to-itself", "varies itself", 'form = "joint-unit"', 'varies = "s22a"\nform = "joint-unit"', "varies =", "says of itself"),
]  # fmt: skip

FUNCTIONS = [
    Bad("functions.none", "an agreement about nothing", '[[function]]\ncode = "immigration-crime"\nin = ["hampshire"]\n', "", "", "names no function", "warning", "secondment"),
    Bad("functions.title-missing", "a function nobody knows", 'code = "dogs"', 'code = "doggs"', 'code = "doggs"', "Did you mean 'dogs'?"),
    Bad("participation.overlap", "in and out on one day", "until = 2017-04-01\n\n[[function.participation]]", "until = 2018-04-01\n\n[[function.participation]]", "[[function.participation]]", "takes part in some disciplines and also takes part"),
    Bad("participation.force-twice", "a force named twice", DOGS, DOGS.replace('"wiltshire"]', '"wiltshire", "wiltshire"]'), 'in = ["avon-and-somerset", "gloucestershire", "wiltshire", "wiltshire"]', "named twice"),
    Bad("participation.disciplines-missing", "partly, and in what?", 'status = "partial"\ndisciplines = ["armed-response"]', 'status = "partial"', "[[function.participation]]", "in which disciplines?"),
    Bad("participation.discipline-unknown", "a discipline not on offer", 'status = "partial"\ndisciplines = ["armed-response"]', 'status = "partial"\ndisciplines = ["armed-responce"]', "disciplines =", "Did you mean 'armed-response'?"),
    Bad("participation.nobody-in", "nobody takes part", 'in = ["avon-and-somerset", "gloucestershire", "wiltshire"]\n\n[[unit]]', "participation = []\n\n[[unit]]", "[[function]]", "No force takes part in dogs", "warning"),
    Bad("units.function-unknown", "a unit for horses", 'functions = ["firearms", "dogs"]', 'functions = ["firearms", "horses"]', "functions =", "no function 'horses'"),
    Bad("units.unit-unknown", "cases to a unit that is not there", 'to = "armed-response-section"', 'to = "armed-response-sektion"', "to =", "Did you mean 'armed-response-section'?"),
    Bad("units.circular", "units inside each other", 'code = "specialist-operations-unit"', 'code = "specialist-operations-unit"\npart_of = "armed-response-section"', "part_of =", "is part of"),
    Bad("units.staffed-by-a-stranger", "Dorset staffs the unit", 'code = "specialist-operations-unit"', 'code = "specialist-operations-unit"\nstaffed_by = ["wiltshire", "dorset"]', "staffed_by =", "takes no part", "warning"),
    Bad("routing.two-ways", "armed incidents go two ways", *term('type = "ROUTING"\nfunction = "firearms"\nwhen = { kind = "armed-incident" }\nto = "specialist-operations-unit"'), "[[clause.term]]", "sends the same cases", clause="11"),
    Bad("routing.force-not-taking-part", "cases of Dorset", 'when = { kind = "armed-incident" }', 'when = { kind = "armed-incident" }\nforces = ["dorset"]', "forces =", "takes no part"),
    Bad("routing.unit-of-another-function", "dogs to the armed section", 'function = "firearms"\nwhen', 'function = "dogs"\nwhen', "to =", "does not work on dogs", "warning"),
    Bad("tasking.two-modes", "asked for, and sent by itself", *term('type = "TASKING"\nunit = "specialist-operations-unit"\nmode = "automatic"'), "[[clause.term]]", "calls on"),
    Bad("tasking.group-missing", "a tasking group without a name", 'mode = "on-request"', 'mode = "tasking-group"', "[[clause.term]]", "none is named", "warning", clause="7.1"),
]  # fmt: skip

COMMAND = [
    Bad("leads.two-on-a-day", "two leads on one day", LEADS, LEADS.replace("from = 2021", "from = 2020"), "[[clause.term]]", "both lead firearms from 1 April 2020 until 1 April 2021", clause="3.1"),
    Bad("leads.gap", "a year without a lead", LEADS, LEADS.replace("from = 2021", "from = 2022"), "[[function]]", "Nobody leads firearms from 1 April 2021 until 1 April 2022"),
    Bad("leads.none", "a lead-force arrangement without a lead", 'role = "lead"\n', "", "[[function]]", "no force leads it", "warning", "s23-pre-2010"),
    Bad("leads.force-not-taking-part", "Dorset leads", 'force = "wiltshire"', 'force = "dorset"', "[[clause.term]]", "takes no part"),
    Bad("command.conflict", "two chief constables over one constable", *term('type = "DIRECTION_CONTROL"\nof = { functions = ["firearms"] }\nrule = "home-chief"'), "[[clause.term]]", "by clause 4.1 and under", clause="11"),
    Bad("command.chief-missing", "a chief constable without a name", 'rule = "named-chief"\nchief = "chief-constable-avon-and-somerset"', 'rule = "named-chief"', "[[clause.term]]", "none is named"),
    Bad("command.nobody", "police without a chief officer in the directory", 'in = ["avon-and-somerset", "dorset"]', 'in = ["avon-and-somerset", "dorset", "royal-military-police"]', "[[clause.term]]", "no chief officer by this rule", basis="mutual-aid"),
    Bad("command.lead-missing", "under the lead, and nobody leads", 'role = "lead"\n', "", "[[clause.term]]", "nobody leads", basis="s23-pre-2010"),
    Bad("command.not-a-chief-officer", "a commissioner in command", 'chief = "chief-constable-avon-and-somerset"', 'chief = "pcc-avon-and-somerset"', "chief =", "not a chief officer"),
    Bad("command.chief-not-party", "a stranger in command", 'chief = "chief-constable-avon-and-somerset"', 'chief = "chief-constable-dorset"', "chief =", "not party throughout"),
    Bad("command.express-words-missing", "another's command, and no word of it", "Analysts stay under the direction and control of the chief constable of Avon and Somerset.", "Analysts are trained well.", "[[clause.term]]", "does not say so", clause="4.2"),
    Bad("command.silent", "a joint unit without a word on command", 'type = "DIRECTION_CONTROL"\nof = { unit = "witness-protection-team" }\nrule = "lead-chief"', 'type = "TASKING"\nunit = "witness-protection-team"\nmode = "on-request"', "[[unit]]", "nothing says whose command", "note", "s23-pre-2010"),
    Bad("command.term-for-nobody", "a rule about nobody", *term('type = "DIRECTION_CONTROL"\nof = { unit = "specialist-operations-unit", staff_of = ["dorset"] }\nrule = "home-chief"'), "[[clause.term]]", "Nobody who takes part", "warning"),
]  # fmt: skip

MONEY = [
    Bad("costs.none", "who pays?", 'type = "COST_SHARE"\nmethod', 'type = "COST_SHARE"\nfunctions = ["firearms"]\nmethod', "[[function]]", "who pays for dogs", "warning"),
    Bad("costs.two-rules", "paid for twice", *term('type = "COST_SHARE"\nfunctions = ["dogs"]\nmethod = "equal"\nannual_cost = { pence = 1 }'), "[[clause.term]]", "both share the cost of dogs"),
    Bad("costs.shares-sum", "shares of 0.99", SHARES, SHARES.replace('wiltshire = "0.25"', 'wiltshire = "0.24"'), "shares =", "sum to 0.99, 0.01 too little", clause="5.1"),
    Bad("costs.share-unreal", "a share of three halves", SHARES, SHARES.replace("1/2", "3/2"), "shares =", "is no share"),
    Bad("costs.share-unreal", "a share over nothing", SHARES, SHARES.replace("1/2", "1/0"), "shares =", "is no share"),
    Bad("costs.share-unreal", "a floor over nothing", SHARES, SHARES + '\nfloor = "1/0"', "floor", "is no share that each could have"),
    Bad("costs.shares-sum", "a floor too high for all", SHARES, SHARES + '\nfloor = "0.4"', "floor", "at least 2/5 each sums to 1.2, 0.2 too much"),
    Bad("costs.method-incomplete", "demand written and counted", f'method = "fixed"\n{SHARES}', 'method = "demand"\ndriver = "duty-hours-received"\ndemand = { avon-and-somerset = 1, wiltshire = 1, gloucestershire = 1 }', "driver", "only one can be shared by"),
    Bad("costs.method-incomplete", "incidents without their harm", f'method = "fixed"\n{SHARES}', 'method = "demand"\nincidents = { avon-and-somerset = { burglary = 1 }, wiltshire = {}, gloucestershire = {} }', "incidents", "needs both"),
    Bad("costs.method-incomplete", "incidents and a table", f'method = "fixed"\n{SHARES}', 'method = "demand"\ndemand = { avon-and-somerset = 1, wiltshire = 1, gloucestershire = 1 }\nincidents = { avon-and-somerset = { burglary = 1 }, wiltshire = {}, gloucestershire = {} }\nharm_days = { burglary = 9 }', "incidents", "told otherwise as well"),
    Bad("costs.force-without-share", "Wiltshire counts no incidents", f'method = "fixed"\n{SHARES}', 'method = "demand"\nincidents = { avon-and-somerset = { burglary = 1 }, gloucestershire = {} }\nharm_days = { burglary = 9 }', "incidents", "has no share"),
    Bad("costs.method-incomplete", "counted hours, and shared otherwise", f'method = "fixed"\n{SHARES}', 'method = "equal"\ndriver = "duty-hours-received"', "driver", "does not share by demand"),
    Bad("costs.method-incomplete", "months of what is not counted", f'method = "fixed"\n{SHARES}', 'method = "equal"\nmonths = 3', "months", "none is named"),
    Bad("costs.method-incomplete", "fixed shares, and no shares", SHARES + "\n", "", "[[clause.term]]", "'fixed' needs `shares`"),
    Bad("costs.payer-not-taking-part", "Dorset pays", SHARES, SHARES.replace("wiltshire", "dorset"), "shares =", "Dorset Police has a share of firearms"),
    Bad("costs.force-without-share", "Wiltshire pays nothing", SHARES, 'shares = { avon-and-somerset = "1/2", gloucestershire = "1/2" }', "shares =", "has no share"),
    Bad("costs.driver-unknown", "figures of a year to come", f'method = "fixed"\n{SHARES}', 'method = "population"\nyear = 2070', "[[clause.term]]", "known for the year 2070"),
    Bad("costs.driver-not-held", "shared by figures nobody holds", f'method = "fixed"\n{SHARES}', 'method = "total-fte"', "[[clause.term]]", "No total fte of", "warning"),
    Bad("costs.use-not-stated", "use that nobody has stated", f'method = "fixed"\n{SHARES}', 'method = "demand"', "[[clause.term]]", "No use of the service by", "note"),
    Bad("costs.amount-missing", "shares of what?", "annual_cost = { pence = 900000000 }\n", "", "[[clause.term]]", "No yearly cost", "warning"),
    Bad("costs.in-kind-of-a-stranger", "Dorset gives in kind", "annual_cost =", 'in_kind = [{ force = "dorset", what = { en = "A range" }, annual_pence = 5 }]\nannual_cost =', "in_kind =", "gives in kind"),
    Bad("exit.none", "no way out", 'type = "EXIT"\nnotice_months = 12\nwinding_up_months = 6\nhandover = ["open-cases", "staff"]\n' + END, 'type = "RETENTION"\nschedule = "workforce-records"\n', "", "how a party leaves"),
    Bad("exit.two-rules", "two ways out", *term('type = "EXIT"\nnotice_months = 6\nsettlement = [{ item = "fixed-charge", pence = 5 }]'), "[[clause.term]]", "already says how a party leaves"),
    Bad("exit.settlement-vague", "reasonable costs", END, "\n", "[[clause.term]]", "what leaving costs", clause="10.1"),
    Bad("exit.settlement-vague", "costs for how long?", ", months = 12 }]", " }]", "settlement =", "for how many months"),
    Bad("exit.not-computable", "a price nobody can work out", f'method = "fixed"\n{SHARES}', 'method = "costs-lie-where-they-fall"', "[[clause.term]]", "follows the cost share", clause="10.1"),
    Bad("exit.not-computable", "a price by figures nobody holds", f'method = "fixed"\n{SHARES}', 'method = "net-revenue-budget"', "[[clause.term]]", "none of firearms can be worked out", clause="10.1"),
    Bad("exit.notice-none", "out at once", "notice_months = 12", "notice_months = 0", "[[clause.term]]", "without notice", "warning"),
    Bad("exit.handover-missing", "wound up, and nothing handed over", 'handover = ["open-cases", "staff"]\n', "", "[[clause.term]]", "handed over", "warning"),
]  # fmt: skip

GOVERNANCE = [
    Bad("governance.none", "who governs the dogs?", 'type = "GOVERNANCE"\nrule', 'type = "GOVERNANCE"\nfunctions = ["firearms"]\nrule', "[[function]]", "Nobody governs dogs"),
    Bad("governance.two-bodies", "two boards for dogs", *term('type = "GOVERNANCE"\nfunctions = ["dogs"]\nrule = "chief-officers"'), "[[clause.term]]", "both say who governs dogs"),
    Bad("governance.body-missing", "a board without a name", 'rule = "named-body"\nbody = "sw-police-collaboration-commissioning-board"\n', 'rule = "named-body"\n', "[[clause.term]]", "none is named"),
    Bad("governance.body-unused", "a board that does not govern", 'rule = "named-body"', 'rule = "chief-officers"', "body =", "does not govern", "warning"),
    Bad("governance.all-wales-elsewhere", "the all-Wales rule in the South West", 'rule = "named-body"\nbody = "sw-police-collaboration-commissioning-board"', 'rule = "all-wales"', "[[clause.term]]", "not in Wales"),
    Bad("governance.reports-to-itself", "a board that reports to itself", 'reports_to = "sw-police-collaboration-programme-board"', 'reports_to = "sw-police-collaboration-commissioning-board"', "reports_to =", "reports to itself"),
    Bad("governance.approval-ladder", "no last step", 'decision = "expenditure"\nby = "unanimous"', 'decision = "expenditure"\nup_to_pence = 9000000\nby = "unanimous"', "[[clause.term]]", "above the highest limit"),
    Bad("governance.approval-ladder", "one step twice", 'decision = "expenditure"\nby = "unanimous"', 'decision = "expenditure"\nup_to_pence = 5000000\nby = "unanimous"', "[[clause.term]]", "already says who agrees"),
    Bad("review.missing", "never looked at again", "review = { from = 2019-04-01 }\n", "", "", "when the agreement is reviewed", "warning"),
    Bad("review.outside-period", "a review after the end", "review = { from = 2019-04-01 }", "review = { from = 2029-04-01 }", "review =", "1 April 2029", "warning"),
    Bad("review.past", "a review that is overdue", "review = { from = 2019-04-01 }", "review = { from = 2016-05-01 }", "review =", "was due", "note"),
]  # fmt: skip

PUBLIC = [
    Bad("publication.none", "nothing for the public", 'type = "PUBLICATION"\nmode = "notice"\nnotice = { en = "Three forces share armed policing and dogs." }\nwithheld = [{ clause = "7.1", ground = "crime", reason = { en = "It tells how armed officers are called." } }]', 'type = "RETENTION"\nschedule = "workforce-records"', "", "what is published"),
    Bad("publication.two-rules", "published twice", *term('type = "PUBLICATION"\nmode = "whole"'), "[[clause.term]]", "already says what is published"),
    Bad("publication.whole-but-withheld", "whole, but for some clauses", 'mode = "notice"', 'mode = "whole"', "mode =", "clauses of it are withheld"),
    Bad("publication.notice-missing", "a notice without words", 'notice = { en = "Three forces share armed policing and dogs." }\n', "", "[[clause.term]]", "has no words"),
    Bad("publication.withheld-clause-unknown", "withheld: a clause that is not there", '{ clause = "7.1"', '{ clause = "7.9"', "withheld =", "Clause 7.9"),
    Bad("publication.ground-not-in-law", "withheld for commercial reasons", 'ground = "crime"', 'ground = "commercial"', "withheld =", "'commercial'", "warning"),
    Bad("publication.notice-withholds-nothing", "a notice that leaves out nothing", 'withheld = [{ clause = "7.1", ground = "crime", reason = { en = "It tells how armed officers are called." } }]\n', "", "[[clause.term]]", "no clause is named", "note"),
    Bad("staff.functions-not-listed", "designated for what?", 'functions = [{ en = "Detention escort" }]\n', "", "[[designation]]", "in which functions?", clause="4.3"),
    Bad("staff.limits-missing", "designated without limits", 'limits = { en = "Within the custody area only." }\n', "", "[[designation]]", "what limits", "warning"),
    Bad("staff.force-not-taking-part", "designated for Dorset", 'working_for = ["gloucestershire"]', 'working_for = ["dorset"]', "[[designation]]", "takes part in nothing"),
    Bad("staff.working-for-own-force", "designated for its own force", 'working_for = ["gloucestershire"]', 'working_for = ["wiltshire"]', "working_for =", "their own force"),
    Bad("covert.express-words-missing", "covert work without a word on authority", " Each force's own authorising officer authorises covert work.", "", "[[function]]", "who may authorise it", "warning", "s23-pre-2010"),
]  # fmt: skip

INFORMATION = [
    Bad("information.controller-missing", "nobody controls the data", 'type = "CONTROLLER"\nmode', 'type = "CONTROLLER"\nfunctions = ["firearms"]\nmode', "[[function]]", "personal data of dogs"),
    Bad("information.controllers-number", "a sole controller of three", 'mode = "joint"', 'mode = "sole"', "[[clause.term]]", "3 controllers are named"),
    Bad("information.contact-missing", "joint, and nobody to ask", 'contact = "chief-constable-avon-and-somerset"\n', "", "[[clause.term]]", "whom to ask", "warning"),
    Bad("information.processor-controls", "controller and processor", 'contact = "chief', 'processors = ["chief-constable-wiltshire"]\ncontact = "chief', "processors =", "controller and processor"),
    Bad("information.two-rules", "controlled twice", *term('type = "CONTROLLER"\nfunctions = ["dogs"]\nmode = "each-its-own"'), "[[clause.term]]", "already says who controls"),
    Bad("information.retention-missing", "kept for how long?", 'type = "RETENTION"\nschedule = "police-information-group-4"', 'type = "KPI"\nmeasure = "more"\ntitle = { en = "More" }\nunit = "more"\nbetter = "higher"\ntarget = "1"', "", "how long records are kept", "warning"),
    Bad("access.kind-unknown", "sight of what there is not", 'kinds = ["duty.entry"]', 'kinds = ["duty.entri"]', "kinds =", "Did you mean 'duty.entry'?"),
    Bad("access.purpose-unknown", "for a purpose nobody has", 'purposes = ["operational-response"]', 'purposes = ["curiosity"]', "purposes =", "no purpose 'curiosity'"),
    Bad("access.role-unknown", "to a role nobody has", 'roles = ["duty-inspector"] }\nactions', 'roles = ["duty-inspektor"] }\nactions', "to =", "Did you mean 'duty-inspector'?"),
    Bad("access.before-commencement", "sight before the agreement", 'held_by = "participants"', 'held_by = "participants"\nfrom = 2016-03-01', "from = 2016-03-01", "Access begins on 1 March 2016"),
    Bad("access.to-nobody", "granted to nobody", 'to = { unit = "specialist-operations-unit", roles = ["duty-inspector"] }', 'to = { roles = ["duty-inspector"] }', "to =", "no unit, function or organisation"),
    Bad("access.to-itself", "Wiltshire shows itself", 'held_by = "participants"\ncollection = { unit = "specialist-operations-unit" }\nto = { unit = "specialist-operations-unit", ', 'held_by = ["wiltshire"]\nto = { organisations = ["wiltshire"], ', "to =", "to itself"),
    Bad("access.holder-not-taking-part", "Dorset shows its records", 'held_by = "participants"', 'held_by = ["dorset"]', "held_by =", "nobody who answers for them is party"),
    Bad("access.break-glass-without-end", "anybody may break the glass", ', roles = ["duty-inspector"] }\nactions', ' }\nbreak_glass = { minutes = 30 }\nactions', "break_glass =", "Any posting", "warning"),
    Bad("access.break-glass-standing", "what glass opens is open already", ', roles = ["duty-inspector"] }\nactions', ', roles = ["duty-inspector"] }\nbreak_glass = { minutes = 30, roles = ["controller"] }\nactions', "actions =", "may read without breaking it"),
    Bad("access.compartment-unknown", "a compartment of no unit", 'purposes = ["operational-response"]', 'purposes = ["operational-response"]\ncompartment = "covert"', "compartment =", "the compartment 'covert'", "warning"),
    Bad("access.compared", "compared, and shown", 'actions = ["find", "read"]', 'actions = ["find", "deconflict"]', "actions =", "what is compared"),
    Bad("access.onward", "passed on", 'purposes = ["operational-response"]', 'purposes = ["operational-response"]\nonward = true', "onward =", "may be passed on", "warning"),
    Bad("kpi.bands-out-of-order", "amber better than the target", 'amber = "25"', 'amber = "15"', "amber =", "target 20 and amber 15"),
    Bad("kpi.duplicate", "one measure twice", *term('type = "KPI"\nmeasure = "armed-response-minutes"\ntitle = { en = "Again" }\nunit = "minutes"\nbetter = "lower"\ntarget = "9"'), "measure =", "stands twice"),
    Bad("kpi.none", "nothing is measured", '[[clause.term]]\ntype = "KPI"\nmeasure = "armed-response-minutes"\ntitle = { en = "Minutes to an armed response" }\nunit = "minutes"\nbetter = "lower"\ntarget = "20"\namber = "25"\n', "", "", "benefit is measured", "warning"),
]  # fmt: skip

CASES = [
    *WRITING, *ORGANISATIONS, *INTEREST, *FUNCTIONS, *COMMAND, *MONEY, *GOVERNANCE, *PUBLIC,
    *INFORMATION,
]  # fmt: skip

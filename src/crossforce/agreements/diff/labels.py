"""The words that changes are told in."""

Pair = tuple[str, str]
"""English and Welsh."""

TERMS: dict[str, Pair] = {
    "LEAD": ("lead force", "heddlu arweiniol"),
    "DIRECTION_CONTROL": ("direction and control", "cyfarwyddyd a rheolaeth"),
    "COST_SHARE": ("cost share", "rhannu costau"),
    "GOVERNANCE": ("governance", "llywodraethu"),
    "APPROVAL": ("approval", "cymeradwyaeth"),
    "ROUTING": ("routing", "llwybro"),
    "TASKING": ("tasking", "tasgio"),
    "ACCESS": ("access", "mynediad"),
    "CONTROLLER": ("data controller", "rheolydd data"),
    "RETENTION": ("retention", "cadw"),
    "PUBLICATION": ("publication", "cyhoeddi"),
    "KPI": ("measure", "mesur"),
    "EXIT": ("leaving", "gadael"),
}

STATUSES: dict[str, Pair] = {
    "in": ("takes part in", "yn cymryd rhan:"),
    "out": ("takes no part in", "ddim yn cymryd rhan:"),
    "partial": ("takes part in some of", "yn cymryd rhan yn rhannol:"),
    "as-tasked": ("takes part as tasked in", "yn cymryd rhan yn ôl y dasg:"),
    "exploring": ("explores taking part in", "yn ystyried cymryd rhan:"),
    "planned": ("plans to take part in", "yn bwriadu cymryd rhan:"),
    "linked": ("is linked with", "yn gysylltiedig:"),
}

CHANGES: dict[str, Pair] = {
    "added": ("is added", "wedi'i ychwanegu"),
    "removed": ("is taken out", "wedi'i dynnu"),
    "no longer": ("no longer so", "ddim mwyach"),
    "from": ("from", "o"),
    "until": ("until", "tan"),
    "changes from": ("changes from", "yn newid o"),
    "to": ("to", "i"),
    "reworded": ("is reworded:", "wedi'i ail-eirio:"),
    "gains": ("gains", "yn ennill"),
    "loses": ("loses", "yn colli"),
}

FIELDS: dict[str, Pair] = {
    "title": ("title", "teitl"),
    "objective": ("objective", "amcan"),
    "summary": ("summary", "crynodeb"),
    "party": ("party", "parti"),
    "function": ("function", "swyddogaeth"),
    "unit": ("unit", "uned"),
    "designation": ("designated staff of", "staff dynodedig"),
    "relation": ("relation to", "perthynas â"),
    "sources": ("source", "ffynhonnell"),
    "interest": ("interest test", "prawf budd"),
    "heading": ("heading", "pennawd"),
    "text": ("text", "testun"),
    "from": ("first day", "diwrnod cyntaf"),
    "until": ("end", "diwedd"),
    "force": ("force", "heddlu"),
    "forces": ("forces", "heddluoedd"),
    "functions": ("functions", "swyddogaethau"),
    "status": ("status", "statws"),
    "disciplines": ("disciplines", "disgyblaethau"),
    "shares": ("shares", "cyfrannau"),
    "method": ("method", "dull"),
    "body": ("body", "corff"),
    "rule": ("rule", "rheol"),
    "kinds": ("record kinds", "mathau o gofnod"),
    "actions": ("actions", "gweithredoedd"),
    "purposes": ("purposes", "dibenion"),
    "held_by": ("held by", "a ddelir gan"),
    "to": ("to", "i"),
    "role": ("role", "rôl"),
    "notice_months": ("months of notice", "misoedd o rybudd"),
    "source": ("source", "ffynhonnell"),
    "assumed": ("assumed mark", "nod rhagdybiaeth"),
    "annual_cost": ("yearly cost", "cost flynyddol"),
    "pence": ("pence", "ceiniogau"),
    "review": ("review", "adolygiad"),
    "adopted": ("adoption", "mabwysiadu"),
    "since": ("since", "ers"),
    "instrument": ("instrument", "offeryn"),
    "schedule": ("schedule", "amserlen"),
    "target": ("target", "targed"),
    "participation": ("participation", "cyfranogiad"),
}


def label(key: str) -> Pair:
    """A key or code as words: `up_to_pence` as `up to pence`."""
    words = key.replace("_", " ").replace("-", " ")
    return words, words

"""Which records of people, held by different forces, speak of one person; pure, over plain columns.

    people = records(table, [Column("surname", Role.SURNAME), ...], ids="reference")
    model = learn(people)
    found = link(people, model)
    explain(model, people, 3, 17)

Columns are named by their part, and nothing else is said of a data set. `learn` finds the statistics of Fellegi and Sunter in the
records alone, as Splink does, and measures which keys bring pairs together. `link` weighs the pairs and makes clusters;
`explain` says in words what each column adds to a weight. `save` and `load` are for a model; `begin` and `Kept` for links that stand on
disk, and follow the records as they come, change and go.

To read: `columns`, `levels`, `model`, `keys`; then `learning` (with `sampling`, `following`, `training`, `refining`, `choosing`),
`scoring`, `clusters`, `standing`, `keeping`. `splinking` puts the same model into Splink, which must answer the same.
"""

from crossforce.nominals.linkage.columns import Column, Records, Role, UnusableTable, records
from crossforce.nominals.linkage.explaining import Explanation, Step, Verdict, explain
from crossforce.nominals.linkage.keeping import Kept, begin
from crossforce.nominals.linkage.learning import learn
from crossforce.nominals.linkage.linking import Decision, Linked, link
from crossforce.nominals.linkage.model import Model
from crossforce.nominals.linkage.saving import load, save
from crossforce.nominals.linkage.standing import Standing

__all__ = [
    "Column",
    "Decision",
    "Explanation",
    "Kept",
    "Linked",
    "Model",
    "Records",
    "Role",
    "Standing",
    "Step",
    "UnusableTable",
    "Verdict",
    "begin",
    "explain",
    "learn",
    "link",
    "load",
    "records",
    "save",
]

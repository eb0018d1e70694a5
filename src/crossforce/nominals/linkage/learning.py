"""Learning a model from the records alone: nobody labels a pair, and nothing is tuned to a data set."""

from dataclasses import replace
from typing import Final

from crossforce.nominals.linkage import (
    choosing,
    following,
    keyed,
    laying,
    pairing,
    partly,
    refining,
    sampling,
    training,
)
from crossforce.nominals.linkage.columns import Records
from crossforce.nominals.linkage.model import Model, chance_of_the_same, common, shares

STRANGERS: Final = 400_000


def learn(records: Records) -> Model:
    """The model of these records: weights, how common each value is, and the rules that bring pairs together.

    What they say besides teaches nothing but which keys too many share: a model tells what it is worth that the first that each
    says agrees.
    """
    whole, records = records, replace(records, others=None)
    seen = partly.within(records, shares(records))
    sample = sampling.sampled(records, seen)
    few, blank = sample.records, training.blank(records.columns)
    texts = laying.texts(few, blank.comparisons)
    strangers = pairing.random_pairs(len(few), STRANGERS, sampling.SEED, few.files)
    apart = sampling.grade(few, texts, *strangers)
    u = tuple(
        training.chances(apart[:, c], comparison.exact, exact)
        for c, (comparison, exact) in enumerate(
            zip(blank.comparisons, chance_of_the_same(records), strict=True)
        )
    )
    of_few = (few, sample.shares)
    model = partly.told(replace(blank, u=u, common=common(*of_few)), *of_few)
    model = following.followed(model, sample)
    model = partly.told(replace(model, m=training.sessions(model, sample)), *of_few)
    model, likely = refining.refined(model, sample)
    model = partly.told(replace(model, common=common(records, seen)), records, seen)
    return keyed.barring(choosing.rules(model, sample, likely), whole)

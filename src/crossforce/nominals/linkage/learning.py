"""Learning a model from the records alone: nobody labels a pair, and nothing is tuned to a data set."""

from dataclasses import replace
from typing import Final

from crossforce.nominals.linkage import (
    choosing,
    following,
    laying,
    pairing,
    partly,
    refining,
    sampling,
    training,
)
from crossforce.nominals.linkage.columns import Records
from crossforce.nominals.linkage.model import Model, chance_of_the_same, shares

STRANGERS: Final = 400_000


def learn(records: Records) -> Model:
    """The model of these records: weights, how common each value is, and the rules that bring pairs together.

    What they say besides teaches nothing: a model tells what it is worth that the first that each says agrees.
    """
    records = replace(records, others=None)
    common = partly.within(records, shares(records))
    sample = sampling.sampled(records, common)
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
    model = partly.told(replace(blank, u=u, common=sample.common))
    model = following.followed(model, sample)
    model = partly.told(replace(model, m=training.sessions(model, sample)))
    model, likely = refining.refined(model, sample)
    model = partly.told(replace(model, common=common))
    return choosing.rules(model, sample, likely)

"""A question put to the pieces of an index, on behalf of somebody."""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final
from uuid import UUID

import numpy as np

from crossforce.nominals.searching.agreeing import Agreeing
from crossforce.nominals.searching.answers import FIND, PERSON, READ, Answer, Called, Hit, hits
from crossforce.nominals.searching.arrays import Bytes, Codes, Weights
from crossforce.nominals.searching.tables import Piece
from crossforce.nominals.searching.walking import (
    Found,
    Tables,
    by_day,
    by_day_alone,
    by_first,
    by_last,
    clear,
)
from crossforce.nominals.searching.weighing import Agreement, Question, agreement, weighed

SINGLE: Final = np.array([0, FIND, READ], np.uint8)
"""Of a piece of single records, each under what may be done with it."""
MOST: Final = 100
"""Hits that an answer may hold."""
TOUCHED: Final = 1_024
"""Records of several rows that are forgotten one by one after a question; of more, all are."""


@dataclass(frozen=True)
class Searcher:
    """The scopes in which somebody may read, and those in which they may only learn that a record is there."""

    allow: Bytes

    @classmethod
    def of(cls, read: Iterable[int], find: Iterable[int] = ()) -> "Searcher":
        read, find = list(read), list(find)
        allow = np.zeros(max([*read, *find], default=-1) + 1, np.uint8)
        allow[find] = FIND
        allow[read] = READ
        return cls(allow)

    @property
    def reading(self) -> "Searcher":
        """The same, without what they may only know of."""
        return Searcher(np.where(self.allow == READ, self.allow, np.uint8(0)))


class TooMany(ValueError):
    """More hits were wanted than an answer holds."""


def find(
    pieces: Sequence[Piece],
    question: Question,
    searcher: Searcher,
    limit: int = 20,
    *,
    haste: bool = False,
    called: Called = PERSON,
    single: Piece | None = None,
) -> Answer:
    """The best records of the searcher's scopes. The first piece says how common each name is; `single` holds
    records that are open by themselves.

    In haste records that weigh the same as the last that was found are left, and nothing is counted.
    """
    if not 0 < limit <= MOST:
        raise TooMany(f"An answer holds 1 to {MOST} hits: ask more narrowly.")
    if question.empty:
        return Answer((), *((0, 0) if not haste else (None, None)))
    asked_of = [(piece, searcher.allow) for piece in pieces]
    asked_of += [(single, SINGLE)] if single else []
    agreed = [agreement(piece, question) for piece, _ in asked_of]
    weights = weighed(pieces[0], agreed[0], question)
    ranked: list[list[tuple[tuple[int, int], Hit]]] = []
    read = pointed = 0
    for (piece, allow), near in zip(asked_of, agreed, strict=True):
        tables = weights.tables(near, question, allow, haste)
        found = _walk(piece, near, question, tables, limit)
        ranked.append(hits(piece, tables, found, called))
        read, pointed = read + int(found.tally[READ]), pointed + int(found.tally[FIND])
        clear(found)
        piece.see_again(found.seen)
        near.give_back(piece)
    best, twice = _once(hit for _, hit in heapq.merge(*ranked, key=itemgetter(0)))
    counted = (read, pointed - twice) if not haste else (None, None)
    return Answer(tuple(best[:limit]), *counted)


def _once(found: Iterable[Hit]) -> tuple[list[Hit], int]:
    """Each record once, as what it may be read as where it may; and how many were pointers beside."""
    best: dict[UUID, Hit] = {}
    twice = 0
    for hit in found:
        before = best.setdefault(hit.key, hit)
        twice += before is not hit
        if hit.readable and not before.readable:
            best[hit.key] = hit
    return list(best.values()), twice


def _walk(
    piece: Piece, near: Agreement, question: Question, asked: Tables, limit: int
) -> Found:
    found = _room(piece, limit)
    last, first = _codes(near.last, asked.weights[0]), _codes(near.first, asked.weights[1])
    rows = piece.rows
    if question.last and question.first:
        by_last(rows, asked, found, last, False)
        by_last(rows, asked, found, first, True)
        if question.born:
            by_day(rows, asked, found)
    elif question.last:
        by_last(rows, asked, found, last, False)
        by_first(rows, asked, found, last)
    elif question.first:
        by_first(rows, asked, found, first)
        by_last(rows, asked, found, first, True)
    else:
        by_day_alone(rows, asked, found)
    return found


def _codes(near: Agreeing, weights: Weights) -> Codes:
    """Where a walk begins: words that agree, those that weigh most first, and the name that is missing."""
    order = np.argsort(-weights[near.levels[near.codes]], kind="stable")
    return np.append(near.codes[order], np.uint32(0))


def _room(piece: Piece, limit: int) -> Found:
    return Found(
        *(np.zeros(limit, np.int32), np.zeros(limit, np.uint32), np.zeros(limit, np.uint32)),
        *(np.zeros(4, np.int64), piece.unseen(), np.zeros(TOUCHED, np.uint32)),
    )

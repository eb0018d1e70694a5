"""How else people could be searched for: PostgreSQL with trigrams, and tantivy with three letters at a time.

Both are asked without any test of scope, which is to their advantage.
"""

import importlib
import importlib.util
import secrets
import time
from abc import ABC, abstractmethod
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.nominals import Chunk, Enquiry
from crossforce.kernel import postgres_place
from crossforce.kernel.postgres_roles import Login
from crossforce.kernel.postgres_server import ADMIN, Server

DATE_COUNTS = 0.6
"""A date that agrees, against names that agree in every trigram."""

AGE_COUNTS = 5.0
"""Of tantivy: an age that agrees, as much as one rare trigram."""


class Peer(ABC):
    """Takes people in, chunk by chunk, and answers with numbers of records. `spent` is what building took."""

    name: str
    spent: float = 0.0

    def take(self, chunk: Chunk) -> None:
        began = time.perf_counter()
        self.add(chunk)
        self.spent += time.perf_counter() - began

    def end(self) -> None:
        began = time.perf_counter()
        self.finish()
        self.spent += time.perf_counter() - began

    @abstractmethod
    def add(self, chunk: Chunk) -> None: ...

    @abstractmethod
    def finish(self) -> None: ...

    @abstractmethod
    def find(self, asked: Enquiry) -> list[int]: ...


class Trigrams(Peer):
    """PostgreSQL 18, one GIN index of trigrams on the whole name, ordered by likeness and date."""

    name = "pg_trgm, GIN, threshold 0.3"

    def __init__(self, folder: Path, left: ExitStack) -> None:
        password = secrets.token_urlsafe()
        place = postgres_place.find(folder)
        left.enter_context(Server(place, admin_password=password).running())
        login = Login(str(place.sockets), "5432", "postgres", ADMIN, password)
        self.on = left.enter_context(login.connect(autocommit=True))
        self.on.execute("CREATE EXTENSION pg_trgm")
        self.on.execute("CREATE TABLE person (number int, name text, born int)")

    def add(self, chunk: Chunk) -> None:
        with self.on.cursor().copy("COPY person FROM STDIN") as rows:
            columns = zip(
                chunk.number.tolist(),
                chunk.given,
                chunk.family,
                chunk.born.tolist(),
                strict=True,
            )
            rows.write(
                "".join(
                    f"{number}\t{given} {family}\t{born}\n"
                    for number, given, family, born in columns
                )
            )

    def finish(self) -> None:
        self.on.execute("SET maintenance_work_mem = '512MB'")
        self.on.execute("SET max_parallel_workers_per_gather = 0")
        self.on.execute("CREATE INDEX ON person USING gin (name gin_trgm_ops)")
        self.on.execute("VACUUM ANALYZE person")

    def find(self, asked: Enquiry) -> list[int]:
        name = f"{asked.given} {asked.family}"
        rows = self.on.execute(
            "SELECT number FROM person WHERE name %% %(name)s ORDER BY similarity(name, %(name)s)"
            " + CASE WHEN born BETWEEN %(born)s AND %(until)s THEN %(date)s ELSE 0 END DESC LIMIT 20",
            {
                "name": name,
                "born": asked.born or -1,
                "until": asked.until or -1,
                "date": DATE_COUNTS,
            },
        )
        return [row[0] for row in rows]


class Tantivy(Peer):
    """Names three letters at a time and the date as one word, ranked by BM25."""

    name = "tantivy, three letters at a time"

    def __init__(self, folder: Path) -> None:
        self.words = importlib.import_module("tantivy")
        schema = self.words.SchemaBuilder()
        schema.add_text_field("name", tokenizer_name="grams", index_option="freq")
        schema.add_text_field("born", tokenizer_name="raw", index_option="basic")
        schema.add_integer_field("day", indexed=True, fast=True)
        schema.add_integer_field("number", stored=True, fast=True)
        self.schema = schema.build()
        folder.mkdir()
        self.index = self.words.Index(self.schema, str(folder))
        grams = self.words.TextAnalyzerBuilder(self.words.Tokenizer.ngram(3, 3)).build()
        self.index.register_tokenizer("grams", grams)
        self.analyser = grams
        self.writer = self.index.writer(512_000_000, 2)

    def add(self, chunk: Chunk) -> None:
        document = self.words.Document
        columns = zip(
            chunk.number.tolist(), chunk.given, chunk.family, chunk.born.tolist(), strict=True
        )
        for number, given, family, born in columns:
            self.writer.add_document(
                document(name=f" {given} {family} ", born=str(born), day=born, number=number)
            )

    def finish(self) -> None:
        self.writer.commit()
        self.writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def find(self, asked: Enquiry) -> list[int]:
        query, should = self.words.Query, self.words.Occur.Should
        grams = set(self.analyser.analyze(f" {asked.given} {asked.family} "))
        terms = [
            (should, query.term_query(self.schema, "name", gram)) for gram in sorted(grams)
        ]
        if asked.born == asked.until != 0:
            terms.append((should, query.term_query(self.schema, "born", str(asked.born))))
        elif asked.born:
            whole = self.words.FieldType.Integer
            days = query.range_query(self.schema, "day", whole, asked.born, asked.until)
            terms.append((should, query.boost_query(days, AGE_COUNTS)))
        hits: Any = self.searcher.search(query.boolean_query(terms), 20, count=False).hits
        return self.searcher.fast_field_values("number", [address for _, address in hits])  # type: ignore[no-any-return]


def has_tantivy() -> bool:
    return importlib.util.find_spec("tantivy") is not None

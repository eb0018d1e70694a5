"""Who decides what an agreement leaves to its lead."""

from typing import ClassVar

from crossforce.agreements.tests.strategies import DIRECTORY
from crossforce.boards.rules.decisions import judge
from crossforce.boards.tests.agreed import (
    GWENT,
    SOUTH,
    agreement,
    always,
    everybody,
    law,
    motion,
    taken,
)
from crossforce.boards.tests.eight import BODIES, SEATS

NOBODY = taken(everybody(SEATS), {}, BODIES)


class TestLead:
    BY_LEAD: ClassVar = {"decision": "spending", "by": "lead"}
    HOST: ClassVar = {"type": "LEAD", "force": GWENT, "role": "host"}

    def test_is_answered_for_by_the_host_where_there_is_none(self) -> None:
        terms = agreement(always(GWENT, SOUTH), approvals=[self.BY_LEAD, self.HOST])
        found = judge(motion(pence=1), NOBODY, law(terms))
        assert found.authority.answer.who == (DIRECTORY.chief_officer(GWENT),)

    def test_comes_before_the_host(self) -> None:
        lead = {"type": "LEAD", "force": SOUTH, "role": "lead"}
        terms = agreement(always(GWENT, SOUTH), approvals=[self.BY_LEAD, self.HOST, lead])
        found = judge(motion(pence=1), NOBODY, law(terms))
        assert found.authority.answer.who == (DIRECTORY.chief_officer(SOUTH),)

    def test_that_is_nobody_is_refused_with_how_to_mend_it(self) -> None:
        terms = agreement(always(GWENT, SOUTH), approvals=[self.BY_LEAD])
        found = judge(motion(pence=1), NOBODY, law(terms))
        said = " ".join(str(reason) for reason in found.reasons)
        assert "Name whom the clause means, such as its lead or host force" in said

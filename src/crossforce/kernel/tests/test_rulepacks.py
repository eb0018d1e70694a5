from datetime import date
from pathlib import Path

import pytest

from crossforce.kernel import rulepacks

PACK = """
pack = "sample"
version = 2
title = "Sample"
[[rule]]
key = "notice.months"
value = 6
source = "Guidance 2010"
confidence = "K2"
effective_to = 2012-10-01
[[rule]]
key = "notice.months"
value = 12
source = "Guidance 2012"
confidence = "D"
effective_from = 2012-10-01
"""


@pytest.fixture
def pack(tmp_path: Path) -> rulepacks.RulePack:
    path = tmp_path / "sample.toml"
    path.write_text(PACK)
    return rulepacks.read(path)


class TestRulePack:
    def test_answers_with_the_rule_of_the_day(self, pack: rulepacks.RulePack) -> None:
        assert pack.value("notice.months", date(2012, 9, 30)) == 6
        assert pack.value("notice.months", date(2012, 10, 1)) == 12
        assert pack.under("notice", date(2020, 1, 1)) == {"months": 12}

    def test_refuses_a_rule_it_does_not_have(self, pack: rulepacks.RulePack) -> None:
        with pytest.raises(rulepacks.NoSuchRule, match="sample version 2"):
            pack.value("notice.years", date(2012, 10, 1))

    def test_refuses_two_rules_for_one_day(self, tmp_path: Path) -> None:
        path = tmp_path / "sample.toml"
        path.write_text(PACK.replace("effective_to = 2012-10-01", "effective_to = 2012-10-02"))
        with pytest.raises(ValueError, match=r"two rules for notice\.months on 2012-10-01"):
            rulepacks.read(path)


def test_every_shipped_pack_is_sound() -> None:
    for name in rulepacks.names():
        assert rulepacks.load(name).pack == name

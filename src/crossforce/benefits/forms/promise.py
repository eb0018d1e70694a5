"""What is measured, from which baseline, with which targets; money is asked in pounds."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, Final

from django import forms

from crossforce.benefits.choices import MONEY, Adds, BenefitClass, Better, Span
from crossforce.benefits.rules import keeping
from crossforce.benefits.rules.baselines import Promise
from crossforce.benefits.rules.profile import Baseline, Measure
from crossforce.kernel.web.dateparts import DateField

PENCE: Final = 100
BETTER: Final = (
    (Better.HIGHER.value, "Higher is better"),
    (Better.LOWER.value, "Lower is better"),
)
ADDS: Final = (
    (Adds.UP.value, "Figures of periods add up, such as a number of submissions"),
    (Adds.LEVEL.value, "Each figure says how things stand, such as minutes to answer"),
)


def choose(form: forms.Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    """Give a select its choices."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


class PromiseGiven(forms.Form):
    """Measure, baseline and targets together. Everything may be empty until it is a plan."""

    measure = forms.CharField(label="What is measured", max_length=200, required=False)
    unit = forms.CharField(
        label="Unit",
        max_length=40,
        required=False,
        help_text="For example submissions, hours or minutes. Money is counted in pence and written in pounds.",
    )
    better = forms.ChoiceField(
        label="Which way is better", choices=BETTER, widget=forms.RadioSelect
    )
    adds = forms.ChoiceField(
        label="How figures are read", choices=ADDS, widget=forms.RadioSelect
    )
    source = forms.ChoiceField(
        label="Told by the platform",
        required=False,
        help_text="A measure of the platform's own data, where it has one.",
    )
    baseline = forms.CharField(label="Baseline", max_length=40, required=False)
    baseline_from = DateField(label="First day of the baseline", required=False)
    baseline_until = DateField(label="Day after its last", required=False)
    method = forms.CharField(
        label="How the baseline was found",
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    targets = forms.CharField(
        label="Targets",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text="One period a line: first day, the day after the last, and what the measure is to be."
        " For example 2026-04-01 2026-07-01 1500.",
    )

    def __init__(self, *given: Any, is_money: bool = False, **more: Any) -> None:
        super().__init__(*given, **more)
        self.is_money = is_money

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        self.promise = Promise(
            self._measure(found), self._baseline(found), self._targets(found)
        )
        return found

    @property
    def scale(self) -> int:
        """By what figures are multiplied as they are read."""
        return PENCE if self._is_money() else 1

    def _is_money(self) -> bool:
        chosen = self.cleaned_data.get("benefit_class", "")
        is_class = bool(chosen) and BenefitClass(chosen) in MONEY
        return self.is_money or is_class or self.cleaned_data.get("unit") == "pence"

    def _measure(self, found: dict[str, Any]) -> Measure | None:
        unit = "pence" if self._is_money() else found.get("unit") or ""
        if not found.get("measure"):
            return None
        if not unit:
            self.add_error("unit", "Enter the unit, for example hours")
        return Measure(
            found["measure"],
            unit,
            Better(found.get("better") or Better.HIGHER),
            Adds(found.get("adds") or Adds.UP),
            found.get("source") or "",
        )

    def _baseline(self, found: dict[str, Any]) -> Baseline | None:
        if not found.get("baseline"):
            return None
        try:
            value = keeping.figure(found["baseline"].lstrip("£"), "baseline") * self.scale
        except keeping.NotRead as wrong:
            self.add_error("baseline", str(wrong))
            value = Fraction(0)
        starts, ends = found.get("baseline_from"), found.get("baseline_until")
        if not starts or not ends or ends <= starts:
            self.add_error(
                "baseline_until", "Enter the days of the baseline, the end after the start"
            )
            return None
        return Baseline(value, Span(starts, ends), found.get("method") or "")

    def _targets(self, found: dict[str, Any]) -> Any:
        try:
            return keeping.targets_written(found.get("targets") or "", self.scale)
        except keeping.NotRead as wrong:
            self.add_error("targets", str(wrong))
            return ()


class ChangeGiven(PromiseGiven):
    """A change of a frozen promise, with the decision."""

    reason = forms.CharField(
        label="Why it changes",
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it changes"},
    )
    decided_by = forms.CharField(
        label="Which office or board decided",
        max_length=200,
        error_messages={"required": "Enter the office or board that decided"},
    )
    decision = forms.CharField(
        label="Reference of the decision",
        max_length=200,
        help_text="The identifier of a decision that a board keeps here; of one made elsewhere, its document"
        " and number.",
        error_messages={"required": "Enter the reference of the decision"},
    )
    decided_on = DateField(label="Decided on")


def first_of(promise: Promise, *, is_money: bool) -> dict[str, Any]:
    """What the form shows first, of a promise that there is."""
    measure, baseline = promise.measure, promise.baseline
    scale = PENCE if is_money else 1
    first: dict[str, Any] = {"better": Better.HIGHER.value, "adds": Adds.UP.value}
    if measure:
        first |= {
            "measure": measure.name,
            "unit": measure.unit,
            "better": measure.better.value,
            "adds": measure.adds.value,
            "source": measure.source,
        }
    if baseline:
        first |= {
            "baseline": keeping.plain_figure(baseline.value / scale),
            "baseline_from": baseline.span.starts_on,
            "baseline_until": baseline.span.ends_on,
            "method": baseline.method,
        }
    return first | {"targets": keeping.targets_said(promise.targets, scale)}

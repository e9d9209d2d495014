"""Dates in order; and no rule is broken by a partial date that may mean a day that keeps it."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import profiles  # noqa: F401 - importing it chooses the profile
from tests.builders import TODAY, ask, decision, facts_of, road, say, told
from workflow.dates import PartialDate
from workflow.facts import Facts

# --- in_order ---


@pytest.mark.parametrize(
    ("date", "answer"),
    [
        ("2026-11-21", "holds"),
        ("2026-11-22", "holds"),
        ("2026-11-23", "broken: future"),
        ("2026-11", "holds"),
        ("2026-12", "broken: future"),
        ("2026", "holds"),
        ("2027", "broken: future"),
        ("2026-11-23/..", "broken: future"),
        ("../2030", "holds"),
        ("XXXX", "holds"),
    ],
)
def test_no_act_is_recorded_before_it_has_happened(date: str, answer: str) -> None:
    facts = facts_of("negotiate", form="informal", date=date)

    assert say("in_order", facts) == answer


@pytest.mark.parametrize(
    ("step", "name", "answer"),
    [
        ("submit_to_council", "filed_on", "broken: future"),
        ("annul", "delivered_on", "broken: future"),
        ("sign", "authorised_on", "broken: future"),
        ("sign", "countersigned_on", "broken: future"),
        ("sign", "partner_signed_on", "broken: future"),
        ("sign", "in_force_from", "holds"),
        ("note_print", "session", "holds"),
        ("sign", "term", "holds"),
    ],
)
def test_a_session_and_a_beginning_may_lie_ahead_and_nothing_else(
    step: str, name: str, answer: str
) -> None:
    facts = facts_of(step, {name: "2026-12-03"})

    assert say("in_order", facts) == answer


def test_the_date_that_lies_ahead_is_named() -> None:
    facts = facts_of("annul", delivered_on="2026-12-03")

    assert ask("in_order", facts).facts == {
        "name": "delivered_on",
        "date": "2026-12-03",
        "today": "2026-11-22",
    }


@pytest.mark.parametrize(
    ("adopted", "signed", "answer"),
    [
        ("2026-03-25", "2026-03-24", "broken: before"),
        ("2026-03-25", "2026-03-25", "holds"),
        ("2026-03-25", "2026-03", "holds"),
        ("2026-03-25", "2026-02", "broken: before"),
        ("2026-03", "2026-03-01", "holds"),
        ("2026-03", "2026-02-28", "broken: before"),
        ("2026-03", "2026", "holds"),
        ("XXXX", "1990-01-01", "holds"),
        ("2026-03-25", "XXXX", "holds"),
        ("../2026-03-25", "2025-01-01", "holds"),
        ("2026-03-25/..", "2026-03-24", "broken: before"),
    ],
)
def test_no_step_is_dated_before_the_one_it_rests_on(
    adopted: str, signed: str, answer: str
) -> None:
    history = road("twinning", "resolved", adopt={"date": adopted})

    assert say("in_order", facts_of("sign", acts=history, date=signed)) == answer


def test_the_act_that_came_before_is_named() -> None:
    history = road("twinning", "resolved", adopt={"date": "2026-03-25"})

    finding = ask("in_order", facts_of("sign", acts=history, date="2026-03-24"))

    assert finding.facts == {"date": "2026-03-24", "step": "adopt", "other": "2026-03-25"}


@pytest.mark.parametrize(
    ("annulled", "answer"),
    [("2026-03-24", "broken: before"), ("2026-03-25", "holds"), ("2026-04-20", "holds")],
    ids=["before the resolution", "on its day", "before the signature it strikes"],
)
def test_an_annulment_rests_on_the_resolution_and_not_on_what_was_done_with_it(
    annulled: str, answer: str
) -> None:
    signed = road("twinning", "in_force", adopt={"date": "2026-03-25"}, sign={"date": "2026-05-11"})

    assert say("in_order", facts_of("annul", acts=signed, date=annulled)) == answer


def test_an_annulment_of_a_resolution_that_is_not_on_file_rests_on_the_last_step() -> None:
    taken_over = told("enter", "2005-06-07", form="twinning", state="in_force")

    answers = [
        say("in_order", facts_of("annul", acts=[taken_over], date=date))
        for date in ("2005-06-06", "2005-06-07")
    ]

    assert answers == ["broken: before", "holds"]


def test_what_leaves_a_case_where_it_is_may_be_recorded_late() -> None:
    history = road("twinning", "before_council", submit_to_council={"date": "2026-02-03"})

    opinion = facts_of("record_opinion", acts=history, date="2026-01-30")
    adoption = facts_of(
        "adopt",
        acts=[*history, told("note_print", "2026-02-20"), told("record_opinion", "2026-03-27")],
        date="2026-02-18",
    )

    assert say("in_order", opinion) == "holds"
    assert say("in_order", adoption) == "holds"


def test_a_corrected_or_retracted_date_is_the_one_that_counts() -> None:
    typed_wrong = road("twinning", "resolved", adopt={"date": "2026-03-25"})
    corrected = [
        *typed_wrong,
        told("correct", "2026-04-01", event=5, changes={"date": "2026-03-11"}, confirmed=True),
    ]
    retracted = [
        *typed_wrong,
        told("retract", "2026-04-01", event=5),
        told("adopt", "2026-03-11"),
    ]

    answers = [
        say("in_order", facts_of("sign", acts=history, date="2026-03-20"))
        for history in (typed_wrong, corrected, retracted)
    ]

    assert answers == ["broken: before", "holds", "holds"]


def test_the_first_step_of_a_case_rests_on_nothing() -> None:
    assert say("in_order", facts_of("open", form="informal", date="1976-12-12")) == "holds"


def test_a_step_without_a_date_happens_today() -> None:
    history = road("twinning", "proposed", propose={"date": "2026-11-22"})

    facts = facts_of("endorse", acts=history)

    assert facts.date == PartialDate.of(TODAY)
    assert say("in_order", facts) == "holds"


# --- every rule about dates ---

CENTRE = dt.date(2026, 3, 4)
DAYS = st.integers(-45, 45).map(lambda days: CENTRE + dt.timedelta(days=days))
LENGTHS = st.integers(1, 5)
EARLY, LATE = dt.date(2001, 1, 1), dt.date(2100, 1, 1)
# What stands for an open side: days beyond every deadline drawn, and some between them, all of
# them while the provisions counted.
FAR = [EARLY, *(CENTRE + dt.timedelta(days=days) for days in (-60, 60)), LATE]


def span(day: dt.date, length: int) -> str:
    return f"{day}/{day + dt.timedelta(days=length)}"


PARTIAL = st.one_of(
    DAYS.map(str),
    st.builds(span, DAYS, LENGTHS),
    DAYS.map("../{}".format),
    DAYS.map("{}/..".format),
    st.just("XXXX"),
)


def possible_days(text: str) -> list[dt.date]:
    """Read off the text itself what days it may mean; of an open side, enough to tell."""
    start, slash, end = text.partition("/")
    if start == "XXXX":
        return FAR
    bounds = [start, end if slash else start]
    first, last = (None if bound == ".." else dt.date.fromisoformat(bound) for bound in bounds)
    if first is None or last is None:
        known = [day for day in (first, last) if day is not None]
        return known + [day for day in FAR if (first or EARLY) <= day <= (last or LATE)]
    return [first + dt.timedelta(days=ahead) for ahead in range((last - first).days + 1)]


def dated(facts: Facts, step: str, **dates: PartialDate) -> Facts:
    """Give another date to an act of the history, or to one of its inputs."""
    acts = tuple(
        replace(
            act,
            date=dates.get("date", act.date),
            inputs={**act.inputs, **dates},
        )
        if act.step == step
        else act
        for act in facts.case.acts
    )
    return replace(facts, case=replace(facts.case, acts=acts))


OPENING = facts_of("open", form="informal")
SIGNING = facts_of("sign", acts=[*road("twinning", "resolved"), told("present", "2026-03-04")])
APPLYING = facts_of("apply", form="association")
ASKING = facts_of("request_reconsideration", form="association")
RENEWING = facts_of(
    "renew",
    form="partnership",
    acts=[*road("partnership", "in_force"), told("review", "2025-03-04")],
)
AUTHORISED = facts_of("sign", office="deputy_mayor", signatory="J. Muzyk", authorisation="17/2026")
ENDING = facts_of(
    "end",
    form="partnership",
    acts=road("partnership", "in_notice", give_notice={"delivered_on": "2026-01-04"}),
)
TERMINATING = facts_of("terminate")
PROLONGING = facts_of(
    "prolong",
    acts=road(
        "twinning",
        "in_force",
        sign={
            "date": "2025-03-04",
            "term": "1 year",
            "prolongation": "automatic",
            "prolongation_months": "12",
        },
    ),
)


def of_step(facts: Facts, date: PartialDate, **more: PartialDate) -> Facts:
    return replace(facts, inputs={**facts.inputs, "date": date, **more})


def a_year_before(date: PartialDate) -> PartialDate:
    moved = [
        word
        if word in {"", "..", "XXXX"}
        else (dt.date.fromisoformat(word) - dt.timedelta(days=365)).isoformat()
        for word in date.text.split("/")
    ]
    return PartialDate.parse("/".join(moved))


Asked = Callable[[PartialDate, PartialDate], Facts]
# Each rule with the two dates it compares: that of the step and that of what the step looks at.
COMPARED: dict[str, tuple[str, Asked]] = {
    "a signature before the resolution": (
        "council_first",
        lambda date, other: dated(of_step(SIGNING, date), "adopt", date=other),
    ),
    "an application before the consent": (
        "consent_first",
        lambda date, other: dated(of_step(APPLYING, date), "consent", date=other),
    ),
    "a presentation after the seventh day": (
        "presented",
        lambda date, other: dated(
            dated(of_step(SIGNING, date), "adopt", date=other), "present", date=date
        ),
    ),
    "a signature within the thirty days": (
        "supervision",
        lambda date, other: dated(of_step(SIGNING, date), "present", delivered_on=other),
    ),
    "a request after the fourteenth day": (
        "reconsider_once",
        lambda date, other: dated(of_step(ASKING, date), "refuse", delivered_on=other),
    ),
    "a renewal more than a year after the review": (
        "reviewed",
        lambda date, other: dated(of_step(RENEWING, date), "review", date=a_year_before(other)),
    ),
    "a signature before the authorisation": (
        "authorised",
        lambda date, other: of_step(AUTHORISED, date, authorised_on=other),
    ),
    "a step before the one it rests on": (
        "in_order",
        lambda date, other: dated(replace(of_step(SIGNING, date), today=LATE), "adopt", date=other),
    ),
    "an act in the future": (
        "in_order",
        lambda date, _: replace(of_step(OPENING, date), today=CENTRE),
    ),
    "an end before its decision": (
        "decided",
        lambda date, other: replace(
            of_step(TERMINATING, date), decisions=[replace(decision("end"), date=other)]
        ),
    ),
    "an end while the notice runs": ("notice_kept", lambda date, _: of_step(ENDING, date)),
    "a prolongation before the term has run": (
        "prolonged_by_clause",
        lambda date, _: of_step(PROLONGING, date),
    ),
}


def broken(rule: str, facts: Facts) -> bool:
    return say(rule, facts).startswith("broken")


def every(dates: Iterable[dt.date]) -> list[PartialDate]:
    return [PartialDate.of(day) for day in dates]


@pytest.mark.parametrize(("rule", "asked"), COMPARED.values(), ids=COMPARED.keys())
@given(date=PARTIAL, other=PARTIAL)
def test_a_partial_date_breaks_a_rule_only_if_every_day_it_may_mean_would(
    rule: str, asked: Asked, date: str, other: str
) -> None:
    certainly = all(
        broken(rule, asked(day, other_day))
        for day in every(possible_days(date))
        for other_day in every(possible_days(other))
    )

    facts = asked(PartialDate.parse(date), PartialDate.parse(other))

    assert broken(rule, facts) is certainly

"""What must come first: the resolution, its way to the voivode, and his thirty days."""

from collections.abc import Sequence

import pytest

from tests.builders import (
    AnyTold,
    Told,
    ask,
    asked_too_early,
    facts_of,
    road,
    say,
    settings,
    told,
)

RESOLVED = {"date": "2026-03-25", "resolution": "XLVIII/1325/26"}
ANNULLED = [
    *road("twinning", "resolved", adopt=RESOLVED),
    told("annul", "2026-04-15", by="voivode"),
]
UPHELD = [*ANNULLED, told("uphold", "2026-06-10")]
PROPOSED_AGAIN = [*ANNULLED, told("propose", "2026-05-04", form="twinning")]


# --- council_first ---


@pytest.mark.parametrize(
    ("date", "answer"),
    [
        ("2026-03-24", "broken: later"),
        ("2026-03-25", "holds"),
        ("2026-05-11", "holds"),
        ("2026-02", "broken: later"),
        ("2026-03", "holds"),
        ("../2026-03-24", "broken: later"),
        ("XXXX", "holds"),
    ],
)
@pytest.mark.parametrize(
    ("step", "form"),
    [
        ("sign", "twinning"),
        ("confer", "honorary_title"),
        ("send_to_voivode", "association"),
        ("carry_out", "decision"),
    ],
)
def test_nothing_is_signed_or_done_before_the_council_resolved_it(
    step: str, form: str, date: str, answer: str
) -> None:
    history = road(form, "resolved", adopt=RESOLVED)

    facts = facts_of(step, form=form, acts=history, date=date)

    assert say("council_first", facts) == answer


def test_the_refusal_names_both_dates_and_the_consent_the_resolution() -> None:
    history = road("twinning", "resolved", adopt=RESOLVED)

    too_early = ask("council_first", facts_of("sign", acts=history, date="2026-03-24"))
    in_time = ask("council_first", facts_of("sign", acts=history, date="2026-05-11"))

    assert too_early.facts == {"date": "2026-03-24", "resolution_date": "2026-03-25"}
    assert in_time.facts == {"resolution": "XLVIII/1325/26", "date": "2026-03-25"}


@pytest.mark.parametrize(
    ("history", "answer"),
    [
        (road("twinning", "endorsed"), "broken: none"),
        (road("twinning", "rejected"), "broken: none"),
        ([told("enter", "2005-06-07", form="twinning", state="resolved")], "broken: none"),
        (ANNULLED, "broken: none"),
        (UPHELD, "holds"),
        ([*UPHELD, told("annul", "2026-07-01", by="court")], "broken: none"),
        (PROPOSED_AGAIN, "broken: none"),
    ],
    ids=[
        "not yet",
        "voted down",
        "none on file",
        "annulled",
        "upheld by the court",
        "annulled once more",
        "of an earlier proposal",
    ],
)
def test_only_a_resolution_that_stands_carries_a_signature(
    history: Sequence[AnyTold], answer: str
) -> None:
    facts = asked_too_early(facts_of("sign"), history)

    assert say("council_first", facts) == answer


# --- presented ---


@pytest.mark.parametrize(
    ("adopted", "sent", "answer", "last"),
    [
        ("2026-03-25", "2026-03-25", "holds", "2026-04-01"),
        ("2026-03-25", "2026-04-01", "holds", "2026-04-01"),
        ("2026-03-25", "2026-04-02", "broken: late", "2026-04-01"),
        ("2026-03-30", "2026-04-07", "holds", "2026-04-07"),
        ("2026-03-30", "2026-04-08", "broken: late", "2026-04-07"),
        ("2025-12-17", "2025-12-29", "holds", "2025-12-29"),
        ("2024-12-17", "2024-12-27", "broken: late", "2024-12-24"),
        ("2026-03", "2026-04-07", "holds", "2026-04-07"),
        ("2026-03", "2026-04-08", "broken: late", "2026-04-07"),
    ],
    ids=[
        "the same day",
        "the seventh day",
        "the eighth day",
        "rolled over Easter Monday",
        "the day after that",
        "rolled over Christmas, Christmas Eve free",
        "Christmas Eve a working day",
        "seven days from the end of the month",
        "after any day of that month",
    ],
)
def test_the_resolution_goes_to_the_voivode_within_seven_days(
    adopted: str, sent: str, answer: str, last: str
) -> None:
    history = [*road("twinning", "resolved", adopt={"date": adopted}), told("present", sent)]

    facts = facts_of("sign", acts=history)

    assert say("presented", facts) == answer
    assert ask("presented", facts).facts["last"] == last


def test_a_resolution_not_yet_presented_is_remarked_on() -> None:
    assert say("presented", facts_of("sign")) == "broken: not_yet"


def test_nothing_is_presented_where_nothing_was_resolved() -> None:
    facts = asked_too_early(facts_of("sign"), road("twinning", "endorsed"))

    assert say("presented", facts) == "not_applicable"


def test_the_seven_days_need_a_day_to_run_from() -> None:
    history = [*road("twinning", "resolved", adopt={"date": "XXXX"}), told("present", "2026-04-01")]

    assert say("presented", facts_of("sign", acts=history)) == "undecided: adopt.date"


def test_the_days_to_present_are_a_setting() -> None:
    history = [
        *road("twinning", "resolved", adopt={"date": "2026-03-25"}),
        told("present", "2026-04-08"),
    ]

    facts = facts_of("sign", acts=history, settings=settings({"presentation_days": 14}))

    assert say("presented", facts) == "holds"


# --- supervision ---


@pytest.mark.parametrize(
    ("delivered", "signed", "answer"),
    [
        ("2026-03-31", "2026-04-29", "broken: early"),
        ("2026-03-31", "2026-04-30", "broken: early"),
        ("2026-03-31", "2026-05-01", "holds"),
        ("2026-04-01", "2026-05-01", "broken: early"),
        ("2026-04-01", "2026-05-02", "holds"),
        ("2026-03-31", "2026-04", "broken: early"),
        ("2026-03-31", "2026-05", "holds"),
        ("2026-03-31", "2026", "holds"),
        ("2026-03", "2026-03-31", "broken: early"),
        ("2026-03", "2026-04-01", "holds"),
        ("2026-03-31/..", "2026-04-30", "broken: early"),
        ("../2026-03-31", "2026-04-01", "undecided: present.delivered_on"),
        (None, "2026-05-11", "broken: no_delivery"),
    ],
    ids=[
        "the twenty-ninth day",
        "the thirtieth day",
        "the day after",
        "the thirtieth day is a holiday and does not roll",
        "the day after the holiday",
        "some day of April",
        "some day of May",
        "some day of the year",
        "within 30 days of any day of March",
        "perhaps after them",
        "delivered then or later",
        "delivered then or earlier",
        "no delivery on file",
    ],
)
def test_a_signature_waits_for_the_voivodes_thirty_days(
    delivered: str | None, signed: str, answer: str
) -> None:
    words = {} if delivered is None else {"delivered_on": delivered}
    history = [*road("twinning", "resolved"), Told("present", "2026-03-30", words)]

    facts = facts_of("sign", acts=history, date=signed)

    assert say("supervision", facts) == answer


def test_without_a_presentation_the_thirty_days_have_not_begun() -> None:
    assert say("supervision", facts_of("sign")) == "broken: no_delivery"


def test_what_was_presented_of_an_earlier_resolution_does_not_count_for_the_next() -> None:
    first = [
        *road("twinning", "resolved", adopt=RESOLVED),
        told("present", "2026-03-30", delivered_on="2026-03-31"),
    ]
    second = [
        *first,
        told("annul", "2026-04-15"),
        told("propose", "2026-05-04", form="twinning"),
        told("endorse", "2026-05-11"),
        told("submit_to_council", "2026-05-18"),
        told("adopt", "2026-06-24"),
    ]

    facts = facts_of("sign", acts=second, date="2026-07-01")

    assert say("presented", facts) == "broken: not_yet"
    assert say("supervision", facts) == "broken: no_delivery"

"""The Minister: what is attached, the consent before the application, and one reconsideration."""

from collections.abc import Mapping, Sequence

import pytest

from models.vocabulary import Outcome
from tests.builders import (
    AnyTold,
    ask,
    asked_too_early,
    facts_of,
    road,
    say,
    settings,
    told,
)

# --- attachments ---

ATTACHMENTS = [
    "certified_resolution",
    "statute",
    "statute_translation",
    "member_list",
    "member_list_translation",
]


@pytest.mark.parametrize("forgotten", ATTACHMENTS)
def test_the_file_for_the_minister_lacks_nothing(forgotten: str) -> None:
    whole = facts_of("send_to_voivode", form="association", attachments=", ".join(ATTACHMENTS))
    rest = ", ".join(name for name in ATTACHMENTS if name != forgotten)
    short = facts_of("send_to_voivode", form="association", attachments=rest)

    assert say("attachments", whole) == "holds"
    assert ask("attachments", short).facts == {"missing": [forgotten]}


def test_a_file_without_any_attachment_lacks_them_all() -> None:
    finding = ask("attachments", facts_of("send_to_voivode", form="association"))

    assert (finding.outcome, finding.facts) == (Outcome.BROKEN, {"missing": ATTACHMENTS})


# --- consent_first ---

CONSENTED = road("association", "consented", consent={"date": "2026-05-20", "decision": "DPT-1/26"})


@pytest.mark.parametrize(
    ("date", "answer"),
    [
        ("2026-05-19", "broken: later"),
        ("2026-05-20", "holds"),
        ("2026-05", "holds"),
        ("2026-04", "broken: later"),
        ("XXXX", "holds"),
    ],
)
def test_the_application_follows_the_ministers_consent(date: str, answer: str) -> None:
    facts = facts_of("apply", form="association", acts=CONSENTED, date=date)

    assert say("consent_first", facts) == answer


def test_the_consent_is_named_by_its_number_and_date() -> None:
    history = [*CONSENTED, told("apply", "2026-06-01")]

    finding = ask("consent_first", facts_of("admit", form="association", acts=history))

    assert finding.facts == {"decision": "DPT-1/26", "date": "2026-05-20"}


@pytest.mark.parametrize(
    "history",
    [
        road("association", "before_minister"),
        road("association", "refused"),
        [*CONSENTED, told("annul", "2026-06-15", by="court")],
        [told("enter", "1995-11-22", form="association", state="consented")],
    ],
    ids=["still asked for", "refused", "of a resolution annulled since", "none on file"],
)
def test_an_application_without_the_consent_is_refused(history: Sequence[AnyTold]) -> None:
    facts = asked_too_early(facts_of("apply", form="association"), history)

    assert say("consent_first", facts) == "broken: none"


# --- reconsider_once ---


def refused(delivered: str | None, date: str = "2025-12-05") -> Sequence[AnyTold]:
    words: Mapping[str, str] = {} if delivered is None else {"delivered_on": delivered}
    return road(
        "association",
        "refused",
        open={"date": "2025-09-01"},
        refuse={"date": date, **words},
    )


@pytest.mark.parametrize(
    ("delivered", "asked", "answer"),
    [
        ("2025-11-03", "2025-11-17", "holds"),
        ("2025-11-03", "2025-11-18", "broken: late"),
        ("2025-12-10", "2025-12-23", "holds"),
        ("2025-12-10", "2025-12-29", "holds"),
        ("2025-12-10", "2025-12-30", "broken: late"),
        ("2024-12-10", "2024-12-24", "holds"),
        ("2024-12-10", "2024-12-27", "broken: late"),
        ("2025-11", "2025-12-15", "holds"),
        ("2025-11", "2025-12-16", "broken: late"),
        ("2025-11-03", "2025-11", "holds"),
        ("2025-11-03", "2025-12", "broken: late"),
    ],
    ids=[
        "the fourteenth day",
        "the fifteenth day",
        "before Christmas Eve",
        "the fourteenth day is Christmas Eve, free from 2025, and rolls to the 29th",
        "the day after that",
        "Christmas Eve of 2024, a working day",
        "after Christmas of 2024",
        "14 days from the end of November, which is a Sunday",
        "too late for every day of November",
        "some day of November",
        "some day of December",
    ],
)
def test_reconsideration_is_asked_for_within_fourteen_days_of_delivery(
    delivered: str, asked: str, answer: str
) -> None:
    facts = facts_of(
        "request_reconsideration", form="association", acts=refused(delivered), date=asked
    )

    assert say("reconsider_once", facts) == answer


def test_the_last_day_to_ask_for_reconsideration_is_told() -> None:
    facts = facts_of(
        "request_reconsideration", form="association", acts=refused("2025-12-10"), date="2026-01-02"
    )

    assert ask("reconsider_once", facts).facts == {"last": "2025-12-29"}


@pytest.mark.parametrize("delivered", [None, "2025-12-10/.."])
def test_the_fourteen_days_need_a_delivery_to_run_from(delivered: str | None) -> None:
    facts = facts_of("request_reconsideration", form="association", acts=refused(delivered))

    assert say("reconsider_once", facts) == "undecided: refuse.delivered_on"


def test_the_days_to_ask_are_a_setting_with_a_validity() -> None:
    thirty = settings({"reconsideration_days": 30}, since="2025-11-18")

    answers = [
        say(
            "reconsider_once",
            facts_of(
                "request_reconsideration",
                form="association",
                acts=refused("2025-11-03"),
                date="2025-11-18",
                settings=ours,
            ),
        )
        for ours in (settings({}), thirty)
    ]

    assert answers == ["broken: late", "holds"]


def test_one_refusal_is_reconsidered_once_and_after_a_judgment_once_more() -> None:
    refused_again = told("refuse", "2026-01-20", delivered_on="2026-01-26")
    once = [
        *refused("2025-12-10"),
        told("request_reconsideration", "2025-12-22"),
        refused_again,
    ]
    set_aside = [*once, told("court_sets_aside", "2026-01-27"), refused_again]

    answers = [
        say(
            "reconsider_once",
            facts_of(
                "request_reconsideration", form="association", acts=history, date="2026-02-02"
            ),
        )
        for history in (once, set_aside)
    ]

    assert answers == ["broken: once", "holds"]


def test_what_was_not_refused_is_not_reconsidered() -> None:
    taken_over = told("enter", "2025-12-05", form="association", state="refused")

    facts = facts_of("request_reconsideration", form="association", acts=[taken_over])

    assert say("reconsider_once", facts) == "broken: no_refusal"


# --- another proposal, another file ---


def proposed_again(*history: AnyTold) -> list[AnyTold]:
    """Take a case before the Council once more, to its resolution."""
    return [
        *history,
        told("propose", "2026-07-06", form="association"),
        told("endorse", "2026-07-13"),
        told("submit_to_council", "2026-07-20"),
        told("adopt", "2026-08-26"),
    ]


def test_the_consent_to_an_earlier_resolution_carries_no_application() -> None:
    annulled = told("annul", "2026-06-15", by="court")

    facts = asked_too_early(
        facts_of("apply", form="association"), proposed_again(*CONSENTED, annulled)
    )

    assert say("consent_first", facts) == "broken: none"


def test_a_request_on_an_earlier_resolution_leaves_the_next_one_its_own() -> None:
    once = [
        *refused("2025-12-10"),
        told("request_reconsideration", "2025-12-22"),
        told("refuse", "2026-01-20", delivered_on="2026-01-26"),
    ]
    resolved_again = proposed_again(*once)
    refused_again = [
        *resolved_again,
        told("send_to_voivode", "2026-09-02"),
        told("forward_to_minister", "2026-09-16"),
        told("refuse", "2026-10-14", delivered_on="2026-10-19"),
    ]
    words = {"date": "2026-10-26"}

    not_yet = asked_too_early(
        facts_of("request_reconsideration", words, form="association"), resolved_again
    )
    asked = facts_of("request_reconsideration", words, form="association", acts=refused_again)

    assert say("reconsider_once", not_yet) == "broken: no_refusal"
    assert say("reconsider_once", asked) == "holds"


def test_a_judgment_on_the_first_refusal_does_not_open_a_third_request() -> None:
    first = [*refused("2025-12-10"), told("court_sets_aside", "2026-03-02")]
    second = [*first, told("refuse", "2026-03-16", delivered_on="2026-03-18")]
    third = [
        *second,
        told("request_reconsideration", "2026-03-25"),
        told("refuse", "2026-04-20", delivered_on="2026-04-22"),
    ]

    answers = [
        say(
            "reconsider_once",
            facts_of("request_reconsideration", form="association", acts=history, date=date),
        )
        for history, date in ((second, "2026-03-25"), (third, "2026-04-29"))
    ]

    assert answers == ["holds", "broken: once"]

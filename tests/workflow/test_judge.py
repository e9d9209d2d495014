"""The judge: every rule is asked, within its time, at its strength, and waived only as granted."""

from collections.abc import Mapping, Sequence

import pytest

from models.vocabulary import Outcome, Strength
from tests.builders import (
    CLERK,
    MANAGER,
    OFFICER,
    TODAY,
    AnyTold,
    actor,
    ask,
    facts_of,
    partner,
    road,
    say,
    settings,
    sibling,
    told,
    verdict,
)
from workflow.facts import Actor, Facts, Finding
from workflow.inputs import Json
from workflow.judge import Verdict, blocks

# --- every finding ---


def names(findings: Sequence[Finding]) -> list[str]:
    return [finding.rule for finding in findings]


def test_every_rule_of_a_step_is_asked_whatever_the_others_say() -> None:
    facts = facts_of(
        "adopt",
        form="association",
        resolution="XCLX/12/26",
        votes="21/0/23",
        present="43",
        date="2026-12-24",
    )

    found = verdict(facts)

    assert names(found.findings) == list(facts.row.rules)
    assert names(found.blocking) == [
        "number_format",
        "votes_add_up",
        "in_order",
        "absolute_majority",
    ]
    assert names(found.warnings) == ["opinions"]
    assert found.row is not None
    assert not found.lawful


def test_a_step_that_is_only_remarked_on_is_lawful() -> None:
    facts = facts_of(
        "adopt",
        form="association",
        resolution="XLVIII/12/26",
        votes="22/21/0",
        present="43",
        date="2026-03-25",
    )

    found = verdict(facts)

    assert found.lawful
    assert names(found.warnings) == ["opinions"]


def test_a_step_of_which_nothing_is_told_yet_is_judged_too() -> None:
    facts = facts_of("sign")

    found = verdict(facts)

    assert names(found.findings) == list(facts.row.rules)
    assert {finding.needs for finding in found.findings} > {"office", "payments", "as_adopted"}


def test_the_same_facts_get_the_same_verdict() -> None:
    facts = facts_of("sign", siblings=[sibling()])

    assert verdict(facts) == verdict(facts)


@pytest.mark.parametrize(
    ("outcome", "strength", "stops", "shown"),
    [
        (Outcome.BROKEN, Strength.BLOCK, True, False),
        (Outcome.BROKEN, Strength.OVERRIDE, True, False),
        (Outcome.BROKEN, Strength.WARN, False, True),
        (Outcome.UNDECIDED, Strength.BLOCK, True, False),
        (Outcome.UNDECIDED, Strength.OVERRIDE, True, False),
        (Outcome.UNDECIDED, Strength.WARN, False, True),
        (Outcome.OVERRIDDEN, Strength.OVERRIDE, False, True),
        (Outcome.HOLDS, Strength.BLOCK, False, False),
        (Outcome.HOLDS, Strength.WARN, False, False),
        (Outcome.NOT_APPLICABLE, Strength.BLOCK, False, False),
    ],
)
def test_what_stops_a_step_and_what_is_only_shown(
    outcome: Outcome, strength: Strength, *, stops: bool, shown: bool
) -> None:
    finding = Finding("opinions", outcome, strength=strength)

    found = Verdict(facts_of("sign").row, (finding,))

    assert blocks(finding) is stops
    assert (finding in found.blocking, finding in found.warnings) == (stops, shown)
    assert found.lawful is not stops


# --- only while the provision counts ---


@pytest.mark.parametrize(
    ("date", "answer"),
    [
        ("1995-11-22", "not_applicable: before_the_law"),
        ("2000-09-14", "not_applicable: before_the_law"),
        ("2000-09-15", "broken"),
        ("2000-08", "not_applicable: before_the_law"),
        ("2000-09", "broken"),
        ("2000", "broken"),
        ("1999", "not_applicable: before_the_law"),
        ("../1999", "not_applicable: before_the_law"),
        ("XXXX", "broken"),
    ],
)
def test_the_absolute_majority_is_asked_for_since_the_act_of_2000(date: str, answer: str) -> None:
    owhc = facts_of("adopt", form="association", votes="21/0/1", present="22", date=date)

    assert say("absolute_majority", owhc) == answer


@pytest.mark.parametrize(
    ("rule", "step"),
    [
        ("no_transfer", "propose"),
        ("classified", "propose"),
        ("attachments", "send_to_voivode"),
        ("absolute_majority", "adopt"),
    ],
)
def test_what_an_older_law_did_not_ask_for_is_not_missing(rule: str, step: str) -> None:
    then = facts_of(step, form="association", date="1995-11-22")
    now = facts_of(step, form="association", date="2026-03-25")

    assert say(rule, then) == "not_applicable: before_the_law"
    assert blocks(ask(rule, now))


@pytest.mark.parametrize(("date", "answer"), [("1990-03-07", "before_the_law"), ("1990-03-08", "")])
def test_a_municipality_has_had_its_council_since_march_1990(date: str, answer: str) -> None:
    facts = facts_of("adopt", votes="21/20/0", present="41", date=date)

    assert ask("simple_majority", facts).variant == answer


def test_what_rests_on_no_dated_provision_counts_at_all_times() -> None:
    kyiv = facts_of("sign", city_named="Gmina Miejska Kraków", date="1976-12-12")

    assert say("royal_name", kyiv) == "broken: typed"


def test_of_two_provisions_one_is_enough_to_ask() -> None:
    # Since when point 12a of article 18 counts is open; seeds/003 says the same without a date.
    nuremberg = facts_of("sign", date="1991-12-09")

    assert say("council_first", nuremberg) == "broken: later"


# --- a fact that is not on file ---


@pytest.mark.parametrize(
    ("facts", "rule", "needs", "strength"),
    [
        (facts_of("adopt"), "votes_add_up", "votes", Strength.BLOCK),
        (facts_of("sign"), "as_adopted", "as_adopted", Strength.OVERRIDE),
        (
            facts_of(
                "sign",
                acts=[
                    *road("twinning", "resolved", adopt={"date": "XXXX"}),
                    told("present", "2026-03-30"),
                ],
            ),
            "presented",
            "adopt.date",
            Strength.WARN,
        ),
    ],
)
def test_a_missing_fact_is_named_and_weighs_as_much_as_a_breach(
    facts: Facts, rule: str, needs: str, strength: Strength
) -> None:
    finding = ask(rule, facts)

    assert (finding.rule, finding.outcome, finding.needs) == (rule, Outcome.UNDECIDED, needs)
    assert finding.strength is strength
    assert verdict(facts, rule).lawful is (strength is Strength.WARN)


# --- strength ---


@pytest.mark.parametrize(
    ("rule", "step", "form", "strength"),
    [
        ("justified", "propose", "twinning", Strength.BLOCK),
        ("projects_first", "propose", "twinning", Strength.OVERRIDE),
        ("opinions", "adopt", "twinning", Strength.WARN),
        ("definite_term", "propose", "partnership", Strength.OVERRIDE),
        ("definite_term", "propose", "twinning", Strength.WARN),
        ("definite_term", "sign", "twinning", Strength.WARN),
        ("twin_exclusive", "propose", "twinning", Strength.BLOCK),
        ("twin_exclusive", "receive_council_draft", "twinning", Strength.WARN),
        ("classified", "propose", "association", Strength.OVERRIDE),
        ("classified", "propose", "political_association", Strength.BLOCK),
    ],
)
def test_a_rule_is_as_strong_as_the_definition_says_there(
    rule: str, step: str, form: str, strength: Strength
) -> None:
    assert ask(rule, facts_of(step, form=form)).strength is strength


RIVAL = sibling("nuremberg", "twinning", reference="KRK-2025-0004")
MOSTLY = settings({"strength.twin_exclusive": "override"}, since="2026-06-01")


@pytest.mark.parametrize(
    ("date", "strength"),
    [
        ("2026-05-31", Strength.BLOCK),
        ("2026-06-01", Strength.OVERRIDE),
        ("2026-05", Strength.BLOCK),
        ("2026", Strength.OVERRIDE),
        ("XXXX", Strength.OVERRIDE),
    ],
)
def test_mostly_one_twin_in_a_country_counts_from_the_day_the_office_says(
    date: str, strength: Strength
) -> None:
    facts = facts_of("adopt", date=date, siblings=[RIVAL], settings=MOSTLY)

    finding = ask("twin_exclusive", facts)

    assert (finding.outcome, finding.strength) == (Outcome.BROKEN, strength)


def test_a_setting_to_come_does_not_count_for_an_act_dated_ahead() -> None:
    from_tomorrow = settings({"strength.twin_exclusive": "warn"}, since="2026-11-23")

    facts = facts_of("adopt", date="2026-11-23", settings=from_tomorrow, today=TODAY)

    assert ask("twin_exclusive", facts).strength is Strength.BLOCK


def test_what_a_step_itself_says_of_a_rule_no_setting_changes() -> None:
    facts = facts_of("receive_council_draft", siblings=[RIVAL], settings=MOSTLY)

    assert ask("twin_exclusive", facts).strength is Strength.WARN


def test_exclusively_refuses_a_second_twin_and_mostly_lets_the_council_decide() -> None:
    granted = told(
        "waive",
        "2026-06-15",
        who=MANAGER,
        rule="twin_exclusive",
        step="adopt",
        variant="",
        facts={"other": "KRK-2025-0004", "partner": "nuremberg", "country": "DE"},
        granted=True,
        reason="uchwała XLVIII/1325/26, § 1: dwa miasta bliźniacze w Niemczech",
    )
    history = [*road("twinning", "before_council"), granted]

    answers = [
        say(
            "twin_exclusive",
            facts_of("adopt", acts=history, date="2026-06-24", siblings=[RIVAL], settings=in_force),
        )
        for in_force in (settings({}), MOSTLY)
    ]

    assert answers == ["broken", "overridden"]


# --- waivers ---

OPENED = ("open", "2026-01-05")


def waiver(
    *,
    who: str = MANAGER,
    on_behalf_of: str | None = None,
    **otherwise: Json,
) -> AnyTold:
    """Tell that a manager lets the agreement with Leipzig be proposed before any project."""
    grant: Mapping[str, Json] = {
        "rule": "projects_first",
        "step": "propose",
        "variant": "",
        "facts": {},
        "granted": True,
        "reason": "jubileusz 50 lat współpracy",
    }
    words = {**grant, **otherwise}
    return told("waive", "2026-01-08", who=who, on_behalf_of=on_behalf_of, **words)


def test_a_manager_lets_an_agreement_be_proposed_before_any_project() -> None:
    facts = facts_of("propose", acts=[OPENED, waiver()], actor=actor(OFFICER))

    found = verdict(facts, "projects_first")

    (finding,) = found.findings
    assert (finding.outcome, finding.waived_by) == (Outcome.OVERRIDDEN, MANAGER)
    assert finding.strength is Strength.OVERRIDE
    assert found.lawful
    assert found.warnings == (finding,)


@pytest.mark.parametrize(
    "grant",
    [
        waiver(rule="number_format"),
        waiver(step="sign"),
        waiver(variant="none"),
        waiver(facts={"projects": 1}),
        waiver(granted=False),
    ],
    ids=["of another rule", "for another step", "of another fault", "on other facts", "asked for"],
)
def test_a_waiver_serves_only_for_what_it_was_granted(grant: AnyTold) -> None:
    facts = facts_of("propose", acts=[OPENED, grant])

    assert say("projects_first", facts) == "broken"


@pytest.mark.parametrize(
    ("granted_by", "recorded_by", "answer"),
    [
        ((MANAGER, None), actor(OFFICER), "overridden"),
        ((MANAGER, None), actor(MANAGER), "broken"),
        ((MANAGER, None), actor(OFFICER, MANAGER), "broken"),
        ((CLERK, MANAGER), actor(MANAGER), "broken"),
        ((CLERK, MANAGER), actor(CLERK), "broken"),
        ((CLERK, MANAGER), actor(OFFICER), "overridden"),
    ],
    ids=[
        "two persons",
        "one person",
        "somebody in place of who granted it",
        "the person in whose place it was granted",
        "who granted it in another's place",
        "three persons",
    ],
)
def test_who_waives_does_not_record_the_step(
    granted_by: tuple[str, str | None], recorded_by: Actor, answer: str
) -> None:
    grant = waiver(who=granted_by[0], on_behalf_of=granted_by[1])

    facts = facts_of("propose", acts=[OPENED, grant], actor=recorded_by)

    assert say("projects_first", facts) == answer


def test_a_waiver_granted_in_anothers_place_names_both() -> None:
    grant = waiver(who=CLERK, on_behalf_of=MANAGER)

    finding = ask("projects_first", facts_of("propose", acts=[OPENED, grant]))

    assert finding.waived_by == f"{CLERK}+{MANAGER}"


def test_where_one_waiver_does_not_serve_another_may() -> None:
    theirs, ours = waiver(who=OFFICER), waiver(who=MANAGER)

    facts = facts_of("propose", acts=[OPENED, theirs, ours], actor=actor(OFFICER))

    assert ask("projects_first", facts).waived_by == MANAGER


def test_a_waiver_serves_the_next_such_step_only() -> None:
    used = [OPENED, waiver(), told("propose", "2026-01-12", form="twinning")]
    returned = [*used, told("return", "2026-01-19")]
    undone = [*used, told("retract", "2026-01-13", event=3)]

    answers = [
        say("projects_first", facts_of("propose", acts=history))
        for history in (returned, [*returned, waiver()], undone)
    ]

    assert answers == ["broken", "overridden", "overridden"]


def test_a_waiver_for_one_resolution_does_not_serve_the_next() -> None:
    misprint = "XCLX/1495/26"
    grant = waiver(
        rule="number_format",
        step="adopt",
        variant="numeral",
        facts={"number": misprint, "numeral": "XCLX"},
    )
    first = [*road("twinning", "before_council"), grant]
    proposed_again = [
        *first,
        told("adopt", "2026-02-11", resolution=misprint),
        told("annul", "2026-03-02"),
        told("propose", "2026-03-09", form="twinning"),
        told("endorse", "2026-03-16"),
        told("submit_to_council", "2026-03-23"),
    ]

    answers = [
        say("number_format", facts_of("adopt", acts=history, resolution=misprint))
        for history in (first, proposed_again)
    ]

    assert answers == ["overridden: numeral", "broken: numeral"]


def test_a_rule_that_holds_needs_no_waiver() -> None:
    letter = told("sign_working_document", "2026-01-07", document_kind="letter_of_intent")

    finding = ask("projects_first", facts_of("propose", acts=[OPENED, letter, waiver()]))

    assert (finding.outcome, finding.waived_by) == (Outcome.HOLDS, None)


def test_a_waiver_serves_only_while_the_facts_are_the_same() -> None:
    grant = waiver(
        rule="number_format",
        step="adopt",
        variant="numeral",
        facts={"number": "XCLX/1495/14", "numeral": "XCLX"},
        reason="tak w oryginale",
    )
    history = [*road("twinning", "before_council"), grant]

    answers = [
        say("number_format", facts_of("adopt", acts=history, resolution=number, date="2014-02-12"))
        for number in ("XCLX/1495/14", "XCLX/1496/14", "XCIX/1495/14")
    ]

    assert answers == ["overridden: numeral", "broken: numeral", "holds"]


def test_what_blocks_is_waived_by_nobody() -> None:
    grant = waiver(rule="right_partner", variant="polish", facts={"partner": "gniezno"})

    facts = facts_of("propose", acts=[OPENED, grant], partner=partner("gniezno", "PL"))

    assert say("right_partner", facts) == "broken: polish"


def test_a_question_without_an_answer_is_waived_by_nobody() -> None:
    grant = waiver(rule="as_adopted", step="sign", facts={})
    history = [*road("twinning", "resolved"), grant]

    assert say("as_adopted", facts_of("sign", acts=history)) == "undecided: as_adopted"

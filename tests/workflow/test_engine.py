"""The engine on both databases: one event is the only write, and it says everything."""

import hashlib
import json
from datetime import date, timedelta

import pytest

from models.vocabulary import Form, Role
from tests.office import CaseFile, Office, Refusal, rules_of
from tests.ordinary import (
    CLERK,
    COLLEAGUE,
    DAY,
    MANAGER,
    MORNING,
    OFFICER,
    TODAY,
)
from workflow import chain, engine, reading
from workflow.errors import (
    NotAllowed,
    StepNotOpen,
)
from workflow.facts import Actor
from workflow.inputs import Json

# --- the story of an accession ---


def test_the_accession_to_eurocities_step_by_step(office: Office) -> None:
    case = office.open("eurocities", title="Eurocities")
    assert (case.reference, case.state, case.form) == ("KRK-2026-0001", "informal", Form.INFORMAL)

    transfer = case.refused("propose", form="association", transfers="yes", objectives=None)
    assert transfer.broken == ["justified", "no_transfer"]
    case.propose("association")
    assert (case.state, case.form) == ("proposed", Form.ASSOCIATION)

    early = case.fails(StepNotOpen, "apply", date=DAY)
    assert rules_of(early) == ["council_first", "consent_first", "drafts_final"]
    assert case.fails(NotAllowed, "endorse", OFFICER).facts["who"] == (MANAGER,)
    case.take("endorse")
    assert case.refused("submit_to_council").finding("drafts_final").facts == {
        "documents": ["joining_resolution", "mayor_ordinance"]
    }
    case.take("submit_to_council")

    refusal = case.refused("adopt", votes="21/22/0", present="43")
    assert refusal.broken == ["absolute_majority"]
    assert refusal.finding("absolute_majority").facts == {"in_favour": 21, "needed": 22, "of": 43}
    assert case.advance("adopt", votes="22/21/0", present="43").state == "resolved"

    incomplete = case.refused("send_to_voivode", attachments="statute, member_list")
    assert incomplete.broken == ["attachments", "drafts_final"]
    case.take("present", "send_to_voivode", "forward_to_minister")
    assert case.state == "before_minister"
    case.take("refuse", "request_reconsideration")
    again = case.take("refuse").refused("request_reconsideration")
    assert again.finding("reconsider_once").variant == "once"
    case.take("court_sets_aside", "consent")

    assert case.refused("apply", payments="yes").broken == ["countersigned", "drafts_final"]
    case.take("apply")
    assert case.advance("admit").state == "in_force"
    assert [event.step for event in case.events] == [
        "open", "propose", "endorse", "finalise", "finalise", "submit_to_council", "adopt",
        "present", "finalise", "send_to_voivode", "forward_to_minister", "refuse",
        "finalise", "request_reconsideration", "refuse", "court_sets_aside", "consent", "finalise",
        "apply", "admit",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "slug"),
    [
        ("twinning", "leipzig"),
        ("partnership", "leipzig"),
        ("sectoral", "bordeaux"),
        ("honorary_title", "cusco"),
        ("programme", "leipzig"),
        ("eu_programme", "green-cities"),
        ("political_association", "eurocities"),
        ("association", "eurocities"),
    ],
)
def test_every_form_comes_into_force_by_its_road(here: Office, form: str, slug: str) -> None:
    case = here.open(slug).propose(form).come_to("in_force")

    assert (case.form, case.state) == (Form(form), "in_force")


# --- what an event is ---

SAME_IN_BODY = (
    "sequence", "step", "form", "source", "new_form", "target", "definition", "title",
    "file_number", "officer", "actor", "on_behalf_of", "login", "role", "effective_on", "awaits",
)  # fmt: skip


def test_every_column_of_an_event_says_what_its_body_says(office: Office) -> None:
    case = office.open("leipzig", file_number="BR-05.1")
    case.propose("twinning").come_to("in_force").take("note")

    for event in case.events:
        body = json.loads(event.body)
        assert {name: body[name] for name in SAME_IN_BODY} == {
            name: getattr(event, name) for name in SAME_IN_BODY
        }
        assert body["case"] == case.reference
        assert body["partner"] == "leipzig"
        assert body["recorded_at"] == chain.moment(event.recorded_at)
        assert body["due_on"] == (event.due_on and event.due_on.isoformat())
        assert body["ends_on"] == (event.ends_on and event.ends_on.isoformat())
        assert set(body) == {
            *SAME_IN_BODY, "case", "partner", "recorded_at", "due_on", "ends_on", "inputs",
            "findings",
        }  # fmt: skip
        assert event.body == chain.canonical(body)


def test_the_chain_goes_on_from_event_to_event_and_the_case_holds_its_head(office: Office) -> None:
    case = office.open("eurocities").propose("association").come_to("in_force")

    before = chain.GENESIS
    for event in case.events:
        assert event.previous == before
        assert event.hash == hashlib.sha256(before + event.body.encode()).digest()
        before = event.hash
    assert case.now.head == before


def test_the_body_keeps_the_inputs_and_every_finding_as_ids_and_facts(office: Office) -> None:
    case = office.open("eurocities").propose("association").come_to("resolved")

    body = json.loads(case.events[-1].body)
    found = {finding.pop("rule"): finding for finding in body["findings"]}
    assert body["inputs"]["votes"] == {"for": 30, "against": 2, "abstained": 1}
    assert list(found) == [
        "number_format", "votes_add_up", "opinions", "in_order", "absolute_majority",
    ]  # fmt: skip
    assert found["absolute_majority"] == {
        "outcome": "holds",
        "strength": "block",
        "variant": "",
        "facts": {"in_favour": 30, "needed": 22, "of": 43},
    }
    assert found["opinions"] == {
        "outcome": "broken",
        "strength": "warn",
        "variant": "missing",
        "facts": {"missing": ["legal_adviser", "committee"]},
    }


def test_a_warning_that_lacks_its_fact_says_which(here: Office) -> None:
    here.setting("strength.countersigned", "warn")

    taken = here.open("leipzig").propose("eu_programme").take("endorse").advance("decide")

    assert taken.state == "in_force"
    assert [finding.outcome for finding in taken.findings if finding.rule == "countersigned"] == [
        "holds"
    ]


def test_an_event_says_who_recorded_it_for_whom_and_in_which_role(office: Office) -> None:
    case = office.open("leipzig")
    deputy = Actor("ewa.login", COLLEAGUE, frozenset({Role.CLERK, Role.OFFICER}), OFFICER)

    office.do(engine.advance, case.reference, "note", {"remark": "w zastępstwie"}, deputy)

    event = case.events[-1]
    assert (event.login, event.actor, event.on_behalf_of) == ("ewa.login", COLLEAGUE, OFFICER)
    assert (event.role, event.effective_on) == ("officer", TODAY.isoformat())
    assert case.now.case.officer == OFFICER


def test_the_officer_of_a_case_is_who_opened_it(here: Office) -> None:
    assert here.open("leipzig", COLLEAGUE).now.case.officer == COLLEAGUE


def test_a_case_tells_since_when_it_stands_where_it_stands(office: Office) -> None:
    case = office.open("leipzig").propose("twinning")
    proposed = case.now.since

    case.take("note")

    assert case.now.since == proposed == case.events[1].recorded_at
    case.take("endorse")
    assert case.now.since == case.events[-1].recorded_at
    assert case.events[-1].recorded_at > MORNING


def test_a_note_may_bring_the_file_number(here: Office) -> None:
    case = here.open("leipzig")

    case.advance("note", file_number="BR-05.031.1.2026")

    assert case.now.case.file_number == "BR-05.031.1.2026"


def test_what_a_step_did_is_told(here: Office) -> None:
    case = here.open("leipzig").propose("twinning")

    endorsed, noted = case.advance("endorse"), case.advance("note")

    assert (endorsed.reference, endorsed.sequence, endorsed.step) == (case.reference, 3, "endorse")
    assert (endorsed.form, endorsed.source, endorsed.state) == (
        Form.TWINNING, "proposed", "endorsed",
    )  # fmt: skip
    assert (endorsed.moved, noted.moved) == (True, False)
    assert (endorsed.carried_out, endorsed.due_on) == (None, None)


# --- events of the engine itself ---


def test_an_event_in_place_leaves_the_case_and_its_clocks_where_they_are(office: Office) -> None:
    case = office.open("leipzig").propose("partnership")
    stored: dict[str, Json] = {"officer": COLLEAGUE}

    with office.writing() as unit:
        of = reading.file(unit, case.reference, to_change=True)
        sequence = engine.in_place(
            unit, of, "assign", stored, office.actor(MANAGER), needed=frozenset({Role.MANAGER})
        )

    after = case.now
    assert sequence == after.case.version == 3
    assert (after.case.state, after.case.form) == ("proposed", Form.PARTNERSHIP)
    assert after.case.officer == COLLEAGUE
    assert (after.due_on, after.since) == (date(2026, 3, 16), case.events[1].recorded_at)
    assert case.events[-1].role == "manager"
    assert case.events[-1].effective_on == TODAY.isoformat()


def test_an_event_in_place_asks_for_its_role(office: Office) -> None:
    case = office.open("leipzig")

    with office.refusing(NotAllowed) as (unit, caught):
        of = reading.file(unit, case.reference, to_change=True)
        engine.in_place(
            unit, of, "assign", {}, office.actor(CLERK), needed=frozenset({Role.MANAGER})
        )

    assert caught.value.facts["needed"] == (Role.MANAGER,)


def corrected(case: CaseFile, event: int, **changes: Json) -> None:
    """Correct an event of a case, at once."""
    stored: dict[str, Json] = {"event": event, "changes": changes, "confirmed": True}
    with case.office.writing() as unit:
        of = reading.file(unit, case.reference, to_change=True)
        officer = case.office.actor(OFFICER)
        engine.in_place(unit, of, "correct", stored, officer, needed=frozenset({Role.OFFICER}))


@pytest.mark.parametrize(
    ("changes", "ends_on"),
    [
        ({"term": {"months": 12, "until": None}}, date(2027, 3, 2)),
        ({"term": {"months": None, "until": None}}, None),
        ({"term": None, "date": "2026-05-01"}, date(2031, 5, 1)),
        ({"date": "2026-04-30"}, date(2031, 4, 30)),
        ({"place": "Lipsk"}, date(2031, 3, 2)),
    ],
)
def test_a_correction_moves_the_last_day_in_force(
    here: Office, changes: dict[str, Json], ends_on: date | None
) -> None:
    case = here.open("leipzig").propose("partnership").come_to("in_force")

    signed = case.now.case.last("sign")
    assert signed is not None

    corrected(case, signed.sequence, **changes)

    assert (case.now.ends_on, case.now.due_on) == (ends_on, None)


def test_a_correction_of_what_is_not_in_force_yet_gives_it_no_end(here: Office) -> None:
    case = here.open("leipzig").propose("partnership")

    corrected(case, 2, term={"months": 12, "until": None})

    assert (case.now.ends_on, case.now.due_on) == (None, date(2026, 3, 16))


def test_a_correction_of_the_entered_elsewhere_finds_no_end_where_there_is_none(
    here: Office,
) -> None:
    case = here.enter("KRK-1993-0001", "leipzig", "partnership", "suspended", date="1993")

    corrected(case, 1, date="1994", term={"months": 12, "until": None})

    assert case.now.ends_on == date(1995, 12, 31)


def test_what_a_correction_says_of_the_case_itself_shows_on_the_case(office: Office) -> None:
    case = office.open("leipzig", file_number="BR-1")

    corrected(case, 1, title="Lipsk i okolice", file_number="BR-2")

    assert (case.now.case.title, case.now.case.file_number) == ("Lipsk i okolice", "BR-2")


def waived(case: CaseFile, refusal: Refusal, rule: str, step: str) -> None:
    """Let the manager override a rule on the facts it was broken by."""
    finding = refusal.finding(rule)
    stored: dict[str, Json] = {
        "rule": rule,
        "step": step,
        "variant": finding.variant,
        "facts": dict(finding.facts),
        "granted": True,
        "reason": "w oryginale tak wydrukowano",
    }
    with case.office.writing() as unit:
        of = reading.file(unit, case.reference, to_change=True)
        engine.in_place(
            unit, of, "waive", stored, case.office.actor(MANAGER), needed=frozenset({Role.MANAGER})
        )


def test_a_waiver_serves_the_step_it_is_for_and_stands_in_its_event(office: Office) -> None:
    case = office.open("leipzig").propose("partnership").come_to("before_council")
    refusal = case.refused("adopt", resolution="48/1325/26")
    waived(case, refusal, "number_format", "adopt")

    other = case.refused("adopt", resolution="49/1325/26")
    assert other.finding("number_format").outcome == "broken"
    taken = case.advance("adopt", resolution="48/1325/26")

    finding = next(finding for finding in taken.findings if finding.rule == "number_format")
    told = json.loads(case.events[-1].body)["findings"][0]
    assert (finding.outcome, finding.waived_by) == ("overridden", MANAGER)
    assert (told["rule"], told["outcome"], told["waived_by"]) == (
        "number_format", "overridden", MANAGER,
    )  # fmt: skip


def test_a_day_is_a_day_of_the_office(here: Office) -> None:
    case = here.open("leipzig")

    refusal = case.refused("negotiate", date=str(TODAY + timedelta(days=1)))

    assert refusal.finding("in_order").facts["today"] == "2026-11-23"

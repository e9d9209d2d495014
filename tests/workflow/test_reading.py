"""What is read for the rules: what a row needs, nothing it does not, and always as it is now."""

from collections.abc import Mapping

import pytest
import sqlalchemy as sa

from models.activity import Activity, ActivityCooperation
from models.cooperation import CaseLink
from models.vocabulary import Form, Link, PartnerKind, Role
from tests.office import CaseFile, Office
from tests.ordinary import CLERK, DAY, OFFICER, RESOLUTION
from workflow import engine, inputs, reading
from workflow.dates import PartialDate
from workflow.errors import NotFound
from workflow.facts import DecisionCase, DraftFact, Facts, Sibling
from workflow.inputs import Json
from workflow.lifecycle import definition
from workflow.settings import Settings


def facts(case: CaseFile, step: str, form: str | None = None, **words: str) -> Facts:
    """Lay the facts of a step before its rules."""
    with case.office.reading() as unit:
        of = reading.file(unit, case.reference)
        row = definition().row(of.case.form, of.case.state, step, Form(form) if form else None)
        assert row is not None
        given = inputs.read(step, definition().specs(row), row.optional, words, complete=False)
        return reading.facts(unit, of, row, given, case.office.actor(OFFICER))


def proposed(office: Office, slug: str, form: str, **words: str) -> CaseFile:
    """Open a case and propose it."""
    return office.open(slug).propose(form, **words)


# --- a case and a partner ---


def test_a_case_is_read_with_its_partner_its_history_and_what_stands(office: Office) -> None:
    case = proposed(office, "leipzig", "twinning")

    of = case.now

    assert (of.partner.slug, of.partner.kind, of.partner.country) == (
        "leipzig", PartnerKind.CITY, "DE",
    )  # fmt: skip
    assert [event.step for event in of.events] == ["open", "propose"]
    assert [act.step for act in of.case.acts] == ["open", "propose"]
    assert of.definition is definition()
    assert of.head == case.events[-1].hash


def test_of_a_partner_what_was_stated_last_counts(office: Office) -> None:
    for value in ("612441", "619879"):
        office.state_fact("leipzig", "population", value)
    office.state_fact("bordeaux", "population", "261804")

    with office.reading() as unit:
        leipzig = reading.partner(unit, "leipzig")

    assert leipzig.stored == {"population": "619879"}
    assert (leipzig.name_pl, leipzig.country) == ("Leipzig", "DE")


def test_what_is_not_there_is_answered_with_what_is_spelt_alike(office: Office) -> None:
    case = office.open("leipzig")

    with office.reading() as unit:
        with pytest.raises(NotFound) as partner:
            reading.partner(unit, "leipsic")
        with pytest.raises(NotFound) as other:
            reading.by_reference(unit, "KRK-1999-0001")
        with pytest.raises(NotFound) as nothing:
            reading.file(unit, "%")

    assert partner.value.facts == {"kind": "partner", "name": "leipsic", "near": ["leipzig"]}
    assert other.value.facts["near"] == [case.reference]
    assert nothing.value.facts["name"] == "%"


# --- what the rules compare with ---


def test_a_proposal_is_compared_with_the_other_cases_of_the_partner(office: Office) -> None:
    school = proposed(office, "leipzig", "sectoral", fields="oświata")
    informal = office.open("leipzig")
    proposed(office, "bordeaux", "partnership")
    case = office.open("leipzig")

    siblings = facts(case, "propose", "partnership").siblings

    assert sorted(siblings, key=lambda other: other.reference) == [
        Sibling(
            school.reference, Form.SECTORAL, "proposed", case.now.partner.id, "leipzig", "DE",
            ("oświata",),
        ),
        Sibling(
            informal.reference, Form.INFORMAL, "informal", case.now.partner.id, "leipzig", "DE"
        ),
    ]  # fmt: skip


def test_a_twin_is_compared_with_the_twins_of_the_country_as_well(office: Office) -> None:
    twin = proposed(office, "nuremberg", "twinning")
    proposed(office, "nuremberg", "partnership")
    proposed(office, "bordeaux", "twinning")
    case = office.open("leipzig")

    siblings = facts(case, "propose", "twinning").siblings

    assert [other.reference for other in siblings] == [twin.reference]
    assert siblings[0].country == "DE"


def test_what_a_row_does_not_ask_is_not_read(office: Office) -> None:
    case = proposed(office, "leipzig", "partnership")
    office.open("leipzig")
    office.state_fact("leipzig", "continent", "europe")

    found = facts(case, "endorse")

    assert [found.siblings, found.decisions, found.drafts, found.projects] == [()] * 4
    assert (found.about, found.under) == (None, None)
    assert found.partner.stored == {}
    assert isinstance(found.settings, Settings)


def test_a_sectoral_agreement_has_its_fields_however_it_began(office: Office) -> None:
    office.enter("KRK-1993-0001", "leipzig", "sectoral", "in_force", date="1993")
    office.enter("KRK-1994-0001", "leipzig", "sectoral", "in_force", fields=["transport"])
    received = office.open("leipzig")
    received.advance("receive_council_draft", form="sectoral", fields="sport")
    case = office.open("leipzig")

    siblings = facts(case, "propose", "sectoral").siblings

    assert {other.reference: other.fields for other in siblings} == {
        "KRK-1993-0001": (),
        "KRK-1994-0001": ("transport",),
        received.reference: ("sport",),
    }


def test_where_the_title_goes_a_person_may_have_decided(office: Office) -> None:
    office.state_fact("istanbul", "continent", "asia")

    found = facts(office.open("istanbul"), "propose", "honorary_title")

    assert found.partner.stored == {"continent": "asia"}


def test_projects_count_with_the_partner_and_with_its_cases(office: Office) -> None:
    case = office.open("leipzig")
    with office.writing() as unit:
        activity = unit.connection.execute(
            sa.insert(Activity)
            .values(
                tool=1, title="Targi", period="2019-05", recorded_at=unit.now(),
                recorded_by=OFFICER,
            )
            .returning(Activity.id)
        ).scalar_one()  # fmt: skip
        unit.connection.execute(
            sa.insert(ActivityCooperation).values(activity_id=activity, cooperation_id=case.now.id)
        )

    with_partner = facts(case, "propose", "partnership").projects
    elsewhere = facts(office.open("bordeaux"), "propose", "partnership").projects

    assert sorted(date.text for date in with_partner) == ["2019-05", "2024"]
    assert [date.text for date in elsewhere] == ["2024"]
    assert facts(office.open("eurocities"), "propose", "partnership").projects == ()


def test_a_programme_is_under_what_was_said_last(office: Office) -> None:
    agreement = proposed(office, "leipzig", "partnership").come_to("in_force")
    other = proposed(office, "bordeaux", "partnership")
    case = proposed(office, "leipzig", "programme", under=agreement.reference).take("endorse")

    linked = facts(case, "sign").under
    typed = facts(case, "sign", under=other.reference).under
    plain = facts(proposed(office, "bordeaux", "programme").take("endorse"), "sign").under

    assert linked is not None
    assert (linked.reference, linked.state) == (agreement.reference, "in_force")
    assert typed is not None
    assert (typed.reference, typed.state) == (other.reference, "proposed")
    assert plain is None


@pytest.mark.parametrize(
    ("step", "slug", "form", "scopes"),
    [
        ("propose", "leipzig", "twinning", {"country:DE", "partner:{}"}),
        ("propose", "leipzig", "partnership", {"partner:{}"}),
        ("propose", "green-cities", "eu_programme", {"partner:{}"}),
        ("negotiate", "leipzig", None, set[str]()),
    ],
)
def test_what_a_rule_compares_with_is_held(
    office: Office, step: str, slug: str, form: str | None, scopes: set[str]
) -> None:
    case = office.open(slug)
    with office.writing() as unit:
        of = reading.file(unit, case.reference, to_change=True)
        row = definition().row(
            of.case.form, of.case.state, step, Form(form) if form else of.case.form
        )
        assert row is not None
        reading.facts(unit, of, row, {}, office.actor(OFFICER))

        assert unit.locks == {scope.format(of.partner.id) for scope in scopes}


# --- decisions ---


def decisions(case: CaseFile) -> Mapping[str, DecisionCase]:
    """Read the decisions about a case by their reference."""
    with case.office.reading() as unit:
        return {one.reference: one for one in reading.decisions(unit, case.now.id)}


def test_the_decisions_about_a_case_are_read_with_their_resolutions(office: Office) -> None:
    twin = proposed(office, "leipzig", "twinning").come_to("in_force")
    other = proposed(office, "bordeaux", "twinning").come_to("in_force")
    raised = office.decision(twin, "change")
    resolved = office.decision(twin, "end").come_to("resolved")
    office.decision(other, "end")

    found = decisions(twin)

    assert found == {
        raised.reference: DecisionCase(raised.reference, "change", "proposed", None, None),
        resolved.reference: DecisionCase(
            resolved.reference, "end", "resolved", RESOLUTION, PartialDate.parse(DAY)
        ),
    }
    assert facts(twin, "terminate").decisions == tuple(found.values())
    assert facts(twin, "review").decisions == ()


def test_a_decision_knows_what_it_is_about(office: Office) -> None:
    twin = proposed(office, "leipzig", "twinning").come_to("in_force")

    about = facts(office.decision(twin, "end"), "endorse").about

    assert about is not None
    assert (about.reference, about.form, about.state) == (twin.reference, Form.TWINNING, "in_force")


def test_a_decision_that_was_never_raised_here_is_nobody_s_ground(office: Office) -> None:
    twin = proposed(office, "leipzig", "twinning").come_to("in_force")
    entered = office.enter("KRK-1995-0001", "leipzig", "decision", "before_council", date="1995")
    about = {"cooperation_id": entered.now.id, "sequence": 1, "target_id": twin.now.id}
    with office.writing() as unit:
        unit.connection.execute(sa.insert(CaseLink), {**about, "kind": Link.ABOUT})
        of = reading.file(unit, entered.reference)
        row = definition().row(Form.DECISION, "before_council", "adopt")
        assert row is not None
        stored: Mapping[str, Json] = {"resolution": RESOLUTION, "date": DAY}
        clerk = office.actor(CLERK)
        engine.record(unit, of, row, stored, clerk, due_on=None, ends_on=None)

    assert entered.state == "resolved"
    assert decisions(twin) == {}


# --- drafts and the sheet ---


def test_a_draft_is_final_by_an_event_and_stale_by_the_facts(office: Office) -> None:
    case = proposed(office, "eurocities", "association").take("endorse")
    fresh = {"propose.justification": "wspólne projekty", "partner.seat": "Bruksela"}
    case.has_final("joining_resolution", facts={**fresh, "adopt.resolution": None})
    case.has_draft("mayor_ordinance", wrong_names=["Miasto Kraków", "Gmina Kraków"])
    case.has_draft("mayor_ordinance", facts={"no.such_name": "x", "case.title": "Współpraca"})
    office.state_fact("eurocities", "seat", "Bruksela")

    before = facts(case, "submit_to_council").drafts
    office.state_fact("eurocities", "seat", "Gandawa")
    after = facts(case, "submit_to_council").drafts

    assert before == (
        DraftFact("joining_resolution", 1, 4, (), ()),
        DraftFact("mayor_ordinance", 1, None, (), ("Miasto Kraków", "Gmina Kraków")),
        DraftFact("mayor_ordinance", 2, None, ("no.such_name",), ()),
    )
    assert after[0] == DraftFact("joining_resolution", 1, 4, ("partner.seat",), ())


def test_a_case_without_documents_has_none(office: Office) -> None:
    case = proposed(office, "eurocities", "association").take("endorse")

    assert facts(case, "submit_to_council").drafts == ()


def test_the_sheet_can_be_laid_out_as_it_was_before_an_act(office: Office) -> None:
    case = proposed(office, "leipzig", "partnership").come_to("resolved")
    of = case.now
    adopted = of.case.last("adopt")

    with office.reading() as unit:
        now = reading.current_sheet(unit, of)
        then = reading.current_sheet(unit, of, until=adopted)

    assert now["adopt.resolution"].value == RESOLUTION
    assert then["adopt.resolution"].value is None
    assert then["submit_to_council.ordinance"].value == "667/2026"
    assert now["partner.slug"].value == "leipzig"


def test_a_decision_s_sheet_tells_of_the_cooperation_it_is_about(office: Office) -> None:
    agreement = proposed(office, "leipzig", "partnership").come_to("in_force")
    decision = office.decision(agreement, "end")

    with office.reading() as unit:
        laid = reading.current_sheet(unit, decision.now)
        own = reading.current_sheet(unit, agreement.now)

    told = {name: fact.value for name, fact in laid.items() if name.startswith("about.")}
    assert told == {
        "about.reference": agreement.reference,
        "about.title": "Współpraca",
        "about.form": "partnership",
        "about.resolution": RESOLUTION,
        "about.resolved_on": DAY,
        "about.since": DAY,
        "about.changes": None,
        "about.changed_on": None,
    }
    assert laid["about.since"].kind == own["about.since"].kind == "date"
    assert {name for name, fact in own.items() if name in told and fact.value} == set()


def test_a_document_of_a_decision_is_stale_once_the_cooperation_is_corrected(
    office: Office,
) -> None:
    agreement = proposed(office, "leipzig", "partnership").come_to("in_force")
    decision = office.decision(agreement, "end").take("endorse")
    decision.has_final("decision_resolution", facts={"about.resolution": RESOLUTION})

    before = facts(decision, "submit_to_council").drafts
    adopted = agreement.now.case.last("adopt")
    assert adopted is not None
    changes: dict[str, Json] = {"resolution": "XLVIII/1326/26"}
    with office.writing() as unit:
        of = reading.file(unit, agreement.reference, to_change=True)
        stored: dict[str, Json] = {
            "event": adopted.sequence,
            "changes": changes,
            "confirmed": True,
        }
        officer = office.actor(OFFICER)
        engine.in_place(unit, of, "correct", stored, officer, needed=frozenset({Role.OFFICER}))
    after = facts(decision, "submit_to_council").drafts

    assert before[0].stale == ()
    assert after[0].stale == ("about.resolution",)


def test_a_decision_that_is_proposed_again_keeps_its_purpose(office: Office) -> None:
    agreement = proposed(office, "leipzig", "partnership").come_to("in_force")
    decision = office.decision(agreement, "end")
    decision.advance("return")
    decision.advance("propose", form=None)

    with office.reading() as unit:
        laid = reading.current_sheet(unit, decision.now)

    assert laid["raise.purpose"].value == "end"


def test_a_setting_of_the_office_is_read_with_the_unit(office: Office) -> None:
    office.setting("statutory_composition", "45")
    case = proposed(office, "eurocities", "association").come_to("before_council")

    refusal = case.refused("adopt", votes="22/20/0", present="43")

    assert refusal.finding("absolute_majority").facts == {"in_favour": 22, "needed": 23, "of": 45}

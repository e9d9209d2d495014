"""Withdrawing an import: by new events, all of it, and only while nothing was built on it."""

from collections.abc import Callable, Mapping

import pytest
import sqlalchemy as sa

from models.register import ImportBatch
from register import listing, report, search
from register.importing_undo import Obstacle
from tests.importing import REAL, Registrar, row
from tests.office import CaseFile
from tests.ordinary import MANAGER, OFFICER
from workflow import activities, engine, history
from workflow.errors import NotAllowed, NotFound

LYON = row("lyon", date_signed="1993", note="a")
NICE = row("nice", entity="Nice", date_signed="1994")
Work = Callable[[Registrar, str], None]


def steps(registrar: Registrar, reference: str) -> list[str]:
    """Name the events of a case."""
    return [event.step for event in CaseFile(registrar.office, reference).events]


def listed(registrar: Registrar) -> list[str]:
    """Give the references that lists show."""
    with registrar.office.reading() as unit:
        return [entry.reference for entry in listing.cases(unit, listing.Wanted())]


def test_a_batch_is_withdrawn_by_new_events_on_both_databases(registrar: Registrar) -> None:
    outcome = registrar.took(LYON, NICE)
    references = listed(registrar)

    undone = registrar.undo(outcome.batch)

    assert (undone.cases, undone.file_name, undone.obstacles) == (2, "rejestr.csv", ())
    assert [steps(registrar, one) for one in references] == [["enter", "retract"]] * 2
    assert listed(registrar) == []
    with registrar.office.reading() as unit:
        assert search.search(unit, "KRK-") == []
        assert report.report(unit).cooperations == 0
        assert history.verify(unit).breaches == ()
        batch = unit.connection.execute(sa.select(ImportBatch.__table__)).one()
    assert batch.withdrawn_by == "a.administrator"


def test_the_whole_real_register_is_withdrawn_and_taken_in_again(here: Registrar) -> None:
    first = here.take(REAL.read_bytes())

    undone = here.undo(first.batch)
    again = here.take(REAL.read_bytes())

    assert undone.cases == 60
    assert (again.entered, again.set_aside, again.asked) == (60, 2, first.asked)
    assert again.partners == 0
    with here.office.reading() as unit:
        kept = report.report(unit)
        assert history.verify(unit).breaches == ()
    assert (kept.cooperations, len(kept.set_aside)) == (60, 2)
    assert kept.batches == {2: "rejestr.csv"}


def test_withdrawn_questions_are_no_longer_asked(here: Registrar) -> None:
    outcome = here.took(LYON, row("r", entity="Rochester", country="US"))

    here.undo(outcome.batch)

    with here.office.reading() as unit:
        assert report.report(unit).open_questions == {}


def test_partners_stay_and_are_not_counted_with_cases_that_are_gone(here: Registrar) -> None:
    outcome = here.took(LYON)

    here.undo(outcome.batch)

    with here.office.reading() as unit:
        found = listing.partners(unit, kind=None, country=None, language="pl")
    assert [(one.slug, one.cases) for one in found] == [("lyon", 0)]


def test_a_corrected_case_gets_back_what_was_said_before(registrar: Registrar) -> None:
    registrar.took(LYON, NICE)
    before = registrar.said("lyon")
    second = registrar.took(
        {**LYON, "date_signed": "1995", "note": "", "resolution_no": "LX/1/95"}, NICE
    )

    undone = registrar.undo(second.batch)

    assert undone.cases == 1
    assert dict(registrar.said("lyon")) == dict(before)
    assert "resolution" in registrar.open_questions("lyon")
    assert registrar.took(LYON, NICE).batch is None


def test_a_case_entered_anew_goes_back_to_where_it_stood(here: Registrar) -> None:
    here.took(LYON)
    before = dict(here.said("lyon"))
    second = here.took({**LYON, "kind": "twin"})

    here.undo(second.batch)

    case = here.case("lyon").case
    assert (case.form, case.state) == ("partnership", "in_force")
    assert dict(here.said("lyon")) | {"batch": 1} == before | {"batch": 1, "undoes": 2}
    assert here.took(LYON).batch is None


def test_imports_are_withdrawn_in_the_order_opposite_to_theirs(here: Registrar) -> None:
    first = here.took(LYON)
    reference = here.case("lyon").case.reference
    second = here.took({**LYON, "date_signed": "1995"})

    refused = here.undo(first.batch)
    assert list(refused.obstacles) == [Obstacle(reference, "batch", "2")]

    here.undo(second.batch)
    assert here.undo(first.batch).cases == 1
    assert here.case_count() == 0


# ------------------------------------------------------------- what stands in the way


def _note(registrar: Registrar, reference: str) -> None:
    words = {"remark": "pismo", "date": "2026-01-05"}
    registrar.office.do(engine.advance, reference, "note", words, registrar.office.actor(OFFICER))


def _draft(registrar: Registrar, reference: str) -> None:
    CaseFile(registrar.office, reference).has_draft("letter_of_intent")


def _activity(registrar: Registrar, reference: str) -> None:
    new = activities.NewActivity(7, "Wystawa", "2024", None, None, None, (), (reference,))
    registrar.office.do(activities.add, new, OFFICER)


def _decision(registrar: Registrar, reference: str) -> None:
    words = {"purpose": "end", "justification": "x", "objectives": "y", "date": "2026-01-05"}
    registrar.office.do(engine.raise_decision, reference, words, registrar.office.actor(OFFICER))


def _answer(registrar: Registrar, reference: str) -> None:
    assert reference
    registrar.answer(registrar.open_questions("lyon")["term"], "unknown")


WORK: Mapping[str, tuple[Work, str]] = {
    "event": (_note, "2 (note)"),
    "draft": (_draft, "1"),
    "activity": (_activity, "1"),
    "link": (_decision, "KRK-2026-0003"),
    "answer": (_answer, "2"),
}


@pytest.mark.parametrize("what", WORK)
def test_what_was_built_on_an_import_stands_in_the_way_and_is_named(
    here: Registrar, what: str
) -> None:
    work, detail = WORK[what]
    outcome = here.took(LYON, NICE)
    reference = here.case("lyon").case.reference
    work(here, reference)
    before = here.office.dump()

    refused = here.undo(outcome.batch)

    assert list(refused.obstacles) == [Obstacle(reference, what, detail)]
    assert refused.cases == 0
    assert here.office.dump() == before


def test_an_answer_about_a_partner_stands_in_the_way_too(here: Registrar) -> None:
    outcome = here.took(row("r", entity="Rochester", country="US"))
    here.answer(here.open_questions()["place.several"], "5134086")

    refused = here.undo(outcome.batch)

    assert [(one.reference, one.what) for one in refused.obstacles] == [("rochester", "answer")]


def test_a_membership_that_another_import_continues_stands_in_the_way(here: Registrar) -> None:
    first = row("ec-1", "association", "Eurocities", "BE", date_signed="1992-11-09")
    one = here.took(first)
    later = row("ec-2", "association", "Eurocities", "BE", date_signed="2025-10-15")
    two = here.took(first, later)

    refused = here.undo(one.batch)
    assert {obstacle.what for obstacle in refused.obstacles} == {"batch", "link"}

    assert here.undo(two.batch).cases == 2
    assert here.case("ec-1").case.state == "in_force"


def test_a_membership_and_the_one_it_continues_are_withdrawn_together(here: Registrar) -> None:
    outcome = here.took(
        row("ec-1", "association", "Eurocities", "BE", date_signed="1992-11-09"),
        row("ec-2", "association", "Eurocities", "BE", date_signed="2025-10-15"),
    )

    assert here.undo(outcome.batch).cases == 2


@pytest.mark.parametrize("login", [OFFICER, MANAGER])
def test_only_an_administrator_withdraws(here: Registrar, login: str) -> None:
    outcome = here.took(LYON)

    with pytest.raises(NotAllowed):
        here.undo(outcome.batch, login)


def test_an_import_is_withdrawn_once(here: Registrar) -> None:
    outcome = here.took(LYON)
    here.took(NICE)
    here.undo(outcome.batch)

    with pytest.raises(NotFound) as refusal:
        here.undo(outcome.batch)

    assert refusal.value.facts == {"kind": "batch", "name": "1", "near": ("2",)}


def test_batch_1_is_not_mistaken_for_batch_12(here: Registrar) -> None:
    for number in range(1, 13):
        here.took(row(f"k{number}", entity=f"Miasto {number}"))

    assert here.undo(1).cases == 1
    assert here.case_count() == 11

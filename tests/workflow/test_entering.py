"""Entering history: one event, what the rules say of the past, and its corrections."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from models.cooperation import Event
from models.register import Question
from models.vocabulary import Form, Outcome
from tests.office import Office
from tests.ordinary import ADMINISTRATOR, CLERK, MANAGER, OFFICER
from workflow import amend, engine, entering, history, questions, reading
from workflow.dates import PartialDate
from workflow.entering import Entered, Entry, Origin, from_batch
from workflow.errors import AmendmentRefused, NotAllowed
from workflow.facts import Finding
from workflow.hindsight import Told, doubts, irregular
from workflow.inputs import Json, Term, Votes
from workflow.questions import Doubt

P = PartialDate.parse
FIVE_YEARS: Mapping[str, Any] = {"term": Term(60)}
KNOWN: Mapping[str, Any] = {
    **FIVE_YEARS,
    "resolution": "XLIII/298/92",
    "resolution_date": "1992-02-14",
}


def told(form: str = "partnership", date: str = "1992-03-14", state: str = "in_force",
         **said: Any) -> Told:  # fmt: skip  # noqa: ANN401 - values of any input
    """Tell where the sources put a case."""
    return Told(Form(form), state, P(date), said)


def entry(of: Told, mark: str = "mark", *open_: Doubt) -> Entry:
    """Make an entry of what is told."""
    return Entry("key", "Umowa", of, mark, 7, open_)


def enter(office: Office, of: Told, slug: str = "bordeaux", *open_: Doubt) -> Entered:
    """Enter a case as a row of import 1, which stands in no table."""
    with office.writing() as unit:
        partner = reading.partner(unit, slug)
        origin = Origin({"row": 7}, "spis")
        return entering.enter(unit, partner, entry(of, "mark", *open_), origin,
                              office.actor(ADMINISTRATOR))  # fmt: skip


def file_of(office: Office, done: Entered) -> reading.File:
    """Read the case that was entered."""
    with office.reading() as unit:
        return reading.file(unit, done.reference)


def restate(office: Office, done: Entered, of: Told, mark: str = "new") -> Entered | None:
    """State a case anew, as a corrected file does."""
    with office.writing() as unit:
        case = reading.file(unit, done.reference, to_change=True)
        origin = Origin({"batch": 2, "row": 7}, "spis 2")
        actor = office.actor(ADMINISTRATOR)
        return entering.restate(unit, case, case.partner, entry(of, mark), origin, actor)


def by_rule(done: Entered) -> dict[str, Finding]:
    """Give the findings by rule."""
    return {finding.rule: finding for finding in done.findings}


def asked(office: Office) -> list[str]:
    """Name the subjects of the open questions."""
    with office.reading() as unit:
        query = sa.select(Question.subject).where(Question.answered_at.is_(None))
        return list(unit.connection.scalars(query.order_by(Question.id)))


# ------------------------------------------------------------- the event


def test_a_case_enters_where_the_sources_put_it(office: Office) -> None:
    done = enter(office, told(**KNOWN))

    case = file_of(office, done)
    assert (case.case.form, case.case.state, case.case.version) == ("partnership", "in_force", 1)
    assert (case.case.officer, case.due_on) == (None, None)
    with office.reading() as unit:
        event = unit.connection.execute(sa.select(Event.__table__)).one()
        assert history.verify(unit).breaches == ()
    assert (event.step, event.source, event.effective_on) == ("enter", "none", "1992-03-14")
    assert (event.role, event.actor) == ("administrator", ADMINISTRATOR)
    inputs = json.loads(event.body)["inputs"]
    assert inputs["term"] == {"months": 60, "until": None}
    assert inputs | {"key": "key", "row": 7, "fingerprint": "mark"} == inputs


@pytest.mark.parametrize("login", [OFFICER, MANAGER, CLERK])
def test_only_an_administrator_enters_history(here: Office, login: str) -> None:
    with here.refusing(NotAllowed) as (unit, _):
        partner = reading.partner(unit, "bordeaux")
        entering.enter(unit, partner, entry(told()), Origin({}, "spis"), here.actor(login))


@pytest.mark.parametrize(
    ("state", "date", "said", "ends_on"),
    [
        ("in_force", "2025-01-01", FIVE_YEARS, "2030-01-01"),
        ("in_force", "2025-01-01", {"term": Term(until=P("2031-12-31"))}, "2031-12-31"),
        ("in_force", "2025-01-01", {}, "None"),
        ("in_force", "XXXX", FIVE_YEARS, "None"),
        ("terminated", "2025-01-01", FIVE_YEARS, "None"),
    ],
)
def test_a_case_in_force_ends_when_its_term_does(
    here: Office, state: str, date: str, said: Mapping[str, Any], ends_on: str
) -> None:
    done = enter(here, told(state=state, date=date, **said))

    assert str(file_of(here, done).ends_on) == ends_on


def test_a_value_is_stored_as_it_is_read_back() -> None:
    values: Mapping[str, tuple[object, Json]] = {
        "date": (P("1993"), "1993"),
        "votes": (Votes(1, 2, 3), {"for": 1, "against": 2, "abstained": 3}),
        "term": (Term(60), {"months": 60, "until": None}),
        "list": (("a", "b"), ["a", "b"]),
        "acts": (({"row": 1},), [{"row": 1}]),
        "text": ("x", "x"),
        "nothing": (None, None),
    }

    assert {name: entering.stored_value(one) for name, (one, _) in values.items()} == {
        name: stored for name, (_, stored) in values.items()
    }


# ------------------------------------------------------------- what the rules say of the past


@pytest.mark.parametrize(
    ("slug", "of", "rule", "outcome", "variant"),
    [
        ("bordeaux", told(**KNOWN), "council_first", "holds", ""),
        ("bordeaux", told(date="1992-02-01", **KNOWN), "council_first", "broken", "later"),
        ("bordeaux", told(date="1992", **KNOWN), "council_first", "holds", ""),
        ("bordeaux", told(), "council_first", "undecided", ""),
        ("bordeaux", told(absent=("resolution",)), "council_first", "broken", "none"),
        ("bordeaux", told(date="1979-10-02"), "council_first", "not_applicable", "before_the_law"),
        ("bordeaux", told(resolution_date="1992-02-14"), "council_first", "holds", ""),
        ("bordeaux", told(), "definite_term", "undecided", ""),
        ("bordeaux", told(term=Term()), "definite_term", "broken", "indefinite"),
        ("bordeaux", told(**FIVE_YEARS), "definite_term", "holds", ""),
        ("bordeaux", told(absent=("term",)), "definite_term", "broken", "none"),
        ("bordeaux", told(resolution="XCLX/1/92"), "number_format", "broken", "numeral"),
        ("bordeaux", told(resolution="XL/1/91", resolution_date="1992-01-01"), "number_format",
         "broken", "year"),
        ("bordeaux", told(**KNOWN), "number_format", "holds", ""),
        ("bordeaux", told("sectoral"), "one_field", "undecided", ""),
        ("bordeaux", told("sectoral", fields=("sport",)), "one_field", "holds", ""),
        ("bordeaux", told("sectoral", fields=("sport", "film")), "one_field", "broken",
         "sectoral"),
        ("bordeaux", told("programme"), "programme_basis", "undecided", ""),
        ("bordeaux", told("programme", resolution="L/1/92"), "programme_basis", "holds", ""),
        ("cusco", told("honorary_title"), "outside_europe", "holds", ""),
        ("leipzig", told("honorary_title"), "outside_europe", "broken", ""),
        ("istanbul", told("honorary_title"), "outside_europe", "undecided", ""),
        ("eurocities", told("twinning"), "right_partner", "broken", "kind"),
        ("leipzig", told("association"), "right_partner", "not_applicable", "before_the_law"),
        ("leipzig", told("association", "2004"), "right_partner", "broken", "kind"),
        ("eurocities", told("association", "1995-11-22"), "consent_first", "not_applicable",
         "before_the_law"),
        ("eurocities", told("association", "2004"), "consent_first", "undecided", ""),
        ("eurocities", told("association", "XXXX"), "consent_first", "undecided", ""),
        ("eurocities", told("association", "2004", absent=("consent",)), "consent_first",
         "broken", "none"),
        ("eurocities", told("association", "2004-05-02", consent="DPT/1",
                            consent_date="2004-05-01", resolution="L/1/04"),
         "consent_first", "holds", ""),
        ("eurocities", told("association", "2004-05-02", consent="DPT/1",
                            consent_date="2004-05-03", resolution="L/1/04"),
         "consent_first", "broken", "later"),
        ("eurocities", told("association", "1995"), "absolute_majority", "not_applicable",
         "before_the_law"),
        ("eurocities", told("association", "2004"), "absolute_majority", "undecided", ""),
        ("eurocities", told("association", "2004", votes=Votes(21, 0, 0)), "absolute_majority",
         "broken", ""),
        ("bordeaux", told(state="terminated", date="1990-12-31", in_force_from=P("1992")),
         "in_order", "broken", "before"),
        ("bordeaux", told(state="terminated", date="1999", in_force_from=P("1992")),
         "in_order", "holds", ""),
        ("bordeaux", told(state="expired", date="1999"), "in_order", "holds", ""),
    ],
)  # fmt: skip
def test_a_rule_is_asked_of_the_past_as_far_as_the_sources_can_answer(
    here: Office, slug: str, of: Told, rule: str, outcome: str, variant: str
) -> None:
    finding = by_rule(enter(here, of, slug))[rule]

    assert (finding.outcome, finding.variant) == (outcome, variant)
    assert (finding.needs is not None) == (outcome == Outcome.UNDECIDED)


@pytest.mark.parametrize(
    ("of", "rules"),
    [
        (told("informal", state="informal"), set()),
        (told("informal", state="working_document"), set()),
        (told("partnership"),
         {"right_partner", "number_format", "council_first", "definite_term"}),
        (told("twinning"), {"right_partner", "number_format", "council_first", "definite_term",
                            "twin_exclusive"}),
        (told("twinning", state="terminated"),
         {"right_partner", "number_format", "council_first", "definite_term", "in_order"}),
        (told("association", state="applied"),
         {"right_partner", "number_format", "absolute_majority", "council_first"}),
    ],
)  # fmt: skip
def test_only_what_a_register_can_tell_is_asked(here: Office, of: Told, rules: set[str]) -> None:
    assert set(by_rule(enter(here, of))) == rules


def test_a_twin_beside_another_twin_of_the_country_is_irregular(office: Office) -> None:
    first = enter(office, told("twinning", **KNOWN), "leipzig")

    second = by_rule(enter(office, told("twinning", "1995", **KNOWN), "nuremberg"))

    assert second["twin_exclusive"].facts["other"] == first.reference
    ended = enter(office, told("twinning", "1999", "terminated"), "nuremberg")
    assert "twin_exclusive" not in by_rule(ended)


def test_a_programme_rests_on_the_agreement_that_is_named(here: Office) -> None:
    basis = enter(here, told(**KNOWN))

    programme = enter(here, told("programme", "1997", under=basis.reference, **FIVE_YEARS))

    assert by_rule(programme)["programme_basis"].outcome == Outcome.HOLDS


def test_one_question_is_asked_however_many_rules_lack_the_fact() -> None:
    lacking = [
        Finding("council_first", Outcome.UNDECIDED, needs="resolution"),
        Finding("programme_basis", Outcome.UNDECIDED, needs="resolution"),
        Finding("definite_term", Outcome.UNDECIDED, needs="term"),
        Finding("number_format", Outcome.BROKEN),
        Finding("right_partner", Outcome.HOLDS),
    ]

    assert list(doubts(lacking, 7)) == [
        Doubt("resolution", {"rules": ["council_first", "programme_basis"]}, "council_first", 7),
        Doubt("term", {"rules": ["definite_term"]}, "definite_term", 7),
    ]
    assert [one.rule for one in irregular(lacking)] == ["number_format"]


def test_what_the_sources_and_the_rules_leave_open_is_asked(office: Office) -> None:
    open_ = Doubt("standing", {"since": "1992-03-14"}, None, 7)

    done = enter(office, told(**FIVE_YEARS), "bordeaux", open_)

    assert asked(office) == ["standing", "resolution", "renewed"]
    assert done.asked == 3


# ------------------------------------------------------------- corrections


def test_the_same_told_again_changes_nothing(office: Office) -> None:
    done = enter(office, told(**KNOWN))
    before = office.dump()

    assert restate(office, done, told(**KNOWN), "mark") is None
    assert office.dump() == before


def test_what_is_told_otherwise_is_corrected_and_the_rules_are_asked_again(
    office: Office,
) -> None:
    done = enter(office, told(date="1991-12-09", **KNOWN))
    assert [one.rule for one in irregular(done.findings)] == ["council_first"]

    changed = restate(office, done, told(date="1992-03-14", **KNOWN))

    assert changed is not None
    assert (changed.how, changed.sequence, irregular(changed.findings)) == ("corrected", 2, ())
    act = file_of(office, done).case.last("enter")
    assert act is not None
    assert (act.date.text, act.corrected) == ("1992-03-14", {"date": 2, "fingerprint": 2})
    with office.reading() as unit:
        assert history.verify(unit).breaches == ()


def test_a_correction_that_no_manager_confirmed_settles_nothing(here: Office) -> None:
    done = enter(here, told(**KNOWN))
    words = {"date": "1993-05-17"}
    here.do(amend.correct, done.reference, 1, words, "z aktu", here.actor(CLERK))

    restate(here, done, told(date="1994", **KNOWN))

    act = file_of(here, done).case.last("enter")
    assert act is not None
    assert act.date.text == "1994"


def test_a_case_moves_elsewhere_only_while_nothing_was_done_in_it(office: Office) -> None:
    done = enter(office, told(**KNOWN))
    moved = restate(office, done, told(state="terminated", date="1999", **KNOWN))
    assert moved is not None
    assert (moved.how, file_of(office, done).case.state) == ("anew", "terminated")
    words = {"remark": "pismo", "date": "2026-01-05"}
    office.do(engine.advance, done.reference, "note", words, office.actor(OFFICER))

    with office.refusing(AmendmentRefused) as (unit, caught):
        case = reading.file(unit, done.reference, to_change=True)
        entering.restate(
            unit, case, case.partner, entry(told(**KNOWN), "newer"),
            Origin({"batch": 3, "row": 7}, "spis 3"), office.actor(ADMINISTRATOR),
        )  # fmt: skip

    assert caught.value.facts["others"] == ["note (4)"]


def test_a_case_that_began_here_has_no_entry_to_correct(here: Office) -> None:
    case = here.open("leipzig").now

    with pytest.raises(AmendmentRefused) as refusal:
        entering.entry_of(case)

    assert refusal.value.facts["why"] == "not_entered"


def test_an_event_says_which_import_it_rests_on() -> None:
    origin = from_batch(12, 7, "spis")

    assert (origin.batch, Origin({"question": 3}, "akta").batch) == (12, None)
    assert entering.batch_of('{"inputs":{"batch":12}}') == 12
    assert entering.batch_of('{"inputs":{"batch":"12"}}') is None


# ------------------------------------------------------------- questions


def test_a_question_is_put_once_and_closed_when_it_no_longer_stands(here: Office) -> None:
    done = enter(here, told())
    term, field = Doubt("term", {"rules": ["definite_term"]}, "definite_term"), Doubt("x", {})

    with here.writing() as unit:
        first = questions.revise(unit, done.case_id, None, [term, field], None, OFFICER, "spis")
        again = questions.revise(unit, done.case_id, None, [term, field], None, OFFICER, "spis")

    assert (first, again) == (1, 0)
    assert asked(here) == ["term", "x"]


def test_what_the_sources_left_open_stays_open_while_they_have_not_changed(here: Office) -> None:
    done = enter(here, told(**KNOWN), "bordeaux", Doubt("standing", {}))

    with here.writing() as unit:
        questions.revise(unit, done.case_id, None, [], None, OFFICER, "odpowiedź")
        kept = asked_in(unit)
        questions.revise(unit, done.case_id, 2, [], [], OFFICER, "spis 2")

    assert kept == ["standing"]
    assert asked(here) == []


def asked_in(unit: Any) -> list[str]:  # noqa: ANN401 - a unit of work
    """Name the open questions as one unit of work sees them."""
    query = sa.select(Question.subject).where(Question.answered_at.is_(None))
    return list(unit.connection.scalars(query))


def test_a_told_case_that_has_ended_began_at_its_signature() -> None:
    ended = told(state="terminated", date="2022", in_force_from=P("2006"))

    assert (ended.began.text, replace(ended, said={}).began.text) == ("2006", "XXXX")
    assert told(date="1993").began.text == "1993"
    assert told(resolution_date="1992").when("resolution_date").text == "1992"

"""Answers: each tells a fact with its reason and source, and the rules are asked again."""

from collections.abc import Mapping

import pytest

from register import questions, report
from tests.importing import Registrar, row
from tests.ordinary import CLERK, MANAGER, OFFICER
from workflow import engine, history
from workflow.errors import AmendmentRefused, InputFaults, NotAllowed, NotFound
from workflow.inputs import Term, Votes

LYON = row("lyon", date_signed="1993")
CLUB = row("club", "association", "Klub", "BE", date_signed="2024")
SPORT = row("sport", "sectoral", "Lyon", "FR", date_signed="2004")
PROGRAMME = row("plan", "programme", "Lyon", "FR", date_signed="1997", term_or_renewal="5 years",
                status="expired", end_date="2001")  # fmt: skip
TITLE = row("istanbul", "honorary", "Istanbul", "TR", date_signed="2010")
SILENT = row("nice", entity="Nice", date_signed="1990", status="", status_as_of="")
RUN_OUT = row("edinburgh", entity="Edinburgh", country="GB", date_signed="2019-09-21",
              term_or_renewal="5 years")  # fmt: skip
DISPUTED = row("metz", entity="Metz", date_signed="1994", note="CONFLICT: X says 1995")


def answered(registrar: Registrar, key: str, subject: str, value: str) -> Mapping[str, object]:
    """Answer an open question of a case, and give what its entry says then."""
    registrar.answer(registrar.open_questions(key)[subject], value)
    assert subject not in registrar.open_questions(key)
    return registrar.said(key)


@pytest.mark.parametrize(
    ("told", "subject", "value", "said"),
    [
        (LYON, "resolution", "LX/1/93 1993-01-08",
         {"resolution": "LX/1/93", "resolution_date": "1993-01-08"}),
        (LYON, "resolution", "LX/1/93", {"resolution": "LX/1/93"}),
        (LYON, "resolution", "brak", {"absent": ("resolution",)}),
        (LYON, "term", "40 years", {"term": Term(480)}),
        (SPORT, "fields", "sport", {"fields": ("sport",)}),
        (CLUB, "votes", "22/21/0", {"votes": Votes(22, 21, 0)}),
        (CLUB, "consent", "DPT/1 2023-12-01", {"consent": "DPT/1", "consent_date": "2023-12-01"}),
        (PROGRAMME, "under", "none", {"absent": ("under",)}),
        (DISPUTED, "conflict.date", "1994", {"began_on": "1994"}),
    ],
)  # fmt: skip
def test_an_answer_tells_a_fact(
    here: Registrar, told: Mapping[str, str], subject: str, value: str, said: Mapping[str, object]
) -> None:
    here.took(told)

    found = answered(here, told["case_key"], subject, value)

    assert {name: found[name] for name in said} == said


def test_an_answer_is_kept_with_its_reason_and_source_on_both_databases(
    registrar: Registrar,
) -> None:
    registrar.took(LYON)
    asked = registrar.open_questions("lyon")["term"]

    registrar.answer(asked, "unknown", MANAGER)

    with registrar.office.reading() as unit:
        found = questions.question(unit, asked.id)
        everything = questions.questions(unit, questions.Wanted(answered=True, subject="term"))
    assert (found.answer, found.reason, found.source) == ("unknown", "akta", "archiwum")
    assert found.answered_by == MANAGER
    assert everything == [found]
    assert found.as_data()["answer"] == "unknown"
    assert [event.step for event in registrar.case("lyon").events] == ["enter"]


@pytest.mark.parametrize("value", ["unknown", "Nieznane", "nie wiadomo"])
def test_not_knowing_closes_a_question_and_changes_nothing(here: Registrar, value: str) -> None:
    here.took(LYON)

    answered(here, "lyon", "resolution", value)

    assert len(here.case("lyon").events) == 1


def test_the_correction_names_its_question_reason_and_source(registrar: Registrar) -> None:
    registrar.took(LYON)
    asked = registrar.open_questions("lyon")["resolution"]

    registrar.answer(asked, "LX/1/93")

    stored = registrar.case("lyon").case.acts[-1].inputs
    assert (stored["question"], stored["reason"], stored["source"]) == (
        asked.id,
        "akta",
        "archiwum",
    )
    with registrar.office.reading() as unit:
        assert history.verify(unit).breaches == ()


def test_what_never_existed_is_an_irregularity_and_no_longer_a_question(here: Registrar) -> None:
    here.took(LYON)

    answered(here, "lyon", "resolution", "none")

    with here.office.reading() as unit:
        found = [(one.rule, one.variant) for one in report.irregularities(unit)]
    assert found == [("council_first", "none")]
    answered(here, "lyon", "term", "brak")
    assert here.said("lyon")["absent"] == ("resolution", "term")


def test_a_resolution_later_than_the_signature_shows_by_an_answer_too(here: Registrar) -> None:
    here.took(LYON)

    answered(here, "lyon", "resolution", "LX/1/94 1994-02-14")

    with here.office.reading() as unit:
        found = {one.rule: one.variant for one in report.irregularities(unit)}
    assert found == {"council_first": "later"}


def test_a_programme_rests_on_the_agreement_a_person_names(here: Registrar) -> None:
    here.took(LYON, row("plan", "programme", date_signed="1997", term_or_renewal="40 years"))
    basis = here.case("lyon").case.reference

    answered(here, "plan", "under", basis)

    assert here.said("plan")["under"] == basis
    assert "under" not in here.open_questions("plan")


def test_a_continent_is_decided_once_for_all_titles_of_the_city(registrar: Registrar) -> None:
    registrar.took(TITLE)
    asked = registrar.open_questions("istanbul")["partner.continent"]

    registrar.answer(asked, "europe")

    assert registrar.partners()["istanbul"]["continent"] == "europe"
    event = registrar.case("istanbul").events[-1]
    assert '"rule":"outside_europe"' in event.body
    assert '"outcome":"broken"' in event.body


def test_a_country_becomes_known(here: Registrar) -> None:
    here.took(row("x", entity="Somewhere", country=""))
    asked = here.open_questions("x")["partner.country"]

    here.answer(asked, "fr")

    assert here.case("x").partner.country == "FR"
    assert "partner.country" not in here.open_questions("x")


@pytest.mark.parametrize(
    ("value", "facts"),
    [
        ("5134086", {"geonames_id": "5134086", "continent": "north_america"}),
        ("43.1548, -77.6156", {"latitude": "43.15480", "longitude": "-77.61560"}),
    ],
)
def test_a_person_tells_where_a_city_lies(
    here: Registrar, value: str, facts: Mapping[str, str]
) -> None:
    here.took(row("r", entity="Rochester", country="US"))

    here.answer(here.open_questions()["place.several"], value)

    found = here.partners()["rochester"]
    assert {name: found.get(name) for name in facts} == facts
    assert here.open_questions() == {}


@pytest.mark.parametrize("value", ["nowhere", "91, 0", "0, 181", "43.1", "nan, 0", "x, y"])
def test_a_place_that_is_none_is_refused(here: Registrar, value: str) -> None:
    here.took(row("r", entity="Rochester", country="US"))
    asked = here.open_questions()["place.several"]
    before = here.office.dump()

    with pytest.raises(InputFaults):
        here.answer(asked, value)

    assert here.office.dump() == before


# ------------------------------------------------------------- where the case stands


def test_a_term_that_was_renewed_ends_on_its_new_last_day(here: Registrar) -> None:
    here.took(RUN_OUT)

    answered(here, "edinburgh", "renewed", "2029-09-21")

    assert str(here.case("edinburgh").ends_on) == "2029-09-21"


def test_a_renewal_that_ran_out_as_well_is_asked_about_again(here: Registrar) -> None:
    here.took(RUN_OUT)
    first = here.open_questions("edinburgh")["renewed"]

    here.answer(first, "2025-09-21")

    second = here.open_questions("edinburgh")["renewed"]
    assert (second.id > first.id, second.facts) == (True, {"last": "2025-09-21"})


def test_a_term_that_was_not_renewed_ended_the_day_after(registrar: Registrar) -> None:
    registrar.took(RUN_OUT)

    answered(registrar, "edinburgh", "renewed", "nie")

    case = registrar.case("edinburgh")
    assert (case.case.state, case.ends_on) == ("expired", None)
    assert registrar.said("edinburgh")["date"].text == "2024-09-22"
    assert [event.step for event in case.events] == ["enter", "retract", "enter"]


@pytest.mark.parametrize(
    ("value", "state", "date"),
    [
        ("tak", "in_force", "1990"),
        ("2001-05", "terminated", "2001-05"),
        ("?", "terminated", "1990/.."),
    ],
)
def test_a_person_tells_whether_a_cooperation_still_stands(
    here: Registrar, value: str, state: str, date: str
) -> None:
    here.took(SILENT)

    said = answered(here, "nice", "standing", value)

    assert here.case("nice").case.state == state
    assert said["date"].text == date  # type: ignore[attr-defined] # the date of an entry


def test_a_status_nobody_understood_is_explained(here: Registrar) -> None:
    here.took(row("x", status="martwa?", date_signed="1990"))

    answered(here, "x", "status", "1999")

    assert here.case("x").case.state == "terminated"


def test_a_case_that_has_gone_on_is_not_ended_by_an_answer(here: Registrar) -> None:
    here.took(SILENT)
    reference = here.case("nice").case.reference
    words = {"remark": "pismo", "date": "2026-01-05"}
    here.office.do(engine.advance, reference, "note", words, here.office.actor(OFFICER))
    asked = here.open_questions("nice")["standing"]

    with pytest.raises(AmendmentRefused) as refusal:
        here.answer(asked, "1999")

    assert refusal.value.facts["why"] == "gone_on"
    assert "standing" in here.open_questions("nice")


def test_an_end_nobody_dated_is_dated(here: Registrar) -> None:
    here.took(row("x", date_signed="1976", status="superseded"))

    answered(here, "x", "end", "1993-02-19")

    assert here.said("x")["date"].text == "1993-02-19"
    assert here.said("x")["in_force_from"].text == "1976"


def test_the_date_from_which_a_term_runs_brings_its_end(here: Registrar) -> None:
    here.took(row("sf", entity="Nice", term_or_renewal="5 years"))

    answered(here, "sf", "date", "2024-05-01")

    assert str(here.case("sf").ends_on) == "2029-05-01"
    assert here.said("sf")["began_on"] == "2024-05-01"


@pytest.mark.parametrize(
    ("more", "subject", "value", "name", "said"),
    [
        ({"end_date": "2000"}, "conflict.date", "1994", "in_force_from", "1994"),
        ({"end_date": "2000"}, "conflict.end_date", "2000", "date", "2000"),
        ({"end_date": "2031"}, "conflict.end_date", "2031", "term", "2031-12-31"),
        ({"resolution_date": "1993"}, "conflict.resolution_date", "1993", "resolution_date",
         "1993"),
        ({"resolution_no": "I/1/93"}, "conflict.resolution", "I/1/93", "resolution", "I/1/93"),
        ({"end_date": "2000", "resolution_date": "1999"}, "conflict.resolution_date", "1999",
         "end_resolution_date", "1999"),
    ],
)  # fmt: skip
def test_a_dispute_is_settled_by_naming_what_is_right(
    here: Registrar, more: Mapping[str, str], subject: str, value: str, name: str, said: str
) -> None:
    other = {"date_signed": "1995", "end_date": "2032", "resolution_date": "1990",
             "resolution_no": "I/2/93"}  # fmt: skip
    if more.get("end_date") == "2000":
        other |= {"end_date": "2001", "resolution_date": "1998"}
    second = {name_: text for name_, text in other.items() if name_ in {*more, "date_signed"}}
    here.took(row("x", act_key="a", date_signed="1994", **more), row("x", act_key="a", **second))

    found = answered(here, "x", subject, value)[name]

    text = found.until.text if isinstance(found, Term) and found.until else found
    assert getattr(text, "text", text) == said


def test_a_dispute_about_an_older_act_is_kept_with_its_answer(here: Registrar) -> None:
    here.took(
        row("x", date_signed="1990"),
        row("x", date_signed="1994", note="CONFLICT: X says 1995"),
        row("x", date_signed="2019"),
    )

    answered(here, "x", "conflict.act", "1994")

    assert len(here.case("x").events) == 1


def test_the_first_date_of_a_cooperation_is_settled(here: Registrar) -> None:
    here.took(
        row("x", date_signed="1994", note="CONFLICT: X says 1995"), row("x", date_signed="2019")
    )

    assert answered(here, "x", "conflict.began_on", "1994")["began_on"] == "1994"


# ------------------------------------------------------------- files against answers


def _disputed(registrar: Registrar) -> questions.Asked:
    registrar.took(row("lyon", date_signed="1993", note="CONFLICT: X says 1994"))
    answered(registrar, "lyon", "conflict.date", "1993")
    registrar.took(row("lyon", date_signed="1995"))
    return registrar.open_questions("lyon")["disputed.date"]


@pytest.mark.parametrize(("choice", "date"), [("ours", "1993"), ("theirs", "1995")])
def test_a_person_decides_between_an_answer_and_a_corrected_file(
    here: Registrar, choice: str, date: str
) -> None:
    here.answer(_disputed(here), choice)

    assert here.said("lyon")["date"].text == date


@pytest.mark.parametrize(("choice", "state"), [("ours", "terminated"), ("theirs", "expired")])
def test_a_person_decides_between_two_states(here: Registrar, choice: str, state: str) -> None:
    here.took(SILENT)
    answered(here, "nice", "standing", "2001")
    here.took({**SILENT, "status": "expired", "end_date": "2002"})

    here.answer(here.open_questions("nice")["disputed.state"], choice)

    assert here.case("nice").case.state == state


def test_an_answer_survives_the_case_being_entered_anew(here: Registrar) -> None:
    here.took(LYON)
    answered(here, "lyon", "resolution", "LX/1/93 1993-01-08")

    here.took({**LYON, "kind": "twin"})

    assert here.case("lyon").case.form == "twinning"
    assert here.said("lyon")["resolution"] == "LX/1/93"
    assert "resolution" not in here.open_questions("lyon")


# ------------------------------------------------------------- who, and what is refused


@pytest.mark.parametrize("login", [OFFICER, CLERK])
def test_an_officer_alone_settles_no_history(here: Registrar, login: str) -> None:
    here.took(LYON)

    with pytest.raises(NotAllowed):
        here.answer(here.open_questions("lyon")["term"], "5 years", login)


def test_a_question_is_answered_once(here: Registrar) -> None:
    here.took(LYON)
    asked = here.open_questions("lyon")["term"]
    here.answer(asked, "40 years")

    with pytest.raises(AmendmentRefused) as refusal:
        here.answer(asked, "41 years")

    assert refusal.value.facts["why"] == "answered"


@pytest.mark.parametrize(
    ("subject", "value", "fault"),
    [
        ("term", "a while", "not_a_term"),
        ("resolution", " ", "empty"),
        ("resolution", "LX/1/93 yesterday", "date_not_a_date"),
    ],
)
def test_a_value_that_is_none_is_refused_and_nothing_kept(
    here: Registrar, subject: str, value: str, fault: str
) -> None:
    here.took(LYON)
    asked = here.open_questions("lyon")[subject]
    before = here.office.dump()

    with pytest.raises(InputFaults) as refusal:
        here.answer(asked, value)

    assert [one["fault"] for one in refusal.value.faults] == [fault]
    assert here.office.dump() == before


def test_a_question_nobody_asked_has_no_answer(here: Registrar) -> None:
    with here.office.reading() as unit, pytest.raises(NotFound) as refusal:
        questions.question(unit, 7)

    assert refusal.value.facts["kind"] == "question"


def test_a_case_a_programme_is_said_to_rest_on_must_be_there(here: Registrar) -> None:
    here.took(PROGRAMME)

    with pytest.raises(NotFound):
        here.answer(here.open_questions("plan")["under"], "KRK-2020-0001")


def test_questions_come_a_page_at_a_time(here: Registrar) -> None:
    here.took(LYON, SPORT, CLUB)

    with here.office.reading() as unit:
        every = questions.questions(unit, questions.Wanted())
        page = questions.questions(unit, questions.Wanted(after=every[1].id, limit=2))
        of_case = questions.questions(
            unit, questions.Wanted(reference=here.case("club").case.reference)
        )

    assert list(page) == list(every[2:4])
    assert {one.partner for one in of_case} == {"klub"}

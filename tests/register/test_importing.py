"""What an import does to a register: partners joined, cases corrected, nothing done by halves."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
import sqlalchemy as sa

from models.register import ImportBatch
from models.vocabulary import Form, PartnerKind
from register import importing_partners, report
from register.importing_tables import RowFault
from tests.importing import Registrar, Row, csv_of, row, table, xlsx_of
from tests.ordinary import CLERK, MANAGER, OFFICER
from workflow import amend, engine, history, partners
from workflow.errors import NotAllowed

TWIN = row("nuremberg-twin", "twin", "Nuremberg", "DE", entity_pl="Norymberga",
           date_signed="1991-12-09", resolution_no="XLIII/298/92",
           resolution_date="1992-02-14")  # fmt: skip


def changed(one: Row, **more: str) -> Row:
    """Give a row as a corrected file has it."""
    return {**one, **more}


# ------------------------------------------------------------- who may, and what is refused


@pytest.mark.parametrize("login", [OFFICER, MANAGER, CLERK])
def test_only_an_administrator_imports(here: Registrar, login: str) -> None:
    before = here.office.dump()

    with pytest.raises(NotAllowed):
        here.take(csv_of(TWIN), who=login)

    assert here.office.dump() == before


def test_a_file_with_one_fault_changes_nothing_and_tells_all(registrar: Registrar) -> None:
    faults = registrar.refused(
        TWIN,
        row("a", date_signed="31.02.2016"),
        row("b", kind="twine"),
        row("c", entity="", country="FRA"),
    )

    assert faults == [
        ("date_impossible", 3), ("word_unknown", 4), ("value_missing", 5), ("country_unknown", 5),
    ]  # fmt: skip


def test_the_rows_of_a_case_tell_of_one_partner(here: Registrar) -> None:
    assert here.refused(row("a"), row("a", entity="Nice"), row("a")) == [("partner_differs", 3)]


def test_a_case_is_not_half_domestic(here: Registrar) -> None:
    domestic = row("a", "association (domestic)", "Związek", "PL")

    assert here.refused(row("a", "association", "Związek", "PL"), domestic) == [
        ("partner_differs", 3)
    ]


def test_a_workbook_is_imported_as_the_same_table_in_csv(here: Registrar) -> None:
    cells = table(TWIN, row("lyon", date_signed="1993"))
    first = here.take(csv_of(TWIN, row("lyon", date_signed="1993")))

    again = here.take(xlsx_of(cells))

    assert (first.entered, again.same, again.batch) == (2, 2, None)


# ------------------------------------------------------------- partners


@pytest.mark.parametrize(
    ("first", "second", "country"),
    [
        ({"entity_en": "Pécs"}, {"entity_en": "Pecs"}, "HU"),
        ({"entity_en": "Zagreb", "entity_pl": "Zagrzeb"}, {"entity_en": "Zagrzeb"}, "HR"),
        ({"entity_en": "Kijów"}, {"entity_en": "Kyiv"}, "UA"),
        ({"entity_en": "Saint Petersburg"}, {"entity_en": "Saint-Petersburg"}, "RU"),
        ({"entity_en": "FRANKFURT am Main"}, {"entity_en": "Frankfurt am Main "}, "DE"),
    ],
)
def test_partners_are_joined_across_spellings(
    here: Registrar, first: Row, second: Row, country: str
) -> None:
    outcome = here.took(
        row("one", country=country, **{"entity_pl": "", **first}),
        row("two", "no agreement", country=country, **{"entity_pl": "", **second}),
    )

    assert outcome.partners == 1
    assert here.case("one").partner.id == here.case("two").partner.id


def test_partners_are_joined_across_files_too(here: Registrar) -> None:
    here.took(row("one", entity="Kyiv", country="UA", entity_pl="Kijów"))

    outcome = here.took(row("two", "twin", entity="Kijow", country="UA"))

    assert outcome.partners == 0
    assert here.case("one").partner.slug == here.case("two").partner.slug == "kyiv"


def test_a_row_that_knows_both_names_joins_rows_that_know_one(here: Registrar) -> None:
    outcome = here.took(
        row("one", entity="Königsberg X", country="DE"),
        row("two", "twin", entity="Królewiec X", country="DE"),
        row("three", "no agreement", "Königsberg X", "DE", entity_pl="Królewiec X"),
    )

    assert outcome.partners == 1
    assert len({here.case(key).partner.id for key in ("one", "two", "three")}) == 1


def test_cities_of_one_name_in_two_countries_stay_two(here: Registrar) -> None:
    here.took(
        row("us", entity="Cambridge", country="US"),
        row("gb", entity="Cambridge", country="GB"),
        row("xx", "no agreement", entity="Cambridge", country=""),
        row("as", "association", entity="Cambridge", country="GB"),
    )

    slugs = [here.case(key).partner.slug for key in ("us", "gb", "xx", "as")]

    assert slugs == ["cambridge", "cambridge-gb", "cambridge-xx", "cambridge-gb-2"]


def test_a_name_in_another_alphabet_makes_a_partner_too(here: Registrar) -> None:
    here.took(row("kyiv", entity="Київ", country="UA"), row("x", "twin", entity="京", country="JP"))

    assert here.case("kyiv").partner.slug == "city-2"
    assert here.case("x").partner.name_en == "京"


def test_a_name_that_several_partners_bear_is_for_a_person_to_tell_apart(here: Registrar) -> None:
    with here.office.writing() as unit:
        for slug in ("rochester-ny", "rochester-mn"):
            new = partners.NewPartner("Rochester", PartnerKind.CITY, "US", slug=slug)
            partners.add(unit, new, {}, "", "a.administrator")
    content = csv_of(row("r", entity="Rochester", country="US"))

    (fault,) = here.take(content).faults

    assert (fault.id, fault.row, fault.value) == (
        "partner_ambiguous", 2, "rochester-ny, rochester-mn",
    )  # fmt: skip


def test_a_partner_the_register_has_is_used_and_gets_its_place(here: Registrar) -> None:
    with here.office.writing() as unit:
        new = partners.NewPartner("Kyiv", PartnerKind.CITY, "UA")
        partners.add(unit, new, {"seat": "Khreshchatyk"}, "list", "a.administrator")

    outcome = here.took(row("k", entity="Kijów", country="UA"))

    assert outcome.partners == 0
    assert here.partners()["kyiv"]["seat"] == "Khreshchatyk"
    assert here.partners()["kyiv"]["continent"] == "europe"


def test_where_a_city_lies_is_asked_once(here: Registrar) -> None:
    here.took(row("one", entity="Rochester", country="US"))
    assert set(here.open_questions()) == {"place.several"}

    outcome = here.took(row("two", "twin", entity="Rochester", country="US"))

    with here.office.reading() as unit:
        asked = unit.connection.scalar(
            sa.text("SELECT count(*) FROM question WHERE subject LIKE 'place.%'")
        )
    assert asked == 1
    assert outcome.partners == 0


def test_more_partners_than_are_held_in_memory_are_found_again(
    here: Registrar, monkeypatch: pytest.MonkeyPatch
) -> None:

    monkeypatch.setattr(importing_partners, "MOST_AT_HAND", 1)

    outcome = here.took(
        row("a"), row("b", entity="Nice"), row("c", "twin"), row("d", "twin", entity="Nice")
    )

    assert outcome.partners == 2


# ------------------------------------------------------------- corrections


def test_a_corrected_file_changes_only_what_changed_and_as_a_correction(
    registrar: Registrar,
) -> None:
    registrar.took(TWIN, row("lyon"))
    lyon = registrar.case("lyon")

    outcome = registrar.took(changed(TWIN, resolution_date="1991-11-29"), row("lyon"))

    assert (outcome.corrected, outcome.same, outcome.entered) == (1, 1, 0)
    case = registrar.case("nuremberg-twin")
    assert [event.step for event in case.events] == ["enter", "correct"]
    stored = case.case.acts[-1].inputs
    assert set(stored["changes"]) == {"resolution_date", "acts", "fingerprint"}  # type: ignore[arg-type] # a mapping as JSON
    assert stored["was"]["resolution_date"] == "1992-02-14"  # type: ignore[index, call-overload] # the same
    assert registrar.said("nuremberg-twin")["resolution_date"] == "1991-11-29"
    assert registrar.case("lyon") == lyon


def test_a_correction_that_heals_an_irregularity_takes_it_off_the_list(here: Registrar) -> None:

    here.took(TWIN)
    with here.office.reading() as unit:
        assert [one.rule for one in report.irregularities(unit)] == ["council_first"]

    outcome = here.took(changed(TWIN, resolution_date="1991-11-29", resolution_no="XXX/298/91"))

    assert outcome.irregular == 0
    with here.office.reading() as unit:
        assert list(report.irregularities(unit)) == []


def test_rows_that_only_moved_in_the_file_are_no_change(here: Registrar) -> None:
    here.took(TWIN, row("lyon"))

    outcome = here.took(row("lyon"), row("new", "twin"), TWIN)

    assert (outcome.same, outcome.entered, outcome.corrected) == (2, 1, 0)


def test_a_value_a_corrected_file_takes_back_is_unknown_again(here: Registrar) -> None:
    here.took(TWIN)

    here.took(changed(TWIN, resolution_no="", resolution_date=""))

    assert not {"resolution", "resolution_date"} & here.said("nuremberg-twin").keys()
    assert "resolution" in here.open_questions("nuremberg-twin")


def test_a_fact_a_corrected_file_supplies_closes_its_question(here: Registrar) -> None:
    here.took(row("lyon", date_signed="1993"))
    assert set(here.open_questions("lyon")) == {"resolution", "term"}

    here.took(
        row("lyon", date_signed="1993", resolution_no="LX/1/93", resolution_date="1993-01-08")
    )

    assert set(here.open_questions("lyon")) == {"term"}


@pytest.mark.parametrize(
    ("more", "form", "state"),
    [
        ({"kind": "twin"}, Form.TWINNING, "in_force"),
        ({"status": "terminated", "end_date": "2020"}, Form.PARTNERSHIP, "terminated"),
    ],
)
def test_a_case_that_stands_elsewhere_by_the_corrected_file_is_entered_anew(
    registrar: Registrar, more: Row, form: Form, state: str
) -> None:
    registrar.took(row("lyon", date_signed="1993"))
    reference = registrar.case("lyon").case.reference

    outcome = registrar.took(changed(row("lyon", date_signed="1993"), **more))

    assert outcome.anew == 1
    case = registrar.case("lyon").case
    assert (case.reference, case.form, case.state) == (reference, form, state)
    assert [event.step for event in registrar.case("lyon").events] == ["enter", "retract", "enter"]


def test_a_case_gets_another_partner_by_the_corrected_file(here: Registrar) -> None:
    here.took(row("x", entity="Lyon"))

    outcome = here.took(row("x", entity="Nice"))

    assert outcome.anew == 1
    assert here.case("x").partner.slug == "nice"


def test_a_case_that_has_gone_on_is_not_put_elsewhere_by_a_file(here: Registrar) -> None:
    here.took(row("lyon", date_signed="1993"), row("nice", entity="Nice"))
    reference = here.case("lyon").case.reference
    words = {"remark": "pismo", "date": "2026-01-05"}
    here.office.do(engine.advance, reference, "note", words, here.office.actor(OFFICER))
    before = here.office.dump()

    outcome = here.take(
        csv_of(row("lyon", date_signed="1993", status="terminated"), row("new", entity="Metz"))
    )

    assert outcome.faults == (
        RowFault(
            "case_gone_on", 2, "", "lyon",
            {"reference": reference, "state": "terminated", "others": "note (2)"},
        ),
    )  # fmt: skip
    assert here.office.dump() == before


def test_a_case_that_has_gone_on_is_still_corrected(here: Registrar) -> None:
    here.took(row("lyon", date_signed="1993"))
    reference = here.case("lyon").case.reference
    words = {"remark": "pismo", "date": "2026-01-05"}
    here.office.do(engine.advance, reference, "note", words, here.office.actor(OFFICER))

    outcome = here.took(row("lyon", date_signed="1993-05-17"))

    assert outcome.corrected == 1
    assert here.said("lyon")["date"].text == "1993-05-17"


def test_what_a_person_corrected_is_not_overwritten_and_a_dispute_is_asked(
    here: Registrar,
) -> None:
    here.took(row("lyon", date_signed="1993", term_or_renewal="5 years"))
    reference = here.case("lyon").case.reference
    clerk, manager = here.office.actor(CLERK), here.office.actor(MANAGER)
    words = {"date": "1993-05-17"}
    asked = here.office.do(amend.correct, reference, 1, words, "z aktu", clerk)
    here.office.do(amend.confirm, reference, asked.sequence, manager)

    here.took(row("lyon", date_signed="1993", term_or_renewal="6 years"))
    assert here.said("lyon")["date"].text == "1993-05-17"
    assert "disputed.date" not in here.open_questions("lyon")

    here.took(row("lyon", date_signed="1994", term_or_renewal="6 years"))
    assert here.said("lyon")["date"].text == "1993-05-17"
    assert here.open_questions("lyon")["disputed.date"].facts == {
        "ours": "1993-05-17", "theirs": "1994",
    }  # fmt: skip


def test_a_later_membership_in_a_corrected_file_ends_the_earlier_one(here: Registrar) -> None:
    first = row("ec-1", "association", "Eurocities", "BE", date_signed="1992-11-09")
    here.took(first)

    outcome = here.took(
        first, row("ec-2", "association", "Eurocities", "BE", date_signed="2025-10-15")
    )

    assert (outcome.anew, outcome.entered) == (1, 1)
    assert here.case("ec-1").case.state == "terminated"


def test_a_term_that_ran_out_is_asked_about_and_ends_when_it_is_known(here: Registrar) -> None:
    told = row("lyon", date_signed="2019-09-21", term_or_renewal="5 years")
    here.took(told)

    case = here.case("lyon")

    assert (case.case.state, case.ends_on) == ("in_force", date(2024, 9, 21))
    assert here.open_questions("lyon")["renewed"].facts == {"last": "2024-09-21"}
    here.took(changed(told, term_or_renewal="10 years"))
    assert here.case("lyon").ends_on == date(2029, 9, 21)
    assert "renewed" not in here.open_questions("lyon")


def test_a_question_keeps_up_with_the_facts_it_is_about(here: Registrar) -> None:
    told = row("lyon", date_signed="2010-09-21", term_or_renewal="5 years")
    here.took(told)
    number = here.open_questions("lyon")["renewed"].id

    here.took(changed(told, term_or_renewal="6 years"))

    asked = here.open_questions("lyon")["renewed"]
    assert (asked.id, asked.facts) == (number, {"last": "2016-09-21"})


def test_a_domestic_association_is_set_aside_with_its_note_and_no_fault(here: Registrar) -> None:
    domestic = row(
        "unia", "association (domestic)", "Unia Metropolii Polskich", "PL", note="krajowa"
    )

    first, again = here.took(domestic), here.took(domestic)

    assert (first.set_aside, first.entered, first.partners, first.batch) == (1, 0, 0, 1)
    assert (again.set_aside, again.batch) == (1, None)
    here.took(changed(domestic, note="krajowa, poprawiona"))
    with here.office.reading() as unit:
        kept = report.report(unit)
    assert [one.why for one in kept.set_aside] == ["krajowa", "krajowa, poprawiona"]


def test_two_twins_in_one_country_are_an_irregularity(here: Registrar) -> None:
    outcome = here.took(TWIN, row("b", "twin", "Leipzig", "DE", date_signed="1995"))

    assert outcome.irregular == 2  # the resolution of the first came late as well


def test_a_title_in_a_country_on_two_continents_waits_for_a_person(here: Registrar) -> None:
    here.took(row("istanbul", "honorary", "Istanbul", "TR", date_signed="2010"))

    assert "partner.continent" in here.open_questions("istanbul")


# ------------------------------------------------------------- all or nothing


def test_an_import_that_is_interrupted_has_never_happened(registrar: Registrar) -> None:
    before = registrar.office.dump()
    rows = [row(f"k{n}", entity=f"Miasto {n}") for n in range(70)]

    def impatient(what: str, *_: int) -> None:
        if what == "write":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        registrar.take(csv_of(*rows), progress=impatient)

    assert registrar.office.dump() == before
    assert registrar.took(*rows).entered == 70


def test_progress_is_told_of_reading_and_of_writing(here: Registrar) -> None:
    told: list[tuple[str, int, int]] = []
    rows = [row(f"k{n}", entity=f"Miasto {n}") for n in range(130)]
    content = csv_of(*rows)

    here.take(content, progress=lambda *step: told.append(step))

    read = [step for step in told if step[0] == "read"]
    written = [step for step in told if step[0] == "write"]
    assert read[-1] == ("read", len(content), len(content))
    assert [step[1:] for step in written] == [(64, 130), (128, 130), (130, 130)]


def test_the_import_keeps_the_hash_of_its_file_and_proves_its_history(
    registrar: Registrar,
) -> None:

    content = csv_of(TWIN, row("lyon"))

    outcome = registrar.take(content)

    with registrar.office.reading() as unit:
        batch = unit.connection.execute(sa.select(ImportBatch.__table__)).one()
        assert history.verify(unit).breaches == ()
    assert batch.sha256 == sha256(content).hexdigest()
    assert (batch.id, batch.rows, batch.recorded_by) == (outcome.batch, 2, "a.administrator")


def test_an_outcome_is_told_under_stable_keys(here: Registrar) -> None:
    told = here.took(TWIN).as_data()

    assert {"batch", "entered", "corrected", "same", "faults"} <= told.keys()


def _today(registrar: Registrar, day: date) -> Registrar:
    return Registrar(replace(registrar.office, today=day))


def test_the_same_file_on_a_later_day_still_adds_nothing(here: Registrar) -> None:
    told = row("lyon", date_signed="2021-09-21", term_or_renewal="6 years", end_date="2027")
    here.took(told)

    outcome = _today(here, date(2030, 1, 2)).took(told)

    assert (outcome.same, outcome.batch) == (1, None)

"""One case of several rows: where it stands, since when, and what its sources leave open."""

import pytest

from models.vocabulary import Form
from register.importing_cases import entry, fingerprint
from register.importing_layout import PLAIN, translation
from register.importing_rows import source_row
from tests.importing import LAYOUT, row
from tests.ordinary import TODAY
from workflow.dates import PartialDate
from workflow.entering import Entry
from workflow.inputs import Term


def entered(*told: dict[str, str], replaced_on: str | None = None) -> Entry:
    """Make the entry of a case from what its rows say."""
    rows = []
    for number, said in enumerate(told, start=2):
        found, faults = source_row(
            number, {name: text for name, text in said.items() if text}, LAYOUT, PLAIN, TODAY
        )
        assert found is not None, faults
        rows.append(found)
    later = PartialDate.parse(replaced_on) if replaced_on else None
    return entry(rows, "mark", PLAIN, TODAY, later)


def one(kind: str = "partner", **said: str) -> dict[str, str]:
    """Give a row that says nothing of its status unless told otherwise."""
    return {**row("lyon", kind), "status": "", "status_as_of": "", **said}


def subjects(found: Entry) -> list[str]:
    """Name what an entry leaves open."""
    return [doubt.subject for doubt in found.doubts]


@pytest.mark.parametrize(
    ("kind", "said", "form", "state", "since"),
    [
        ("twin", {"date_signed": "1991-12-09"}, "twinning", "in_force", "1991-12-09"),
        ("twin", {"status": "listed", "status_as_of": "2007"}, "twinning", "in_force", "../2007"),
        ("partner", {"status_as_of": "2007"}, "partnership", "in_force", "../2007"),
        ("partner", {}, "partnership", "in_force", "XXXX"),
        ("partner", {"status": "expired", "end_date": "2013"}, "partnership", "expired", "2013"),
        ("partner", {"end_date": "2013"}, "partnership", "expired", "2013"),
        ("partner", {"end_date": "2031"}, "partnership", "in_force", "XXXX"),
        ("partner", {"status": "wygasła", "status_as_of": "2013"}, "partnership", "expired",
         "../2013"),
        ("partner", {"status": "superseded", "date_signed": "1976"}, "partnership", "terminated",
         "1976/.."),
        ("partner", {"status": "rozwiązana", "date_signed": "1976", "status_as_of": "1990"},
         "partnership", "terminated", "1976/1990"),
        ("programme", {"term_or_renewal": "1997-2001", "status": "expired"}, "programme",
         "expired", "2002-01-01"),
        ("honorary", {"resolution_date": "2014-05-14"}, "honorary_title", "in_force",
         "2014-05-14"),
        ("honorary", {"end_date": "2020"}, "honorary_title", "terminated", "2020"),
        ("association", {"resolution_date": "1995-11-22"}, "association", "in_force",
         "1995-11-22/.."),
        ("association", {"status": "application", "resolution_date": "1990"}, "association",
         "applied", "1990/.."),
        ("association", {"status": "expired"}, "association", "terminated", "XXXX"),
        ("twin", {"status": "application"}, "twinning", "in_force", "XXXX"),
        ("sectoral", {"date_signed": "2001"}, "sectoral", "in_force", "2001"),
        ("letter of intent", {"date_signed": "2016-06-02"}, "informal", "working_document",
         "2016-06-02"),
        ("working document", {"status": "terminated"}, "informal", "closed", "XXXX"),
        ("no agreement", {"status": "listed without agreement", "status_as_of": "2007"},
         "informal", "informal", "../2007"),
        ("", {"date_signed": "1989"}, "informal", "informal", "1989"),
        ("", {"status": "expired"}, "informal", "closed", "XXXX"),
    ],
)  # fmt: skip
def test_a_row_puts_its_case_where_its_kind_and_status_say(
    kind: str, said: dict[str, str], form: str, state: str, since: str
) -> None:
    told = entered(one(kind, **said)).told

    assert (told.form, told.state, told.date.text) == (form, state, since)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("List intencyjny", "letter_of_intent"),
        ("Wspólna deklaracja", "declaration"),
        ("Protokół", "protocol"),
        ("Wspólne oświadczenie", "joint_statement"),
        ("Memorandum of understanding", "understanding"),
        ("Notatka", "other"),
    ],
)
def test_a_working_document_is_of_the_kind_its_name_tells(name: str, kind: str) -> None:
    told = entered(one("working document", document_name=name)).told

    assert told.said["document_kind"] == kind


def test_a_letter_of_intent_is_one_whatever_its_name() -> None:
    told = entered(one("letter of intent", document_name="Deklaracja")).told

    assert told.said["document_kind"] == "letter_of_intent"


def test_a_later_agreement_governs_and_the_earlier_one_is_kept() -> None:
    found = entered(
        one(date_signed="1998-04-27", document_name="renewed", status="listed"),
        one(date_signed="1987-05-27", document_name="first"),
    )

    assert found.title == "renewed"
    assert found.told.date.text == "1998-04-27"
    assert found.told.said["began_on"] == "1987-05-27"
    assert [act["document_name"] for act in found.told.said["acts"]] == ["first", "renewed"]


def test_a_declaration_after_an_agreement_leaves_the_agreement_its_form() -> None:
    found = entered(
        one(date_signed="1973-09-08", document_name="umowa"),
        one("working document", date_signed="1995-10-24", status="listed", status_as_of="2007"),
    )

    assert (found.told.form, found.told.date.text) == (Form.PARTNERSHIP, "1973-09-08")
    assert found.told.said["status_as_of"] == "2007"
    assert "document_kind" not in found.told.said


def test_rows_of_one_act_that_disagree_keep_both_dates_and_ask() -> None:
    found = entered(
        one(act_key="1979", date_signed="1979-10-02", source="BIP"),
        one(act_key="1979", date_signed="1979-10-12", source="krakow.pl"),
    )

    assert found.told.date.text == "1979-10-02/1979-10-12"
    assert [act["date"] for act in found.told.said["acts"]] == ["1979-10-02", "1979-10-12"]
    (conflict, _) = found.doubts
    assert conflict.subject == "conflict.date"
    assert conflict.facts["values"] == [
        {"value": "1979-10-02", "source": "BIP"},
        {"value": "1979-10-12", "source": "krakow.pl"},
    ]


def test_a_dispute_about_the_first_act_is_asked_though_a_later_one_governs() -> None:
    found = entered(
        one(date_signed="1994", note="CONFLICT: sco.wikipedia says 1995"),
        one(date_signed="2019-09-21"),
    )

    assert found.told.date.text == "2019-09-21"
    assert found.told.said["began_on"] == "1994/1995"
    assert subjects(found) == ["conflict.began_on", "standing"]


def test_a_dispute_about_an_act_between_is_kept_with_its_question() -> None:
    found = entered(
        one(date_signed="1990"),
        one(date_signed="1994", note="CONFLICT: X says 1995"),
        one(date_signed="2019"),
    )

    assert subjects(found)[0] == "conflict.act"


def test_sources_may_disagree_about_resolutions_and_ends_too() -> None:
    found = entered(
        one(act_key="a", resolution_no="I/1/91", resolution_date="1991", end_date="2000"),
        one(act_key="a", resolution_no="I/2/91", resolution_date="1992", end_date="2001"),
    )

    assert subjects(found)[:3] == [
        "conflict.resolution", "conflict.resolution_date", "conflict.end_date",
    ]  # fmt: skip
    assert "resolution" not in found.told.said


def test_the_resolution_that_ended_a_cooperation_is_not_taken_for_the_one_behind_it() -> None:
    petersburg = entered(
        one(date_signed="2006", end_date="2022-09-16", resolution_date="2022-03-02",
            term_or_renewal="indefinite; 6-month notice", status="terminated"),
    )  # fmt: skip
    moscow = entered(
        one("programme", end_date="2013", resolution_date="2022-03-02", status="expired")
    )

    for found in (petersburg, moscow):
        assert found.told.said["end_resolution_date"] == "2022-03-02"
        assert "resolution_date" not in found.told.said
    assert petersburg.told.said["began_on"] == "2006"
    assert petersburg.told.said["in_force_from"].text == "2006"
    assert "began_on" not in moscow.told.said


def test_a_resolution_later_than_the_signature_stays_behind_what_is_in_force() -> None:
    told = entered(
        one("twin", date_signed="1991-12-09", resolution_no="XLIII/298/92",
            resolution_date="1992-02-14", status="current")
    ).told  # fmt: skip

    assert told.said["resolution"] == "XLIII/298/92"
    assert told.said["resolution_date"] == "1992-02-14"


def test_a_membership_rests_on_the_resolution_to_apply() -> None:
    told = entered(
        one("association", resolution_no="IV/47/90", resolution_date="1990-09-08",
            status="application"),
        one("association", date_signed="1992-11-09", status="associate member; full member after"),
    ).told  # fmt: skip

    assert (told.state, told.date.text) == ("in_force", "1992-11-09")
    assert (told.said["resolution"], told.said["began_on"]) == ("IV/47/90", "1990-09-08")
    assert told.said["status"] == "full"


def test_a_later_membership_ends_the_one_before_it() -> None:
    found = entered(
        one("association", date_signed="1992-11-09", status="member", status_as_of="2007"),
        replaced_on="2025-10-15",
    )

    assert (found.told.state, found.told.date.text) == ("terminated", "2007/2025-10-15")
    assert subjects(found) == ["end"]


def test_an_end_that_lies_ahead_is_the_end_of_the_term() -> None:
    told = entered(one(end_date="2031", status="in force")).told

    assert told.said["term"] == Term(until=PartialDate.parse("2031-12-31"))


@pytest.mark.parametrize(
    ("said", "open_"),
    [
        ({"status": "listed"}, []),
        ({}, ["standing"]),
        ({"status": "???"}, ["status"]),
        ({"term_or_renewal": "5 years", "date_signed": "2025"}, []),
        ({"term_or_renewal": "5 years"}, ["date", "standing"]),
        ({"term_or_renewal": "indefinite", "date_signed": "2025"}, ["standing"]),
        ({"status": "expired"}, ["end"]),
        ({"status": "expired", "end_date": "2013"}, []),
        ({"status": "expired", "end_date": "2013-2015"}, ["end"]),
        ({"kind": ""}, []),
    ],
)
def test_what_no_source_tells_is_asked(said: dict[str, str], open_: list[str]) -> None:
    assert subjects(entered({**one(), **said})) == open_


def test_the_office_says_what_its_own_statuses_mean() -> None:
    words, _ = translation('[statuses]\n"martwa" = "terminated"\n')
    found, _ = source_row(2, one(status="Martwa", date_signed="1990"), LAYOUT, words, TODAY)
    assert found is not None

    told = entry([found], "mark", words, TODAY).told

    assert told.state == "terminated"


def test_the_mark_of_a_case_is_what_it_says_and_not_where() -> None:
    a, b = {"note": "a"}, {"note": "b"}

    assert fingerprint([a, b], None) == fingerprint([b, a], None)
    assert fingerprint([a], None) != fingerprint([b], None)
    assert fingerprint([a], None) != fingerprint([a], PartialDate.parse("2025"))

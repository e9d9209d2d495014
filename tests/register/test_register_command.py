"""`accord register`: what a person sees of imports, questions, answers and the report."""

import ast
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from commands import importing as page
from models.vocabulary import Language
from register import answers
from register.importing_layout import translation
from tests.commandline import CommandLine
from tests.importing import REAL, Registrar, csv_of, row
from tests.ordinary import ADMINISTRATOR, MANAGER, OFFICER
from tests.sources import ROOT
from workflow import messages
from workflow.messages import FIELD, Speech


@pytest.fixture
def accord(
    here: Registrar, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    """The command line at a register with people and without partners."""
    return CommandLine(here.office, monkeypatch, capsys)


def saved(folder: Path, content: bytes, name: str = "rejestr.csv") -> str:
    """Put a file on disk."""
    path = folder / name
    path.write_bytes(content)
    return str(path)


LYON = row("lyon", date_signed="1993", term_or_renewal="indefinite")


# ------------------------------------------------------------- import


def test_the_real_register_is_imported_and_what_came_of_it_is_told(accord: CommandLine) -> None:
    said = accord.done("register", "import", str(REAL), who=ADMINISTRATOR)

    assert said.splitlines()[0] == (
        "partners.csv: cases entered: 60, new partners: 49, rows set aside: 2,"
        " irregularities: 2, questions: 104."
    )
    assert "accord register questions" in said
    again = accord.done("register", "import", str(REAL), who=ADMINISTRATOR, lang="pl")
    assert again.splitlines() == [
        "partners.csv: bez zmian: 60, odłożono wierszy: 2.",
        "Nie było nic nowego.",
    ]


def test_a_dry_run_tells_all_and_keeps_nothing(accord: CommandLine) -> None:
    before = accord.office.dump()

    said = accord.done("register", "import", str(REAL), "--dry-run", who=ADMINISTRATOR)

    assert "cases entered: 60" in said
    assert "A dry run: nothing was written." in said
    assert accord.office.dump() == before


def test_every_fault_is_told_row_by_row_with_its_value_and_remedy(
    accord: CommandLine, tmp_path: Path
) -> None:
    content = csv_of(
        row("a", date_signed="31.02.2016", resolution_no="ХСIX/1495/14"),
        row("b", date_signed="16 720"),
        row("", kind="twine"),
    )
    file = saved(tmp_path, content)

    english = accord.refused("register", "import", file, who=ADMINISTRATOR)
    polish = accord.refused("register", "import", file, who=ADMINISTRATOR, lang="pl")

    assert english.splitlines()[0] == "rejestr.csv: faults 5. Nothing was written."
    assert "row 2, date_signed: no calendar has the date “31.02.2016”." in english
    assert "-> Write it in Latin letters: XCIX/1495/14" in english
    assert "it may be the day 10 October 1945" in english
    assert "row 4, kind: “twine” has no meaning here. Did you mean twin?" in english
    assert "wiersz 4, case_key: komórka jest pusta" in polish
    assert "lub" in polish


def test_the_faults_are_data_too(accord: CommandLine, tmp_path: Path) -> None:
    file = saved(tmp_path, csv_of(row("a", kind="twine")))

    said = accord("register", "import", file, "--json", who=ADMINISTRATOR)

    assert said.code == 1
    (fault,) = json.loads(said.out)["faults"]
    assert (fault["id"], fault["row"], fault["column"], fault["value"]) == (
        "word_unknown", 2, "kind", "twine",
    )  # fmt: skip


def test_a_file_of_nothing_but_faults_is_told_by_their_number(
    accord: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("register.importing.MOST_FAULTS", 1)
    file = saved(tmp_path, csv_of(*(row(f"k{n}", kind="twine") for n in range(3))))

    said = accord.refused("register", "import", file, who=ADMINISTRATOR)

    assert said.splitlines()[0] == "rejestr.csv: faults 3. Nothing was written."
    assert said.splitlines()[-1] == "  - and 2 more"


def test_a_fault_of_the_whole_file_names_no_row(accord: CommandLine, tmp_path: Path) -> None:
    said = accord.refused("register", "import", saved(tmp_path, b"x"), who=ADMINISTRATOR)

    assert said.splitlines()[1].startswith("  - none of the first 20 rows is the heading")


def test_a_map_is_read_and_its_faults_are_told(accord: CommandLine, tmp_path: Path) -> None:
    file = saved(tmp_path, b"Nr;Miasto;kind\nl;Lipsk;twin\n")
    good = saved(tmp_path, b'[columns]\ncase_key="Nr"\nentity_pl="Miasto"\n', "good.toml")
    bad = saved(tmp_path, b'[columns]\ncase_kei="Nr"\n', "bad.toml")

    done = accord.done("register", "import", file, "--map", good, who=ADMINISTRATOR)
    refused = accord.refused("register", "import", file, "--map", bad, who=ADMINISTRATOR)

    assert "cases entered: 1" in done
    assert refused.splitlines()[0] == "bad.toml: faults 1. Nothing was written."
    assert "Did you mean case_key?" in refused


def test_nobody_but_an_administrator_imports(accord: CommandLine) -> None:
    said = accord.refused("register", "import", str(REAL), who=OFFICER)

    assert "administrator" in said


def test_bars_show_how_far_an_import_has_come(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)

    with page.progress() as progress:
        progress("read", 5, 10)
        progress("read", 10, 10)
        progress("write", 3, 3)

    said = capsys.readouterr()
    assert said.out == ""
    assert "100%" in said.err


def test_without_a_terminal_no_bar_is_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    with page.progress() as progress:
        progress("read", 5, 10)

    assert capsys.readouterr() == ("", "")


# ------------------------------------------------------------- questions and answers


def test_questions_are_listed_with_what_an_answer_looks_like(
    accord: CommandLine, here: Registrar
) -> None:
    here.take(REAL.read_bytes())

    said = accord.done("register", "questions", "--subject", "conflict.date")
    place = accord.done("register", "questions", "--subject", "place.several", lang="pl")

    assert "1979-10-02 (https://www.bip.krakow.pl/?sub_dok_id=1028) or 1979-10-12" in said
    assert "  conflict.date: The date that is right." in said
    assert said.splitlines()[-1] == "accord register answer N VALUE --reason … --source …"
    assert "kilka miast nazywa się Rochester" in place
    assert "(43." in place


def test_questions_come_a_page_at_a_time(accord: CommandLine, here: Registrar) -> None:
    here.took(LYON, row("nice", entity="Nice"))

    said = accord.done("register", "questions", "--limit", "2")

    assert said.splitlines()[-1] == "More: accord register questions --after 2"
    assert [one["id"] for one in accord.data("register", "questions", "--after", "2")] == [3]


def test_a_register_without_questions_says_so(accord: CommandLine) -> None:
    assert accord.done("register", "questions") == "No questions.\n"


def test_a_question_is_answered_and_shown_with_its_answer(
    accord: CommandLine, here: Registrar
) -> None:
    here.took(LYON)
    number = str(here.open_questions("lyon")["resolution"].id)
    answer = ("register", "answer", number, "LX/1/94 1994-02-14", "--reason", "akt")

    said = accord.done(*answer, "--source", "BIP", who=MANAGER)

    assert said.splitlines()[:2] == [
        "KRK-2026-0001: answer recorded.",
        "KRK-2026-0001: entry 2, new questions: 0.",
    ]
    assert "council_first" in said
    every = accord.done("register", "questions", "--all", "--case", "krk-2026-0001")
    assert "resolution: LX/1/94 1994-02-14 (marek.kierownik, akt)" in every
    assert accord.refused(*answer, "--source", "BIP", who=MANAGER).startswith(
        f"accord: Question {number} has been answered already."
    )


def test_an_answer_about_a_partner_names_the_partner(accord: CommandLine, here: Registrar) -> None:
    here.took(row("r", entity="Rochester", country="US"))
    number = str(here.open_questions()["place.several"].id)
    words = ("--reason", "mapa", "--source", "GeoNames")

    wrong = accord("register", "answer", number, "nowhere", *words, who=ADMINISTRATOR)
    said = accord.done("register", "answer", number, "5134086", *words, who=ADMINISTRATOR)

    assert (wrong.code, "That is no place: “nowhere”." in wrong.err) == (2, True)
    assert said == "rochester: answer recorded.\n"


def test_a_dry_answer_keeps_nothing(accord: CommandLine, here: Registrar) -> None:
    here.took(LYON)
    number = str(here.open_questions("lyon")["resolution"].id)
    before = here.office.dump()
    words = ("--reason", "akt", "--source", "BIP", "--dry-run")

    accord.done("register", "answer", number, "none", *words, who=ADMINISTRATOR)

    assert here.office.dump() == before


def test_a_question_or_an_import_that_is_not_there_is_named(accord: CommandLine) -> None:
    words = ("--reason", "x", "--source", "y")

    question = accord.refused("register", "answer", "7", "x", *words, who=ADMINISTRATOR)
    batch = accord.refused("register", "undo", "7", "--reason", "x", who=ADMINISTRATOR)

    assert "There is no question 7." in question
    assert "There is no import 7, or it has been withdrawn." in batch


# ------------------------------------------------------------- undo and report


def test_an_import_is_withdrawn(accord: CommandLine, here: Registrar) -> None:
    here.took(LYON)

    said = accord.done("register", "undo", "1", "--reason", "zły plik", who=ADMINISTRATOR)

    assert said == "Import 1 withdrawn (rejestr.csv), cases: 1.\n"
    assert accord.data("list") == []


def test_what_stands_in_the_way_of_withdrawing_is_told(
    accord: CommandLine, here: Registrar
) -> None:
    here.took(LYON)
    here.answer(here.open_questions("lyon")["resolution"], "unknown")

    said = accord.refused("register", "undo", "1", "--reason", "zły", who=ADMINISTRATOR)

    assert said.splitlines() == [
        "Import 1 cannot be withdrawn, because something was built on it:",
        "  - KRK-2026-0001: an answer to question 1",
    ]


def test_the_report_reads_in_both_languages(accord: CommandLine, here: Registrar) -> None:
    here.take(REAL.read_bytes(), name="partners.csv")

    english, polish = (accord.done("register", "report", lang=one) for one in ("en", "pl"))

    assert english.splitlines()[0] == "Cooperations: 60, partners: 49"
    for line in ("Germany", "1990s", "import 1: partners.csv", "Open questions: 104"):
        assert line in english
    for line in ("Niemcy", "lata 1990", "najpierw uchwała Rady", "9 grudnia 1991 r.", "nieznane"):
        assert line in polish
    assert "Unia Metropolii Polskich: not an international association" in polish


def test_an_empty_register_is_reported_too(accord: CommandLine) -> None:
    assert accord.done("register", "report").splitlines() == [
        "Cooperations: 0, partners: 0", "", "Irregularities:", "  none", "",
        "Open questions: 0",
    ]  # fmt: skip


def test_the_report_is_data_under_stable_keys(accord: CommandLine, here: Registrar) -> None:
    here.take(REAL.read_bytes())

    data = accord.data("register", "report")

    assert data["cooperations"] == 60
    assert data["forms"]["twinning"] == 4
    assert [one["rule"] for one in data["irregularities"]] == ["council_first", "definite_term"]


# ------------------------------------------------------------- every id has its sentence


def _ids() -> set[str]:
    """Read from the sources every id a fault of a file can have."""
    found: set[str] = set()
    for path in ROOT.glob("register/importing*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
                if name in {"RowFault", "fault", "_Refused", "_unknown"}:
                    found |= _texts(node.args[0])
    return found


def _texts(node: ast.expr) -> set[str]:
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.JoinedStr(values=[ast.Constant(value="cell_"), _]):
            return {f"cell_{kind}" for kind in ("formula", "error", "merged", "moment", "other")}
        case ast.JoinedStr(values=[ast.Constant(value="date_"), _]):
            return {"date_not_a_date", "date_impossible", "date_ambiguous"}
    return set()


@pytest.mark.parametrize("language", Language)
def test_every_fault_of_a_file_has_its_sentence_and_remedy(language: Language) -> None:
    sentences: dict[str, Any] = messages.texts(language)["import"]

    assert sentences.keys() == _ids()
    assert all({"what", "cure"} <= section.keys() for section in sentences.values())


def test_every_question_says_what_its_answer_looks_like(here: Registrar) -> None:
    asked = {"disputed", "partner.country", "partner.continent", "place.several", "place.none"}
    sentences: dict[str, Any] = messages.texts(Language.EN)["questions"]

    assert sentences.keys() == answers.TAKES.keys() | asked
    here.take(REAL.read_bytes())
    speech = Speech(Language.PL)
    with here.office.reading() as unit:
        subjects = set(unit.connection.exec_driver_sql("SELECT subject FROM question").scalars())
    assert subjects - {"set_aside"} <= sentences.keys()
    for name, section in sentences.items():
        facts = {field[0]: "2007" for field in FIELD.findall(section["what"])}
        told = speech.tell("questions", name, facts)
        assert told.cure
        assert not re.search("[{}]", told.what)


def test_a_map_that_is_wrong_is_told_in_a_sentence() -> None:
    _, faults = translation("[columns")

    told = Speech(Language.EN).tell("import", faults[0].id, {"value": faults[0].value})

    assert told.what.startswith("the map is not TOML: ")

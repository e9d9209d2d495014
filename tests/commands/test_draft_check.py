"""`accord draft check` as it is typed: any document, and no register anywhere."""

import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from commands import speech
from commands.draft_check import check, strange_letters
from commands.refusals import explain
from tests.commandline import Said
from tests.drafts.hostile_files import OF_2007, RIGHT, drawn_pdf, repacked, word

Type = Callable[..., Said]
LOOK_ALIKE = "Stołeczne Królewskie Miasto Krakоw"


@pytest.fixture
def typed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Type:
    """Type the command on a document."""

    def run(name: str, content: bytes | str, *options: str, lang: str = "en") -> Said:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        speech.choose(lang)
        code = 0
        try:
            check.main([str(path), *options], standalone_mode=False)
        except click.ClickException:
            raise
        except Exception as error:  # noqa: BLE001 - the boundary of the front door, which explains
            code = explain(error)
        speech.choose("en")
        return Said(code, *capsys.readouterr())

    return run


def test_a_document_in_order_says_so(typed: Type) -> None:
    said = typed("umowa.txt", f"§ 1\n{RIGHT}. Rada Miasta Krakowa.")

    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[2] == f"§ 1, line 2  {RIGHT}  right"
    assert said.out.splitlines()[3:] == [
        "Read in the encoding utf-8.",
        "Beside that Krakow is spoken of as a place or in the name of an organ, times: 1.",
        "umowa.txt: in order.",
    ]


@pytest.mark.parametrize(
    ("lang", "row", "sentence", "cure"),
    [
        (
            "pl",
            f"wiersz 1  {OF_2007}  źle: kolejność z 2007 r. (Królewskie przed Stołecznym)  {RIGHT}",
            "Dokument umowa.txt nie może tak zostać. 1 nazwę Miasta trzeba napisać inaczej.",
            "umowa nazywa Miasto: Stołeczne Królewskie Miasto Kraków.",
        ),
        (
            "en",
            f"line 1  {OF_2007}  wrong: the order of 2007 (Królewskie before Stołeczne)  {RIGHT}",
            "The document umowa.txt cannot stay as it is. 1 name of the City must be changed.",
            "an agreement names the City: the Royal Capital City of Krakow.",
        ),
    ],
)
def test_a_wrong_name_is_told_with_the_right_one(
    typed: Type, lang: str, row: str, sentence: str, cure: str
) -> None:
    said = typed("umowa.txt", f"{OF_2007} oraz Lipsk", lang=lang)

    assert said.code == 1
    assert said.out.splitlines()[2] == row
    assert said.out.splitlines()[3].strip() == f"{OF_2007} oraz Lipsk"
    assert said.err.splitlines()[0] == f"accord: {sentence}"
    assert said.err.splitlines()[-1].endswith(cure)


def test_a_look_alike_letter_is_named(typed: Type) -> None:
    said = typed("umowa.docx", word(f"<w:p><w:r><w:t>{LOOK_ALIKE}</w:t></w:r></w:p>"))

    assert "wrong: a look-alike letter (о = U+043E cyrillic small letter o)" in said.out


@pytest.mark.parametrize(
    ("found", "letters"),
    [
        (RIGHT, []),
        ("Krakóv", []),
        ("Kraków\u00a0*", []),
        ("Krak0w", ["0 = U+0030 digit zero"]),
        ("\u212araków", ["\u212a = U+212A kelvin sign"]),
    ],
)
def test_only_letters_that_look_like_others_are_strange(found: str, letters: list[str]) -> None:
    assert strange_letters(found) == letters


def test_an_agreement_that_does_not_name_the_city_is_not_in_order(typed: Type) -> None:
    agreement = typed("umowa.html", "<p>Umowa z Lipskiem")
    letter = typed("pismo.html", "<p>Pismo do Lipska", "--as-official")

    assert agreement.code == 1
    assert "It does not name the City once" in agreement.err
    assert (letter.code, letter.err) == (0, "")


def test_the_legal_person_is_right_in_a_letter_and_wrong_in_an_agreement(typed: Type) -> None:
    letter = typed("a.txt", "Gmina Miejska Kraków", "--as-official")
    agreement = typed("a.txt", "Gmina Miejska Kraków", "--as-agreement")

    assert (letter.code, agreement.code) == (0, 1)
    assert "the legal person, not the party to an agreement" in agreement.out


def test_a_page_nobody_could_read_is_told_and_never_taken_for_one_without_a_name(
    typed: Type,
) -> None:
    letters = b"BT /F 9 Tf 20 100 Td (Umowa) Tj ET"
    pages = [letters, *[b"/Im0 Do"] * 11]

    said = typed("umowa.pdf", drawn_pdf(*pages))

    assert said.code == 1
    assert "does not name the City" not in " ".join(said.err.split())
    assert "somebody must look there: page 2, page 3," in " ".join(said.err.split())
    assert "page 11 and …" in " ".join(said.err.split())


def test_the_same_as_data(typed: Type) -> None:
    said = typed("umowa.txt", f"§ 2 {LOOK_ALIKE}", "--json")

    assert said.code == 1
    assert json.loads(said.out) == {
        "file": "umowa.txt",
        "format": "txt",
        "encoding": "utf-8",
        "context": "agreement",
        "in_order": False,
        "named": False,
        "mentions": [
            {
                "place": "§ 2, line 1",
                "found": LOOK_ALIKE,
                "verdict": "wrong",
                "reason": "look_alike",
                "letters": ["о = U+043E cyrillic small letter o"],
                "instead": RIGHT,
                "around": f"§ 2 {LOOK_ALIKE}",
            }
        ],
        "ordinary": 0,
        "unread": [],
    }


def test_a_hostile_file_is_refused_with_one_clear_error(typed: Type) -> None:
    said = typed("umowa.docx", repacked(word(), {"word/vbaProject.bin": b"x"}))

    assert (said.code, said.out) == (1, "")
    assert " ".join(said.err.split()) == (
        "accord: There is a program (a macro) in umowa.docx: word/vbaproject.bin. The document was"
        " not read and the program not run."
        " -> Ask the sender for the document without macros, as .docx or .pdf."
    )


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(click.ClickException):
        check.main([str(tmp_path / "nie-ma.docx")], standalone_mode=False)

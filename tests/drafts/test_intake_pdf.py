"""PDFs: pages with letters are read, and pages without are never taken for pages without a name."""

import io
import logging
import re
from collections.abc import Mapping

import pypdf
import pytest

from drafts import intake
from drafts.intake import faults, portable
from tests.drafts.hostile_files import (
    RIGHT,
    drawn_pdf,
    noted_pdf,
    pdf,
    rooted_pdf,
    written,
)
from tests.drafts.test_intake import places, said
from workflow.city_check import Context

LETTERS = b"BT /F 9 Tf 20 100 Td (Royal Capital City of Krakow) Tj ET"
PICTURE = b"q 100 0 0 100 0 0 cm /Im0 Do Q"
OUTLINES = b"0 0 m" + b" 1 1 2 2 3 3 c" * 60 + b" f"
BLANK = b"1 1 1 rg 0 0 200 200 re f"


def unread(content: bytes) -> list[str]:
    """Give the places of a PDF that could not be read."""
    return [said(place) for place in intake.read(content, "a.pdf").unread]


def test_a_scan_is_never_a_document_that_does_not_name_the_city() -> None:
    with pytest.raises(faults.ScanOnly) as refusal:
        intake.read(drawn_pdf(PICTURE, BLANK, OUTLINES), "skan.pdf")

    assert refusal.value.facts == {"name": "skan.pdf", "format": "pdf", "part": "", "pages": 2}


@pytest.mark.parametrize(
    ("second", "told"), [(PICTURE, ["page 2"]), (OUTLINES, ["page 2"]), (BLANK, []), (b"", [])]
)
def test_a_scanned_page_among_others_is_told(second: bytes, told: list[str]) -> None:
    content = drawn_pdf(LETTERS, second)

    assert unread(content) == told
    assert bool(intake.naming(intake.read(content, "a.pdf"), Context.AGREEMENT)) == (told == [])


def test_letters_that_no_font_explains_are_not_read() -> None:
    codes = b"BT /F 9 Tf 20 100 Td (\\001\\002\\003) Tj ET"

    assert unread(drawn_pdf(LETTERS, codes)) == ["page 2"]


def test_a_page_that_is_drawn_too_often_to_be_read_whole_is_told() -> None:
    forms = {f"/X{i}": f"/X{i + 1} Do ".encode() * 10 for i in range(8)} | {"/X8": LETTERS}

    assert unread(drawn_pdf(LETTERS, b"/X0 Do", forms=forms)) == ["page 2"]


def test_a_page_without_contents_is_blank() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(RIGHT)))
    writer.add_blank_page(100, 100)

    assert unread(written(writer)) == []


def test_the_mark_of_a_note_is_no_letter_of_the_name() -> None:
    document = intake.read(pdf(f"{RIGHT}#footnote[Krakowem] i dalej"), "a.pdf")

    assert bool(intake.naming(document, Context.AGREEMENT))
    assert "Kraków 1 i dalej" in document.text


@pytest.mark.parametrize(
    ("note", "place"),
    [
        ({"/Subtype": "/Widget", "/V": "Gmina"}, "page 1, field"),
        ({"/Subtype": "/Widget", "/Parent": {"/V": "Gmina"}}, "page 1, field"),
        ({"/Subtype": "/FreeText", "/Contents": "Gmina"}, "page 1, field"),
        ({"/Subtype": "/Text", "/Contents": "Gmina"}, "page 1, comment"),
        ({"/Subtype": "/Widget", "/V": "/Yes"}, ""),
        ({"/Subtype": "/Link"}, ""),
        ({"/Subtype": "/Text", "/Contents": " "}, ""),
    ],
)
def test_what_is_filled_in_and_commented_on_is_read(note: Mapping[str, object], place: str) -> None:
    found = places(intake.read(noted_pdf(note), "a.pdf"))

    assert found == [("page 1", RIGHT), *([(place, "Gmina")] if place else [])]


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("/OpenAction", {"/S": "/JavaScript", "/JS": "app.alert(1)"}, faults.Macros),
        ("/OpenAction", {"/S": "/Launch"}, faults.Macros),
        ("/AA", {"/WC": {"/S": "/JavaScript"}}, faults.Macros),
        ("/Names", {"/JavaScript": {}}, faults.Macros),
        ("/AcroForm", {"/XFA": "x"}, faults.Embedded),
        ("/Collection", {}, faults.Embedded),
    ],
)
def test_a_pdf_that_runs_or_hides_something_is_refused(
    name: str, value: object, fault: type[intake.IntakeFault]
) -> None:
    with pytest.raises(fault):
        intake.read(rooted_pdf(name, value), "a.pdf")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("/OpenAction", {"/S": "/GoTo"}),
        ("/Names", {"/Dests": {}}),
        ("/AcroForm", {"/Fields": {}}),
    ],
)
def test_a_pdf_that_only_opens_at_a_page_is_read(name: str, value: object) -> None:
    assert intake.read(rooted_pdf(name, value), "a.pdf").text == RIGHT


@pytest.mark.parametrize(("password", "read"), [("", True), ("tajne", False)])
def test_a_pdf_is_read_unless_one_must_know_a_password(password: str, *, read: bool) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(RIGHT)))
    writer.encrypt(password, "owner", algorithm="RC4-128")

    if read:
        assert intake.read(written(writer), "a.pdf").text == RIGHT
    else:
        with pytest.raises(faults.Protected):
            intake.read(written(writer), "a.pdf")


def test_a_lock_that_nothing_here_can_open_is_a_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(RIGHT)))
    writer.encrypt("", "owner", algorithm="RC4-128")

    def missing(*_: object) -> None:
        raise pypdf.errors.DependencyError

    monkeypatch.setattr(pypdf.PdfReader, "decrypt", missing)

    with pytest.raises(faults.Protected):
        intake.read(written(writer), "a.pdf")


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portable, "MOST_PAGES", 1)

    with pytest.raises(faults.TooManyPages) as refusal:
        intake.read(drawn_pdf(LETTERS, LETTERS), "a.pdf")

    assert (refusal.value.facts["pages"], refusal.value.facts["limit"]) == (2, 1)


def test_what_pypdf_says_in_its_log_is_nobody_s_concern(caplog: pytest.LogCaptureFixture) -> None:
    damaged = re.sub(rb"startxref\n\d+", b"startxref\n1", pdf(RIGHT))

    with caplog.at_level(logging.DEBUG):
        document = intake.read(damaged, "a.pdf")

    assert document.text == RIGHT
    assert caplog.records == []
    assert logging.getLogger("pypdf").propagate

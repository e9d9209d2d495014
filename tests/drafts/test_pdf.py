"""The .pdf: what a reader, an archive and a screen reader find in it."""

import pytest

from drafts.compose import compose
from drafts.frame import Frame
from drafts.kinds import kinds
from drafts.render import render
from tests.drafts.files import pdf, pdf_text
from tests.drafts.sheets import EVERYTHING, FINAL, FRAME, VERSIONS, bare, fact_sheet


def written(kind: str, version: str, frame: Frame = FRAME) -> bytes:
    return render(compose(kind, fact_sheet(EVERYTHING), version).texts, "pdf", frame)


@pytest.mark.parametrize("kind", sorted(kinds()))
@pytest.mark.parametrize("version", VERSIONS)
def test_every_document_is_tagged_pdf_a_with_its_fonts_inside(kind: str, version: str) -> None:
    content = written(kind, version)

    root = pdf(content).trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in metadata
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == version.split("+", maxsplit=1)[0]
    for page in pdf(content).pages:
        fonts = page["/Resources"]["/Font"].values()
        names = {font.get_object()["/BaseFont"].split("+")[1] for font in fonts}
        assert {name.split("-")[0] for name in names} == {"LibertinusSerif"}


def test_the_text_can_be_read_and_searched() -> None:
    text = pdf_text(written("joining_resolution", "pl"))

    assert "UCHWAŁA NR XV/321/26 RADY MIASTA KRAKOWA z dnia 25 marca 2026 r." in text
    assert "§ 1. Gmina Miejska Kraków przystępuje do" in text
    assert "§ 4. Uchwała wchodzi w życie po uzyskaniu zgody ministra właściwego" in text


def test_two_pages_say_which_of_two_they_are() -> None:
    polish = [page.extract_text() for page in pdf(written("joining_resolution", "pl")).pages]
    both = [page.extract_text() for page in pdf(written("joining_resolution", "pl+en")).pages]

    assert len(polish) == len(both) == 2
    assert "Strona 1 z 2" in polish[0]
    assert "Strona 2 z 2" in polish[1]
    assert "Strona 1 z 2 / Page 1 of 2" in both[0]


def test_a_draft_is_marked_and_a_final_document_is_not() -> None:
    draft = pdf_text(written("application", "en"))
    final = pdf_text(written("application", "en", FINAL))

    assert draft.count("DRAFT") == 2
    assert "DRAFT" not in final
    assert "KRK-2026-0007 · version 3" in final


def test_gaps_are_named() -> None:
    texts = compose("joining_resolution", bare(fact_sheet({})), "pl").texts

    text = pdf_text(render(texts, "pdf", FRAME))

    assert "UCHWAŁA NR [……… uchwała nr]" in text


def test_the_file_says_whose_it_is_and_has_no_date_but_the_given_one() -> None:
    about = pdf(written("mayor_ordinance", "pl")).metadata

    assert str(about.title).startswith("ZARZĄDZENIE NR 412/2026 PREZYDENTA MIASTA KRAKOWA")
    assert about.author == "Stołeczne Królewskie Miasto Kraków"
    assert about.creation_date.date() == FRAME.date


def test_lists_are_numbered_on_where_rows_cut_them() -> None:
    text = "Zatem:\n\n1) jeden\n2) dwa\n\n1. trzy\n2. cztery\n   a) pięć\n\n- sześć"

    words = pdf_text(render({"pl": text, "en": text}, "pdf", FINAL))

    for item in ("1) jeden", "2) dwa", "1. trzy", "2. cztery", "a) pięć", "– sześć"):
        assert words.count(item) == 2


def test_a_sign_no_embedded_font_has_is_shown_by_its_code() -> None:
    text = pdf_text(render({"en": "The City of Kyoto (京都) 😀 京"}, "pdf", FRAME))

    assert "([U+4EAC][U+90FD]) [U+1F600] [U+4EAC]" in text


def test_other_alphabets_are_shown_as_they_are() -> None:
    assert "Київ, Αθήνα, Reykjavík, Łódź" in pdf_text(
        render({"en": "Київ, Αθήνα, Reykjavík, Łódź"}, "pdf", FRAME)
    )

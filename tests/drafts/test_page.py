"""The .html: one page for a screen of any width, a screen reader and paper."""

import re

import pytest

from drafts.compose import compose
from drafts.frame import Frame
from drafts.kinds import kinds
from drafts.render import render
from tests.drafts.files import html
from tests.drafts.sheets import EVERYTHING, FINAL, FRAME, VERSIONS, bare, fact_sheet

VOID = {"br", "meta"}


def written(kind: str, version: str, frame: Frame = FRAME) -> bytes:
    return render(compose(kind, fact_sheet(EVERYTHING), version).texts, "html", frame)


@pytest.mark.parametrize("kind", sorted(kinds()))
@pytest.mark.parametrize("version", VERSIONS)
def test_every_page_is_whole_and_fetches_nothing(kind: str, version: str) -> None:
    page = written(kind, version).decode()

    opened = re.findall(r"<([a-z][a-z0-9]*)", page)
    closed = re.findall(r"</([a-z][a-z0-9]*)", page)
    assert sorted(tag for tag in opened if tag not in VOID) == sorted(closed)
    assert not re.search(r"https?:|src=|href=|@import|url\(", page)
    assert page.startswith("<!doctype html>")


@pytest.mark.parametrize("version", VERSIONS)
def test_every_text_says_its_language(version: str) -> None:
    _, tags = html(written("joining_resolution", version))

    languages = [attributes["lang"] for _, attributes in tags if "lang" in attributes]
    assert languages[0] == version.split("+", maxsplit=1)[0]
    assert set(languages) == set(version.split("+"))


def test_the_text_is_all_there() -> None:
    words, _ = html(written("joining_resolution", "pl"))

    text = " ".join(words.split())
    assert "UCHWAŁA NR XV/321/26RADY MIASTA KRAKOWAz dnia 25 marca 2026 r." in text
    assert "§ 4. Uchwała wchodzi w życie po uzyskaniu zgody ministra" in text
    assert "Gmina Miejska Kraków" in text


def test_sections_with_headings_are_headings() -> None:
    text = "# T\n\n## § 1. Costs\n\n1. a\n2. b\n   - c\n\n| A |\n|:-:|\n| *b* |"

    page = render({"en": text}, "html", FRAME).decode()

    assert '<h2 class="number">§&nbsp;1. Costs</h2>' in page
    assert '<ol class="dot">' in page
    assert '<ul class="dash">' in page
    assert '<th scope="col" class="center">A</th>' in page
    assert '<td class="center"><em>b</em></td>' in page


def test_lists_are_numbered_on_where_rows_cut_them() -> None:
    text = "1) a\n2) b"

    page = render({"pl": text, "en": text}, "html", FRAME).decode()

    assert page.count('<ol class="point" style="counter-reset: item 1">') == 2


def test_a_draft_is_marked_and_a_final_document_is_not() -> None:
    draft, _ = html(written("application", "pl+en"))
    final, _ = html(written("application", "pl+en", FINAL))

    assert "PROJEKT / DRAFT" in draft
    assert "PROJEKT" not in final
    assert "KRK-2026-0007 · wersja / version 3" in final


def test_gaps_are_marked_as_such() -> None:
    texts = compose("transmittal", bare(fact_sheet({})), "en").texts

    page = render(texts, "html", FRAME).decode().partition("<body")[2]

    assert page.count("<mark>[………") == page.count("[………") > 10

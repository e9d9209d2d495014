"""The .docx: what Word finds in it."""

import re
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from drafts.compose import compose
from drafts.frame import Frame
from drafts.kinds import kinds
from drafts.render import render
from tests.drafts.files import audit, paragraphs, part, style_of, text_of, word
from tests.drafts.sheets import EVERYTHING, FINAL, FRAME, VERSIONS, bare, fact_sheet

AGREEMENT = """\
# AGREEMENT

## § 1. Purpose

1. First:
   1) point:
      a) letter,
      b) letter;
   2) point.
2. Second.

## § 2. Costs

Each party bears its own.

- dash
- dash

::: signature
for A

for B
:::

---

# ANNEX

## § 1. Programme

| No. | What |
|:-:|--------|
| 1 | x |
"""


def written(kind: str, version: str, frame: Frame = FRAME) -> bytes:
    return render(compose(kind, fact_sheet(EVERYTHING), version).texts, "docx", frame)


def numbered(content: bytes) -> list[tuple[str, str, str]]:
    """Give level text, number id and words of every paragraph that Word counts."""
    numbering = word(content).part.numbering_part.element
    abstract = {
        one.get(qn("w:abstractNumId")): one.find(f"{qn('w:lvl')}/{qn('w:lvlText')}").get(
            qn("w:val")
        )
        for one in numbering.iter(qn("w:abstractNum"))
    }
    texts = {
        one.get(qn("w:numId")): abstract[one.find(qn("w:abstractNumId")).get(qn("w:val"))]
        for one in numbering.iter(qn("w:num"))
    }
    found = []
    for paragraph in paragraphs(content):
        for number in paragraph.iter(qn("w:numId")):
            identifier = number.get(qn("w:val"))
            found.append((texts[identifier], identifier, text_of(paragraph)))
    return found


@pytest.mark.parametrize("kind", sorted(kinds()))
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("frame", [FRAME, FINAL])
def test_every_document_is_clean_to_an_audit(
    kind: str, version: str, frame: Frame, tmp_path: Path
) -> None:
    assert audit(written(kind, version, frame), tmp_path) == []


def test_an_agreement_with_everything_in_it_is_clean_to_an_audit(tmp_path: Path) -> None:
    both = {"pl": AGREEMENT, "en": AGREEMENT}

    assert audit(render({"en": AGREEMENT}, "docx", FRAME), tmp_path) == []
    assert audit(render(both, "docx", FRAME), tmp_path) == []
    assert audit(render({"pl": "Słowo"}, "docx", FRAME), tmp_path) == []


def test_an_audit_finds_a_fault_where_there_is_one(tmp_path: Path) -> None:
    broken = docx.Document()
    broken.element.body.append(broken.element.body.makeelement(qn("w:nonsense")))
    broken.save(str(tmp_path / "broken.docx"))

    assert audit((tmp_path / "broken.docx").read_bytes(), tmp_path) != []


@pytest.mark.parametrize("version", VERSIONS)
def test_word_counts_the_sections_and_nobody_types_them(version: str) -> None:
    content = written("joining_resolution", version)

    sections = [words for text, _, words in numbered(content) if text == "§\xa0%1."]
    assert len(sections) == 4 * len(version.split("+"))
    assert not any("§" in words for words in sections)


def test_each_language_and_each_part_counts_its_own_sections() -> None:
    sections: dict[str, list[str]] = {}
    for text, number, words in numbered(render({"pl": AGREEMENT, "en": AGREEMENT}, "docx", FRAME)):
        if text.startswith("§"):
            sections.setdefault(number, []).append(words)

    assert list(sections.values()) == [
        ["Purpose", "Costs"],
        ["Purpose", "Costs"],
        ["Programme"],
        ["Programme"],
    ]


@pytest.mark.parametrize("beside", [False, True])
def test_every_list_counts_its_own_items_also_where_rows_cut_it(*, beside: bool) -> None:
    texts = {"pl": AGREEMENT, "en": AGREEMENT} if beside else {"en": AGREEMENT}

    lists: dict[str, list[str]] = {}
    marks: dict[str, str] = {}
    for text, number, words in numbered(render(texts, "docx", FRAME)):
        lists.setdefault(number, []).append(words)
        marks[number] = text
    wanted = [
        ("%1.", ["First:", "Second."]),
        ("%1)", ["point:", "point."]),
        ("%1)", ["letter,", "letter;"]),
        ("–", ["dash", "dash"]),
    ]
    found = [(marks[number], items) for number, items in lists.items() if "§" not in marks[number]]
    assert sorted(found) == sorted(wanted * len(texts))


@pytest.mark.parametrize("version", VERSIONS)
def test_every_word_says_its_language(version: str) -> None:
    codes = {"pl": "pl-PL", "en": "en-GB"}

    tags = {
        run.find(f"{qn('w:rPr')}/{qn('w:lang')}").get(qn("w:val"))
        for paragraph in paragraphs(written("transmittal", version))
        for run in paragraph.iter(qn("w:r"))
        if run.find(qn("w:t")) is not None
    }

    assert tags == {codes[language] for language in version.split("+")}


def test_languages_stand_in_columns_and_the_signature_across() -> None:
    document = word(written("joining_resolution", "pl+en"))

    act, signature, justification = document.tables
    assert {len(row.cells) for row in act.rows} == {2}
    titles = [cell.text.split("\n")[0].replace("\xa0", " ") for cell in act.rows[1].cells]
    assert titles == ["UCHWAŁA NR XV/321/26", "RESOLUTION NO. XV/321/26"]
    assert [cell.text.strip("…\n") for cell in signature.rows[0].cells] == [
        "",
        "Przewodniczący Rady Miasta Krakowa\nChair of the Krakow City Council",
    ]
    assert justification.rows[0].cells[1].text == "JUSTIFICATION"


def test_a_draft_is_marked_and_a_final_document_is_not() -> None:
    draft = part(written("transmittal", "pl+en"), "word/header1.xml")
    final = part(written("transmittal", "pl+en", FINAL), "word/header1.xml")

    assert "PROJEKT / DRAFT" in draft
    assert 'string="PROJEKT"' in draft
    assert "KRK-2026-0007 · wersja / version 3" in draft
    assert "KRK-2026-0007 · wersja / version 3" in final
    assert "PROJEKT" not in final
    assert "DRAFT" not in final


def test_gaps_are_coloured_until_the_document_is_final() -> None:
    texts = compose("transmittal", bare(fact_sheet({})), "pl").texts

    draft = part(render(texts, "docx", FRAME), "word/document.xml")
    final = part(render(texts, "docx", FINAL), "word/document.xml")

    assert draft.count('w:rStyle w:val="Gap"') == draft.count("[………") > 10
    assert "Gap" not in final
    assert final.count("[………") == draft.count("[………")


def test_pages_are_counted_by_word() -> None:
    footer = part(written("transmittal", "pl+en"), "word/footer1.xml")

    assert re.findall(r"> (PAGE|NUMPAGES) <", footer) == ["PAGE", "NUMPAGES"] * 2
    words = re.findall(r"<w:t[^>]*>([^<]*)<", footer)
    assert "".join(words) == "Strona 1 z 1 / Page 1 of 1"


def test_the_file_says_whose_it_is_and_has_no_date_but_the_given_one() -> None:
    about = word(written("mayor_ordinance", "en")).core_properties

    assert about.title.startswith("ORDINANCE NO. 412/2026 OF THE MAYOR OF THE CITY OF KRAKOW")
    assert len(about.title) <= 255
    assert about.author == "Stołeczne Królewskie Miasto Kraków"
    assert about.language == "en-GB"
    assert {about.created.isoformat(), about.modified.isoformat()} == {"2026-02-20T00:00:00+00:00"}


def test_formatting_is_in_styles() -> None:
    content = written("joining_resolution", "pl")

    styles = [style_of(paragraph) for paragraph in paragraphs(content)]
    direct = re.findall(r"<w:(sz|color|rFonts|u|highlight)\b", part(content, "word/document.xml"))
    assert styles[:3] == ["Corner", "Title", "Subject"]
    assert {"SectionPL", "ListItem", "Signatory", "heading1"} <= set(styles)
    # The one size is that of the empty line between two tables.
    assert set(direct) <= {"sz"}


def test_what_stands_before_a_signature_stays_with_it() -> None:
    for version in VERSIONS:
        document = word(written("joining_resolution", version)).element.body
        signature = next(
            table
            for table in document.findall(qn("w:tbl"))
            if any(style_of(one) == "SignatureRule" for one in table.iter(qn("w:p")))
        )
        before = signature.getprevious()

        assert before.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None


def test_no_part_of_another_program_is_left_in_the_file() -> None:
    names = {one.partname for one in word(written("application", "en")).part.package.iter_parts()}

    assert not any(re.search("thumbnail|customXml|WithEffects|app.xml", name) for name in names)

"""What stands in a document from outside, and where: as a person who looks for it would say."""

import codecs
import datetime as dt
import html
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts import intake
from drafts.frame import Frame
from drafts.intake import Document, Format, Part
from drafts.render import render
from tests import profiles  # noqa: F401 - importing it chooses the profile
from tests.drafts.hostile_files import OF_2007, RIGHT, odt, ordinary_docx, paragraph, pdf, word
from workflow.city_check import Context

PLACES = [
    ("a.txt", f"Umowa\r\n\r\n§3\r\n{RIGHT}", "§ 3, line 4"),
    ("a.txt", f"Umowa\r{RIGHT}", "line 2"),
    ("a.md", f"## § 4. Strony\n\n{RIGHT}", "§ 4, line 3"),
    ("a.html", f"<h1>Umowa</h1><p>{RIGHT}", "paragraph 2"),
    ("a.htm", f"<p>ARTICLE 12\n<p>{RIGHT}", "ARTICLE 12"),
    ("a.html", f"<table><tr><td>x<tr><td>y<td>{RIGHT}</table>", "table 1, row 2, column 2"),
    ("a.html", f"<table><tr><td><table><tr><td>{RIGHT}</table></table>",
     "table 1, row 1, column 1, table 1, row 1, column 1"),
    ("a.html", f"<tr><td>{RIGHT}</td></tr>", "table 1, row 1, column 1"),
    ("a.html", f"<table><td>x<td>{RIGHT}</table>", "table 1, row 1, column 2"),
]  # fmt: skip


def said(place: intake.Place) -> str:
    """Say a place in a few words."""
    return ", ".join(
        number if part is Part.SECTION else f"{part} {number}".strip() for part, number in place
    )


def places(document: Document) -> list[tuple[str, str]]:
    """Give each passage with its place."""
    return [(said(passage.place), passage.text) for passage in document.passages]


def place_of(content: bytes, name: str, text: str = RIGHT) -> list[str]:
    """Give the places of a passage that reads so."""
    return [where for where, found in places(intake.read(content, name)) if found == text]


@pytest.mark.parametrize(("name", "text", "place"), PLACES)
def test_a_name_is_found_where_a_person_would_look_for_it(name: str, text: str, place: str) -> None:
    assert place_of(text.encode(), name) == [place]


def test_the_columns_of_two_languages_keep_their_own_sections() -> None:
    rows = [("§ 1. Strony", "§ 1. Parties"), ("§ 2. Cel", RIGHT), (RIGHT, "x")]
    text = "".join(f"<tr><td>{polish}<td>{english}" for polish, english in rows)

    found = place_of(f"<table>{text}</table>".encode(), "a.html")

    assert found == ["§ 1, table 1, row 2, column 2", "§ 2, table 1, row 3, column 1"]


def test_a_file_is_read_from_where_it_lies(tmp_path: Path) -> None:
    path = tmp_path / "Umowa z Lipskiem.DOCX"
    path.write_bytes(ordinary_docx("Umowa", RIGHT))

    document = intake.read(path)

    assert (document.name, document.format) == ("Umowa z Lipskiem.DOCX", Format.DOCX)
    assert document.text == f"Umowa\n\n{RIGHT}"


# --- the letters of a text ---

POLISH = f"Zażółć gęślą jaźń. {RIGHT}"


@pytest.mark.parametrize(
    ("content", "taken"),
    [
        (POLISH.encode(), "utf-8"),
        (codecs.BOM_UTF8 + POLISH.encode(), "utf-8"),
        (POLISH.encode("utf-16"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + POLISH.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + POLISH.encode("utf-32-le"), "utf-32-le"),
        (POLISH.encode("cp1250"), "cp1250"),
        (POLISH.encode("iso8859-2"), "iso8859-2"),
        # The two differ in ą, ś and ź alone; a text without them reads the same in both.
        (RIGHT.encode("iso8859-2"), "cp1250"),
        ("są".encode("cp1250"), "cp1250"),
        ("są".encode("iso8859-2"), "iso8859-2"),
        ("„są, są”".encode("cp1250"), "cp1250"),
        (b"plain letters", "utf-8"),
    ],
)
def test_the_letters_of_a_text_are_told_always_in_the_same_way(content: bytes, taken: str) -> None:
    document = intake.read(content, "a.txt")

    assert document.encoding == taken
    assert document.text == content.removeprefix(codecs.BOM_UTF8).decode(
        {"utf-16-le": "utf-16", "utf-16-be": "utf-16", "utf-32-le": "utf-32"}.get(taken, taken)
    )


@pytest.mark.parametrize(
    ("content", "taken", "read"),
    [
        (b"<meta charset=iso-8859-2><p>s\xb1", "iso8859-2", "są"),
        (b'<meta http-equiv=x content="text/html; charset=windows-1250"><p>s\xb9', "cp1250", "są"),
        (b'<?xml version="1.0" encoding="iso-8859-2"?><html><p>s\xb1', "iso8859-2", "są"),
        (b"<meta charset=iso-8859-1><p>\x84Krak\xf3w\x94", "cp1252", "„Kraków”"),
        # What is declared but cannot be true, or is nobody's encoding, does not count.
        (b"<meta charset=utf-8><p>s\xb9", "cp1250", "są"),
        (b"<meta charset=utf-7><p>+AGEAYg-", "utf-8", "+AGEAYg-"),
        (b"<meta charset=klingon><p>s\xc4\x85", "utf-8", "są"),
        (b"\xef\xbb\xbf<meta charset=iso-8859-2><p>s\xc4\x85", "utf-8", "są"),
    ],
)
def test_a_page_may_declare_its_letters(content: bytes, taken: str, read: str) -> None:
    document = intake.read(content, "a.html")

    assert (document.encoding, document.text) == (taken, read)


# --- pages ---


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("Miasto&nbsp;Krak&oacute;w", "Miasto\u00a0Kraków"),
        ("&#x4b;rak&#243;w &unknown;", "Kraków &unknown;"),
        ("<script>Miasto</script><style>p{}</style><template>x</template>a", "a"),
        ("<!-- Miasto Kraków -->a<!-- never ends", "a"),
        ("<p>Mia<b>sto</b> Kra<!-- x -->ków <del>nie</del><ins>tak</ins>", "Miasto Kraków tak"),
        ("a<br>b\n\n  c", "a\nb c"),
        ("a<sup>1</sup> b", "a 1 b"),
        ("a<p hidden>b<p style='x:y; DISPLAY : none'>c<p>d", "a\n\nd"),
        ("<title>t</title><ul><li>a<li>b</ul>c", "t\n\na\n\nb\n\nc"),
        ("no tags at all", "no tags at all"),
    ],
)
def test_a_page_is_read_as_a_browser_without_scripts_shows_it(page: str, text: str) -> None:
    assert intake.read(page.encode(), "a.html").text == text


def test_a_frame_shows_what_nobody_here_can_read() -> None:
    document = intake.read(f"<p>{RIGHT}<iframe src=x></iframe><embed src=y>".encode(), "a.html")

    assert [said(place) for place in document.unread] == ["frame 1", "frame 2"]
    assert not intake.naming(document, Context.AGREEMENT)


# --- naming ---


def test_every_name_is_judged_where_it_stands() -> None:
    body = paragraph("§ 1") + paragraph(f"{OF_2007} oraz Lipsk") + paragraph("§ 2")
    document = intake.read(word(body + paragraph(f"{RIGHT}. Rada Miasta Krakowa.")), "a.docx")

    reading = intake.naming(document, Context.AGREEMENT)

    assert [(said(one.place), one.mention.found) for one in reading.found] == [
        ("§ 1", OF_2007),
        ("§ 2", RIGHT),
    ]
    assert [one.mention.suggested for one in reading.wrong] == [RIGHT]
    assert reading.wrong[0].around == f"§ 1 {OF_2007} oraz Lipsk § 2 {RIGHT[:-7]} …"
    assert (reading.named, reading.ordinary, bool(reading)) == (True, 1, False)


def test_a_name_may_go_on_in_the_next_paragraph_but_never_in_the_next_cell() -> None:
    title = intake.read(b"<p>Sto\xc5\x82eczne Kr\xc3\xb3lewskie Miasto<p>Krak\xc3\xb3w", "a.html")
    cells = intake.read(b"<table><tr><td>Miasto<td>Krak\xc3\xb3w</table>", "a.html")

    assert intake.naming(title, Context.AGREEMENT)
    assert intake.naming(cells, Context.AGREEMENT).found == ()


@pytest.mark.parametrize(
    ("text", "context", "in_order"),
    [
        (RIGHT, Context.AGREEMENT, True),
        ("Umowa z Lipskiem", Context.AGREEMENT, False),
        ("Pismo do Lipska", Context.OFFICIAL, True),
        ("Gmina Miejska Kraków", Context.OFFICIAL, True),
        ("Gmina Miejska Kraków", Context.AGREEMENT, False),
    ],
)
def test_an_agreement_must_name_the_city_and_a_letter_need_not(
    text: str, context: Context, *, in_order: bool
) -> None:
    document = intake.read(text.encode(), "a.txt")

    assert bool(intake.naming(document, context)) is in_order


def test_a_right_name_in_a_comment_names_nobody() -> None:
    note = f"<office:annotation><text:p>{RIGHT}</text:p></office:annotation>"
    document = intake.read(odt(f"<text:p>Umowa{note}</text:p>"), "a.odt")

    reading = intake.naming(document, Context.AGREEMENT)

    assert [said(one.place) for one in reading.found] == ["comment 1"]
    assert not reading.named


# --- the same words in every format ---

WORDS = st.lists(
    st.sampled_from([RIGHT, OF_2007, "Miasto Kraków", "City of Kraków", "Lipsk", "oraz", "§ 2"]),
    min_size=1,
    max_size=6,
).map(" ".join)


@given(WORDS)
def test_a_sentence_is_judged_alike_in_every_format(sentence: str) -> None:
    files = {
        "a.txt": sentence.encode(),
        "b.txt": sentence.encode("cp1250"),
        "a.html": f"<p>{html.escape(sentence).replace(' ', '&nbsp;', 1)}".encode(),
        "a.docx": word(paragraph(sentence)),
        "a.odt": odt(f"<text:p>{sentence}</text:p>"),
    }

    judged = {
        name: [
            (" ".join(one.mention.found.split()), one.mention.reason)
            for one in intake.naming(intake.read(content, name), Context.AGREEMENT).found
        ]
        for name, content in files.items()
    }

    assert len({str(found) for found in judged.values()}) == 1


OURS = """# UMOWA

między Stołecznym Królewskim Miastem Krakowem a Miastem Lipsk

## § 1. Cel

Współpraca.

## § 2. Języki

1. Stołeczne Królewskie Miasto Kraków pisze po polsku.
"""


@pytest.mark.parametrize(
    ("file_format", "place"),
    [("docx", "§ 2"), ("pdf", "page 1, § 2"), ("html", "§ 2"), ("md", "§ 2, line 11")],
)
def test_what_we_write_ourselves_is_found_in_order(file_format: str, place: str) -> None:
    frame = Frame("KRK-2026-0007", 1, final=True, date=dt.date(2026, 4, 2))
    document = intake.read(render({"pl": OURS}, file_format, frame), f"umowa.{file_format}")

    reading = intake.naming(document, Context.AGREEMENT)

    assert reading
    assert len(reading.found) == 2
    assert said(reading.found[1].place) == place


def test_what_typst_sets_is_read_back_with_its_pages_and_sections() -> None:
    content = pdf(
        f"#set page(footer: [{OF_2007}])\n§ 1. Strony\n\n{RIGHT}#footnote[Nota]"
        "\n#pagebreak()\n§ 2. Cel\n\n#pagebreak()\nkoniec"
    )

    document = intake.read(content, "a.pdf")

    reading = intake.naming(document, Context.AGREEMENT)
    assert [(said(one.place), one.mention.found) for one in reading.found] == [
        ("page 1, § 1", RIGHT),
        ("page 1, § 1", OF_2007),
        ("page 2, § 2", OF_2007),
        ("page 3, § 2", OF_2007),
    ]
    assert document.unread == ()

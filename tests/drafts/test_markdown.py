"""The Markdown of the drafts: what a clerk may write, and what is refused."""

import pytest

from drafts.faults import Fault, TemplateFault
from drafts.markdown import parse
from drafts.tree import (
    Align,
    Column,
    Heading,
    Items,
    Numbering,
    Paragraph,
    Part,
    Role,
    Run,
    Section,
    Signature,
    Table,
    Title,
    plain,
    words,
)
from models.vocabulary import Language


def part(text: str) -> Part:
    (only,) = parse(text, Language.EN).parts
    return only


def fault_of(text: str) -> TemplateFault:
    with pytest.raises(TemplateFault) as refusal:
        parse(text, Language.EN)
    return refusal.value


def test_lines_of_a_title_stand_together() -> None:
    (title,) = part("# ORDINANCE\n# OF THE MAYOR\n\n# of 1 May").blocks

    assert isinstance(title, Title)
    assert [plain(line) for line in title.lines] == ["ORDINANCE", "OF THE MAYOR", "of 1\xa0May"]


def test_a_section_holds_the_text_lists_and_tables_up_to_the_next_block_of_the_anatomy() -> None:
    text = (
        "## § 1.\n\nOne:\n\n1) a\n\n| A |\n|---|\n| b |\n\n"
        "## § 2. Costs\n\nTwo\n\n::: right\nR\n:::\n"
    )

    one, two, right = part(text).blocks

    assert isinstance(one, Section)
    assert isinstance(two, Section)
    assert [type(block) for block in one.blocks] == [Paragraph, Items, Table]
    assert (one.number, one.heading, two.number, plain(two.heading)) == (1, (), 2, "Costs")
    assert isinstance(right, Paragraph)


def test_sections_run_in_only_where_every_one_can() -> None:
    acts = parse("## § 1.\n\nText\n\n## § 2.\n\nText", Language.EN)
    agreement = parse("## § 1.\n\nText\n\n## § 2. Costs\n\nText", Language.EN)
    lists = parse("## § 1.\n\n1. one\n2. two", Language.EN)

    assert (acts.runs_in, agreement.runs_in, lists.runs_in) == (True, False, False)


def test_sections_are_counted_anew_in_every_part() -> None:
    document = parse("## § 1.\n\nA\n\n## § 2.\n\nB\n\n---\n\n# ANNEX\n\n## § 1.\n\nC", Language.EN)

    assert [len(part.sections) for part in document.parts] == [2, 1]


def test_items_nest_as_in_an_act() -> None:
    (items,) = part("1. one\n   1) point\n      a) letter\n      b) next\n2. two\n   - dash").blocks

    assert isinstance(items, Items)
    assert items.numbering is Numbering.DOT
    point, dash = items.items[0][1], items.items[1][1]
    assert isinstance(point, Items)
    assert isinstance(dash, Items)
    assert (point.numbering, dash.numbering) == (Numbering.POINT, Numbering.DASH)
    letters = point.items[0][1]
    assert isinstance(letters, Items)
    assert letters.numbering is Numbering.LETTER
    assert letters.items == ((Paragraph(((Run("letter"),),)),), (Paragraph(((Run("next"),),)),))


def test_a_letter_that_was_escaped_begins_no_item() -> None:
    (paragraph,) = part(r"a\) letter").blocks

    assert paragraph == Paragraph(((Run("a) letter"),),))


def test_a_table_keeps_the_sides_of_its_columns_and_the_shares_of_its_dashes() -> None:
    (table,) = part("| No. | What | Sum |\n|:-:|--------|---:|\n| 1 | x |").blocks

    assert isinstance(table, Table)
    assert table.columns == (
        Column(Align.CENTRE, 1),
        Column(Align.LEFT, 8),
        Column(Align.RIGHT, 3),
    )
    assert [column.narrow for column in table.columns] == [True, False, True]
    assert [plain(cell) for cell in table.rows[0]] == ["1", "x", ""]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.TEXT}))
def test_every_block_of_the_anatomy_keeps_its_lines(role: Role) -> None:
    (paragraph,) = part(f"::: {role}\nfirst **line**\nsecond\n:::").blocks

    assert paragraph == Paragraph(((Run("first "), Run("line", bold=True)), (Run("second"),)), role)


def test_a_blank_line_parts_one_signatory_from_the_next() -> None:
    (signature,) = part("::: signature\nfor A\nX\n\nfor B\n:::").blocks

    assert isinstance(signature, Signature)
    lines = [[plain(line) for line in block] for block in signature.signatories]
    assert lines == [["for A", "X"], ["for B"]]


def test_bold_italic_and_the_end_of_a_line() -> None:
    (paragraph,) = part("a **b *c*** d\\\ne\nf").blocks

    assert isinstance(paragraph, Paragraph)
    assert paragraph.lines == (
        (Run("a "), Run("b ", bold=True), Run("c", bold=True, italic=True), Run(" d")),
        (Run("e f"),),
    )


def test_a_gap_is_lifted_out_of_the_words_around_it() -> None:
    (paragraph,) = part("No. [……… resolution no.](see)").blocks

    assert isinstance(paragraph, Paragraph)
    assert paragraph.lines[0][1] == Run("[………\xa0resolution no.]", gap=True)
    assert plain(paragraph.lines[0]).endswith("](see)")


def test_headings_without_a_number() -> None:
    one, two = part("## One\n\n### Two").blocks

    assert one == Heading(1, (Run("One"),))
    assert two == Heading(2, (Run("Two"),))


def test_the_words_of_a_document_are_all_of_its_words() -> None:
    text = (
        "# T\n\n::: corner\nC\n:::\n\n## H\n\nP\n\n## § 1. S\n\n1. I\n\n| A |\n|---|\n| B |\n\n"
        "::: signature\nX\n:::\n\n---\n\nQ"
    )

    assert words(parse(text, Language.EN)).split("\n\n") == list("TCHPSIABXQ")


def test_what_a_document_is_called() -> None:
    act = parse("# ACT\n# of 1 May\n\n::: subject\non joining\n:::", Language.EN)
    letter = parse("::: concerning\nRe: consent\n:::\n\nText", Language.EN)

    assert act.title == "ACT of 1 May on joining"
    assert letter.title == "Re: consent"


@pytest.mark.parametrize(
    ("text", "fault", "line", "detail"),
    [
        ("A\n\n> quoted", Fault.MARKDOWN_NOT_ALLOWED, 3, "blockquote"),
        ("A\n\n```\ncode\n```", Fault.MARKDOWN_NOT_ALLOWED, 3, "fence"),
        ("A `code`", Fault.MARKDOWN_NOT_ALLOWED, 1, "code_inline"),
        ("A\n\n<https://krakow.pl>", Fault.MARKDOWN_NOT_ALLOWED, 3, "link"),
        ("#### Deep", Fault.MARKDOWN_NOT_ALLOWED, 1, "####"),
        ("* item", Fault.MARKDOWN_NOT_ALLOWED, 1, "*"),
        ("A\n\n5. item", Fault.MARKDOWN_NOT_ALLOWED, 3, "5."),
        ("1. # T", Fault.MARKDOWN_NOT_ALLOWED, 1, "heading"),
        ("A\n\n::: picture\nx\n:::", Fault.UNKNOWN_BLOCK, 3, "picture"),
        ("::: text\nx\n:::", Fault.UNKNOWN_BLOCK, 1, "text"),
        ("A\n\n::: corner\nx", Fault.BLOCK_NOT_CLOSED, 3, "::: corner"),
        ("::: corner\n\n:::", Fault.NO_TEXT, 1, "corner"),
        ("# ", Fault.NO_TEXT, 1, None),
        ("", Fault.NO_TEXT, None, None),
        ("A\n\n---\n", Fault.NO_TEXT, None, None),
        ("## § Costs", Fault.SECTION_NUMBERS, 1, "§ Costs"),
        ("## § 2. Costs", Fault.SECTION_NUMBERS, None, "§ 2"),
        ("## § 1.\n\nA\n\n## § 1.\n\nB", Fault.SECTION_NUMBERS, None, "§ 1"),
        ("One:\nb) first", Fault.LETTERS_OUT_OF_ORDER, 1, "b"),
        ("One:\na) x\nc) y", Fault.LETTERS_OUT_OF_ORDER, 1, "a, c"),
    ],
)
def test_what_is_not_among_the_conventions_is_refused_with_its_line(
    text: str, fault: Fault, line: int | None, detail: str | None
) -> None:
    refusal = fault_of(text)

    assert refusal.fault is fault
    assert refusal.facts.get("line") == line
    assert refusal.facts.get("detail") == detail
    assert refusal.facts["language"] == "en"


def test_html_is_plain_words() -> None:
    (paragraph,) = part("<script>alert(1)</script> [x](y) ![z](w)").blocks

    assert paragraph == Paragraph(((Run("<script>alert(1)</script> [x](y) ![z](w)"),),))

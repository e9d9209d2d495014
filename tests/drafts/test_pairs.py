"""Two language versions side by side: what stands beside what."""

from drafts.markdown import parse
from drafts.pairs import Page, laid_out
from drafts.tree import Block, Document, Items, Part, Section, Signature, plain, words
from models.vocabulary import Language


def beside(pl: str, en: str) -> tuple[Page, ...]:
    return laid_out((parse(pl, Language.PL), parse(en, Language.EN)))


def words_of(language: Language, *blocks: Block) -> str:
    return words(Document(language, (Part(blocks),))).replace("\n\n", " ")


def rows(page: Page) -> list[list[str]]:
    return [[words_of(cell.language, *cell.blocks) for cell in band.cells] for band in page]


def test_one_version_goes_over_the_whole_page() -> None:
    document = parse("A\n\n---\n\nB", Language.PL)

    pages = laid_out((document,))

    assert [[band.cells[0].blocks for band in page] for page in pages] == [
        [part.blocks] for part in document.parts
    ]


def test_paragraph_stands_beside_paragraph_and_item_beside_item() -> None:
    (page,) = beside("# T\n\nA\n\n1) b\n2) c", "# T'\n\nA'\n\n1) b'\n2) c'")

    assert rows(page) == [["T", "T'"], ["A", "A'"], ["b", "b'"], ["c", "c'"]]
    item = page[-1].cells[0].blocks[0]
    assert isinstance(item, Items)
    assert item.first == 2


def test_where_one_version_has_more_paragraphs_they_stand_beside_each_other_whole() -> None:
    (page,) = beside("A\n\nB\n\n## H\n\nC", "A'\n\n## H'\n\nC'")

    assert rows(page) == [["A B", "A'"], ["H C", "H' C'"]]


def test_a_section_stands_beside_the_same_section() -> None:
    (page,) = beside(
        "## § 1. X\n\nA\n\nB\n\n## § 2. Y\n\nC\n\nD", "## § 1. X'\n\nA'\n\nB'\n\n## § 2. Y'\n\nC'"
    )

    assert rows(page) == [["X A", "X' A'"], ["B", "B'"], ["Y C D", "Y' C'"]]
    opening = page[0].cells[1].blocks[0]
    assert isinstance(opening, Section)
    assert opening.number == 1


def test_a_section_without_a_text_is_still_a_section() -> None:
    (page,) = beside("## § 1. X", "## § 1. X'")

    assert rows(page) == [["X", "X'"]]


def test_no_page_parts_a_heading_from_what_it_heads() -> None:
    (page,) = beside("## H\n\n### I\n\nA\n\n## J", "## H'\n\n### I'\n\nA'\n\n## J'")

    assert rows(page) == [["H I", "H' I'"], ["A", "A'"], ["J", "J'"]]


def test_nobody_signs_twice_and_a_name_stands_once() -> None:
    (page,) = beside(
        "A\n\n::: signature\nza Miasto\n**Jan**\n\nza Zrzeszenie\nEwa\n:::",
        "A'\n\n::: signature\nfor the City\n**Jan**\n\nfor the Association\nEwa\n:::",
    )

    ((signature,),) = [cell.blocks for cell in page[-1].cells]
    assert isinstance(signature, Signature)
    assert [[plain(line) for line in lines] for lines in signature.signatories] == [
        ["za\xa0Miasto".replace("\xa0", " "), "for the City", "Jan"],
        ["za Zrzeszenie", "for the Association", "Ewa"],
    ]
    assert [run.language for line in signature.signatories[0] for run in line] == [
        Language.PL,
        Language.EN,
        Language.PL,
    ]

"""The body of a .docx: blocks as WordprocessingML, in one column or side by side."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from docx.oxml.ns import qn

from drafts.docx_look import (
    CODES,
    INDENT,
    Element,
    Numberings,
    element,
    properties,
    section_style,
)
from drafts.frame import Frame
from drafts.pairs import Band, Cell, Page
from drafts.tree import (
    Align,
    Block,
    Document,
    Heading,
    Items,
    Line,
    Numbering,
    Paragraph,
    Role,
    Section,
    Signature,
    Table,
    Title,
)
from models.vocabulary import Language

A4: Final = (210, 297)
"""The paper, in millimetres."""

_MARGIN_ALONE: Final = 25
_MARGIN_BESIDE: Final = 18
_TWIPS_IN_MM: Final = 56.7
_NARROW: Final = 620
"""The width of a column of numbers, in twentieths of a point."""
_SHORT: Final = 12
"""Rows of a table that stays whole on one page."""


class Body:
    """Writes blocks as elements; knows what is counted, and how wide a column of text is."""

    def __init__(self, documents: Sequence[Document], frame: Frame) -> None:
        self._frame = frame
        self._columns = len(documents)
        self.runs_in = all(document.runs_in for document in documents)
        self.numberings = Numberings()
        self._sections: dict[Language, int] = {}
        self._lists: dict[tuple[Language, Numbering, int], int] = {}
        margin = _MARGIN_ALONE if self._columns == 1 else _MARGIN_BESIDE
        self.margin = margin
        self.width = int((A4[0] - 2 * margin) * _TWIPS_IN_MM)

    @property
    def beside(self) -> bool:
        """Say whether several languages stand side by side."""
        return self._columns > 1

    # --- lines

    def run(self, text: str, language: Language, *marks: Element) -> Element:
        """Write a run of text, tagged with its language."""
        shown = element("t")
        shown.text = text
        shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return element("r", element("rPr", *marks, element("lang", val=CODES[language])), shown)

    def _line(self, line: Line, language: Language) -> Iterator[Element]:
        for run in line:
            marks = []
            if run.gap and not self._frame.final:
                marks.append(element("rStyle", val="Gap"))
            if run.bold:
                marks += [element("b"), element("bCs")]
            if run.italic:
                marks += [element("i"), element("iCs")]
            yield self.run(run.text, run.language or language, *marks)

    def _paragraph(self, lines: Iterable[Line], language: Language, style: str = "") -> Element:
        made = element("p")
        if style:
            properties(made, element("pStyle", val=style.replace(" ", "")))
        for number, line in enumerate(lines):
            if number:
                made.append(element("r", element("br")))
            made.extend(self._line(line, language))
        return made

    def _counted(self, paragraph: Element, number: int) -> Element:
        reference = element("numPr", element("ilvl", val=0), element("numId", val=number))
        properties(paragraph, reference)
        return paragraph

    # --- blocks

    def blocks(self, cell: Cell) -> Iterator[Element]:
        """Write the blocks of a cell."""
        for block in cell.blocks:
            yield from self._block(block, cell.language)

    def _block(self, block: Block, language: Language) -> Iterator[Element]:
        match block:
            case Paragraph(lines=lines, role=Role.TEXT):
                yield self._paragraph(lines, language)
            case Paragraph(lines=lines, role=role):
                yield self._paragraph(lines, language, role.capitalize())
            case Title(lines=lines):
                yield self._paragraph(lines, language, "Title")
            case Heading(level=level, line=line):
                yield self._paragraph([line], language, f"heading {level}")
            case Items():
                yield from self._items(block, language, 0)
            case Table():
                yield self._table(block, language)
                yield self._spacer()
            case Section():
                yield from self._section(block, language)
            case Signature():
                yield self._signature(block, language)
                yield self._spacer()

    def _section(self, section: Section, language: Language) -> Iterator[Element]:
        if section.number == 1:
            self._sections[language] = self.numberings.sections()
        first, rest = [section.heading] if section.heading else [], section.blocks
        if self.runs_in and isinstance(rest[0], Paragraph):
            first, rest = list(rest[0].lines), rest[1:]
        opening = self._paragraph(first, language, section_style(language))
        yield self._counted(opening, self._sections[language])
        for block in rest:
            yield from self._block(block, language)

    def _items(self, items: Items, language: Language, depth: int) -> Iterator[Element]:
        key = language, items.numbering, depth
        if items.first == 1:
            self._lists[key] = self.numberings.items(items.numbering, depth)
        number = self._lists[key]
        for item in items.items:
            counted = False
            for block in item:
                if isinstance(block, Items):
                    yield from self._items(block, language, depth + 1)
                elif isinstance(block, Paragraph):
                    made = self._paragraph(block.lines, language, "List Item")
                    if counted:
                        properties(made, element("ind", left=INDENT * (depth + 1)))
                    else:
                        self._counted(made, number)
                    counted = True
                    yield made
                else:
                    yield from self._block(block, language)

    def _table(self, table: Table, language: Language) -> Element:
        room = self.width // self._columns - (0 if self._columns == 1 else 340)
        wide = sum(column.share for column in table.columns if not column.narrow)
        left = room - _NARROW * sum(column.narrow for column in table.columns)
        widths = [
            _NARROW if column.narrow else left * column.share // wide for column in table.columns
        ]
        sides = {"left": "left", "center": "center", "right": "right"}
        made = _grid(widths, ruled=True)
        for number, cells in enumerate((table.head, *table.rows)):
            paragraphs = []
            for column, cell in zip(table.columns, cells, strict=True):
                style = "Table Text" if number else "Table Head"
                paragraph = self._paragraph([cell], language, style)
                side = Align.LEFT if not number and not column.narrow else column.align
                properties(paragraph, element("jc", val=sides[side]))
                paragraphs.append([paragraph])
            if len(table.rows) <= _SHORT and number < len(table.rows):
                for (paragraph,) in paragraphs:
                    properties(paragraph, element("keepNext"))
            made.append(_row(widths, paragraphs, head=number == 0))
        return made

    def _signature(self, signature: Signature, language: Language) -> Element:
        signatories = signature.signatories
        columns = max(2, len(signatories))
        widths = [self.width // columns] * columns
        cells = [[element("p")]] if len(signatories) == 1 else []
        for lines in signatories:
            dots = element("p", self.run("…" * 16, language))
            properties(dots, element("pStyle", val="SignatureRule"))
            cells.append(
                [dots, *(self._paragraph([line], language, "Signatory") for line in lines)]
            )
        made = _grid(widths, ruled=False)
        made.append(_row(widths, cells))
        return made

    def _spacer(self, *, new_page: bool = False) -> Element:
        """Make the least paragraph: Word wants one between two tables and after the last."""
        made = element("p")
        size = element("rPr", element("sz", val=4))
        properties(made, element("spacing", before=0, after=0), size)
        if new_page:
            properties(made, element("pageBreakBefore"))
        return made

    # --- pages

    def pages(self, pages: Sequence[Page]) -> list[Element]:
        """Write all parts, each on a page of its own."""
        made: list[Element] = []
        for number, page in enumerate(pages):
            part = list(self._bands(page))
            if number and part[0].tag == qn("w:p"):
                properties(part[0], element("pageBreakBefore"))
            elif number:
                part.insert(0, self._spacer(new_page=True))
            made += part
        _hold_signatures(made)
        return made

    def _bands(self, page: Page) -> Iterator[Element]:
        beside: list[Band] = []
        for band in page:
            if len(band.cells) > 1:
                beside.append(band)
                continue
            if beside:
                yield self._beside(beside)
                yield self._spacer()
                beside = []
            yield from self.blocks(band.cells[0])
        if beside:
            yield self._beside(beside)
            yield self._spacer()

    def _beside(self, bands: Sequence[Band]) -> Element:
        widths = [self.width // self._columns] * self._columns
        made = _grid(widths, ruled=False, parted=True)
        for band in bands:
            made.append(_row(widths, [list(self.blocks(cell)) for cell in band.cells]))
        return made


def _grid(widths: Sequence[int], *, ruled: bool, parted: bool = False) -> Element:
    """Make an empty table: ruled all over, or parted by one line between its columns."""
    line = {"val": "single", "sz": 4, "space": 0, "color": "999999"}
    around = ["top", "left", "bottom", "right", "insideH"] if ruled else []
    borders = [*around, "insideV"] if ruled or parted else []
    upright = 40 if ruled else 0
    aside = 170 if parted else 100
    held = [element("tblW", w=sum(widths), type="dxa")]
    if borders:
        held.append(element("tblBorders", *(element(side, **line) for side in borders)))
    held += [
        element("tblLayout", type="fixed"),
        element(
            "tblCellMar",
            element("top", w=upright, type="dxa"),
            element("left", w=aside, type="dxa"),
            element("bottom", w=upright, type="dxa"),
            element("right", w=aside, type="dxa"),
        ),
    ]
    columns = (element("gridCol", w=width) for width in widths)
    return element("tbl", element("tblPr", *held), element("tblGrid", *columns))


def _row(
    widths: Sequence[int], cells: Sequence[Sequence[Element]], *, head: bool = False
) -> Element:
    made = element("tr", element("trPr", element("cantSplit")))
    if head:
        made[0].append(element("tblHeader"))
    for width, blocks in zip(widths, cells, strict=True):
        cell = element("tc", element("tcPr", element("tcW", w=width, type="dxa")), *blocks)
        if head:
            cell[0].append(element("shd", val="clear", color="auto", fill="F4F4F4"))
        made.append(cell)
    return made


def _hold_signatures(elements: Sequence[Element]) -> None:
    """Keep what stands before a signature on its page: nobody signs an otherwise empty one."""
    for number, signature in enumerate(elements):
        styled = signature.iter(qn("w:pStyle"))
        if signature.tag != qn("w:tbl") or not any(
            style.get(qn("w:val")) == "SignatureRule" for style in styled
        ):
            continue
        before = elements[max(number - 2, 0) : number]
        for held in before:
            rows = held.findall(qn("w:tr"))
            last = rows[-1] if rows else held
            for paragraph in [last] if last.tag == qn("w:p") else last.iter(qn("w:p")):
                properties(paragraph, element("keepNext"))

r"""The Markdown of the drafts, and how it becomes a tree.

A draft is kept as Markdown, so that a clerk can read and mend it in any editor. It is CommonMark
with tables, without code and quotations; HTML and links are plain words. The conventions:

    # UCHWAŁA NR XV/321/26           the title; further # lines directly below are its next lines
    # RADY MIASTA KRAKOWA

    ## § 1. Cel współpracy           a §; "## § 1" alone lets its text follow the number.
                                     Templates write "## §" or "## § {fees} …": they are counted
    ## Cele                          a heading without a number; ### one below it

    1. ustęp                         lists are marked as in an act: ustępy 1., punkty 1), tirets -
       1) punkt                      indented under what they belong to
          a) litera                  a line of its own that begins with a letter of the alphabet
          b) następna litera

    ---                              what follows is a part of its own, on a new page

    | Lp. | Załącznik |              a table; colons align a column, and the number of dashes
    |:---:|-----------|              gives its share of the width

    **bold**, *italic*, a backslash at the end of a line ends the line

    ::: subject                      a block of the anatomy of an act or a letter, line by line:
    w sprawie …                      corner, subject; letterhead, place, reference, addressee,
    :::                              concerning; centre, right, small

    ::: signature                    who signs; a blank line parts one signatory from the next
    Prezydent Miasta Krakowa
    :::

A gap reads [……… uchwała nr]. Whatever else Markdown can do is a TemplateFault, so that nothing in
a document looks other than its writer meant.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import count
from string import ascii_lowercase

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.tree import SyntaxTreeNode

from drafts.faults import Fault, TemplateFault
from drafts.inline import line_of, lines, refused, without
from drafts.tree import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    Items,
    Line,
    Numbering,
    Paragraph,
    Part,
    Role,
    Section,
    Signature,
    Table,
    Title,
    plain,
)
from models.vocabulary import Language

_SIGNATURE = "signature"
_FENCE = ":::"
_SECTION = re.compile(r"§\s*(\d+)\.?\s*")
_LETTER = re.compile(r"([a-z])\) ")
_MARKS = {".": Numbering.DOT, ")": Numbering.POINT, "-": Numbering.DASH}
_ALIGNS = {"text-align:center": Align.CENTRE, "text-align:right": Align.RIGHT}
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_BOXES = frozenset({_SIGNATURE, *Role} - {Role.TEXT})


def _box(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser calls its rules by position
    """Take the lines from `::: name` to `:::` as one token."""
    first = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if not first.startswith(_FENCE) or state.is_code_block(start):
        return False
    if silent:
        return True
    for last in range(start + 1, end):
        if state.src[state.bMarks[last] : state.eMarks[last]].strip() == _FENCE:
            break
    else:
        raise TemplateFault(Fault.BLOCK_NOT_CLOSED, line=start + 1, detail=first)
    token = state.push("box", "", 0)
    token.info = first.removeprefix(_FENCE).strip()
    token.content = state.getLines(start + 1, last, state.blkIndent, keepLastLF=False)
    token.map = [start, last + 1]
    state.line = last + 1
    return True


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    # Indented code, underlined headings and link references would make something of text that
    # means nothing by it; without text_join an escaped sign can be told from a plain one.
    # Without link and image a gap in brackets is a gap, whatever follows it.
    parser.disable(["code", "image", "lheading", "link", "reference", "text_join"])
    parser.block.ruler.before("fence", "box", _box, {"alt": ["paragraph"]})
    return parser


class _Reader:
    """Reads one part; knows its language, and the source for the widths of tables."""

    def __init__(self, language: Language, source: Sequence[str]) -> None:
        self._language = language
        self._source = source

    def part(self, nodes: Iterable[SyntaxTreeNode]) -> Part:
        """Gather what belongs together: the lines of a title, the text of a §."""
        blocks: list[Block] = []
        numbers = count(1)
        for block in self._blocks(nodes):
            last = blocks[-1] if blocks else None
            if isinstance(block, Section) and block.number != (expected := next(numbers)):
                raise TemplateFault(
                    Fault.SECTION_NUMBERS, detail=f"§ {block.number}", expected=f"§ {expected}"
                )
            if isinstance(block, Title) and isinstance(last, Title):
                blocks[-1] = Title(last.lines + block.lines)
            elif isinstance(last, Section) and _belongs_in_section(block):
                blocks[-1] = replace(last, blocks=(*last.blocks, block))
            else:
                blocks.append(block)
        if not blocks:
            raise TemplateFault(Fault.NO_TEXT)
        return Part(tuple(blocks))

    def _blocks(self, nodes: Iterable[SyntaxTreeNode]) -> Iterator[Block]:
        for node in nodes:
            if node.type == "heading":
                yield self._heading(node)
            elif node.type == "box":
                yield from self._boxed(node)
            else:
                yield from self._text(node)

    def _text(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """Read what may also stand in a § and in an item of a list."""
        match node.type:
            case "paragraph":
                yield from self._paragraph(node)
            case "ordered_list" | "bullet_list":
                yield self._items(node)
            case "table":
                yield self._table(node)
            case _:
                raise refused(node)

    def _heading(self, node: SyntaxTreeNode) -> Title | Heading | Section:
        line = self._only_line(node.children[0].children, node)
        words = plain(line)
        match node.tag:
            case "h1":
                return Title((line,))
            case "h2" if words.startswith("§"):
                found = _SECTION.match(words)
                if found is None:
                    raise TemplateFault(Fault.SECTION_NUMBERS, line=line_of(node), detail=words)
                return Section(int(found[1]), without(line, found.end()), ())
            case "h2":
                return Heading(1, line)
            case "h3":
                return Heading(2, line)
            case _:
                raise refused(node, node.markup)

    def _boxed(self, node: SyntaxTreeNode) -> Iterator[Paragraph | Signature]:
        name, content = node.info, node.content.strip()
        if name not in _BOXES:
            raise TemplateFault(Fault.UNKNOWN_BLOCK, line=line_of(node), detail=name)
        if not content:
            raise TemplateFault(Fault.NO_TEXT, line=line_of(node), detail=name)
        groups = tuple(
            tuple(self._written(line, node) for line in group.split("\n"))
            for group in _BLANK_LINE.split(content)
        )
        if name == _SIGNATURE:
            yield Signature(groups)
        else:
            yield from (Paragraph(group, Role(name)) for group in groups)

    def _written(self, text: str, at: SyntaxTreeNode) -> Line:
        inline = SyntaxTreeNode(_parser().parseInline(text.strip())).children[0]
        return self._only_line(inline.children, at)

    def _only_line(self, nodes: Sequence[SyntaxTreeNode], at: SyntaxTreeNode) -> Line:
        found = lines(nodes, self._language, at)
        if len(found) != 1:
            raise TemplateFault(Fault.NO_TEXT, line=line_of(at)) if not found else refused(at)
        return found[0]

    def _paragraph(self, node: SyntaxTreeNode) -> Iterator[Paragraph | Items]:
        """Read a paragraph and the lettered items that may end it."""
        text: list[SyntaxTreeNode] = []
        letters: list[tuple[str, list[SyntaxTreeNode]]] = []
        at_start = True
        for child in node.children[0].children:
            # A letter that was escaped, as those of values are, is of type text_special or split.
            letter = _LETTER.match(child.content) if at_start and child.type == "text" else None
            if letter:
                letters.append((letter[1], []))
            (letters[-1][1] if letters else text).append(child)
            at_start = child.type in {"softbreak", "hardbreak"}
        if found := lines(text, self._language, node):
            yield Paragraph(found)
        if letters:
            yield self._lettered(letters, node)

    def _lettered(
        self, letters: Sequence[tuple[str, Sequence[SyntaxTreeNode]]], at: SyntaxTreeNode
    ) -> Items:
        order = "".join(letter for letter, _ in letters)
        if not ascii_lowercase.startswith(order):
            raise TemplateFault(
                Fault.LETTERS_OUT_OF_ORDER, line=line_of(at), detail=", ".join(order)
            )
        items: list[tuple[Block, ...]] = []
        for _, nodes in letters:
            first, *more = lines(nodes, self._language, at)
            items.append((Paragraph((without(first, len("a) ")), *more)),))
        return Items(Numbering.LETTER, tuple(items))

    def _items(self, node: SyntaxTreeNode) -> Items:
        start = node.attrs.get("start", 1)
        if node.markup not in _MARKS or start != 1:
            raise refused(node, f"{start}{node.markup}" if start != 1 else node.markup)
        return Items(
            _MARKS[node.markup],
            tuple(
                tuple(block for child in item.children for block in self._text(child))
                for item in node.children
            ),
        )

    def _table(self, node: SyntaxTreeNode) -> Table:
        head, *body = node.children
        cells = head.children[0].children
        rule = self._source[node.map[0] + 1 if node.map else 1]
        shares = [part.count("-") for part in rule.strip(" |\r").split("|")]
        return Table(
            tuple(
                Column(_ALIGNS.get(str(cell.attrs.get("style")), Align.LEFT), share)
                for cell, share in zip(cells, shares, strict=True)
            ),
            tuple(self._cell(cell) for cell in cells),
            tuple(
                tuple(self._cell(cell) for cell in row.children)
                for part in body
                for row in part.children
            ),
        )

    def _cell(self, cell: SyntaxTreeNode) -> Line:
        nodes = cell.children[0].children if cell.children else ()
        found = lines(nodes, self._language, cell)
        return found[0] if found else ()


def _belongs_in_section(block: Block) -> bool:
    return isinstance(block, (Items, Table)) or (
        isinstance(block, Paragraph) and block.role is Role.TEXT
    )


def _pages(root: SyntaxTreeNode) -> list[list[SyntaxTreeNode]]:
    pages: list[list[SyntaxTreeNode]] = [[]]
    for node in root.children:
        if node.type == "hr":
            pages.append([])
        else:
            pages[-1].append(node)
    return pages


def parse(text: str, language: Language) -> Document:
    """Read a language version.

    Raises:
        TemplateFault: the first thing that is not among the conventions above, with its line.
    """
    reader = _Reader(language, text.split("\n"))
    try:
        pages = _pages(SyntaxTreeNode(_parser().parse(text)))
        return Document(language, tuple(reader.part(page) for page in pages))
    except TemplateFault as fault:
        raise fault.within(language=language.value) from None

"""Two language versions side by side: what stands beside what."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from drafts.faults import Fault, TemplateFault
from drafts.tree import (
    Block,
    Document,
    Heading,
    Items,
    Line,
    Paragraph,
    Part,
    Role,
    Section,
    Signature,
    plain,
)
from models.vocabulary import Language

Blocks = tuple[Block, ...]
Strip = tuple[Blocks, ...]
"""What stands on one line: the blocks of each version."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Blocks of one language."""

    language: Language
    blocks: Blocks


@dataclass(frozen=True, slots=True)
class Band:
    """A strip over the whole width: one cell, or the same passage in each language."""

    cells: tuple[Cell, ...]


Page = tuple[Band, ...]
"""The bands of a part."""


def _anatomy(block: Block) -> str:
    """Say what a block is to the reader who looks across; texts and lists flow together."""
    if isinstance(block, Paragraph):
        return "text" if block.role is Role.TEXT else block.role.value
    if isinstance(block, Signature):
        return f"signature of {[len(lines) for lines in block.signatories]} lines"
    return "text" if isinstance(block, Items) else type(block).__name__.lower()


def _passages(part: Part) -> list[tuple[str, Blocks]]:
    """Cut a part where both languages must meet again."""
    passages: list[tuple[str, Blocks]] = []
    for anatomy, group in groupby(part.blocks, _anatomy):
        blocks = tuple(group)
        if anatomy in {"text", *Role}:
            passages.append((anatomy, blocks))
        else:
            passages.extend((anatomy, (block,)) for block in blocks)
    return passages


def _shapes(versions: Iterable[Blocks]) -> set[tuple[str, ...]]:
    return {tuple(type(block).__name__ for block in blocks) for blocks in versions}


def _cut(row: tuple[Block, ...]) -> list[Strip]:
    """Cut what is one block in every version: a list by its items, a § by its paragraphs."""
    lists = [block for block in row if isinstance(block, Items)]
    if len(lists) == len(row) and len({len(one.items) for one in lists}) == 1:
        return [
            tuple((replace(one, items=(one.items[n],), first=one.first + n),) for one in lists)
            for n in range(len(lists[0].items))
        ]
    sections = [block for block in row if isinstance(block, Section)]
    if len(sections) == len(row):
        bare: Strip = ((),) * len(row)
        opening, *rest = _strips([one.blocks for one in sections]) or [bare]
        opened = zip(sections, opening, strict=True)
        return [tuple((replace(one, blocks=blocks),) for one, blocks in opened), *rest]
    return [tuple((block,) for block in row)]


def _strips(versions: Sequence[Blocks]) -> list[Strip]:
    """Cut a passage, paragraph by paragraph and item by item, where all versions agree in it."""
    if len(_shapes(versions)) > 1:
        return [tuple(versions)]
    return [strip for row in zip(*versions, strict=True) for strip in _cut(row)]


def _signed_once(versions: Sequence[Cell]) -> Signature:
    """Join the signatures of all languages: nobody signs twice, and a name stands once."""
    found = [
        (cell.language, block.signatories)
        for cell in versions
        for block in cell.blocks
        if isinstance(block, Signature)
    ]
    joined: list[tuple[Line, ...]] = []
    for blocks in zip(*(signatories for _, signatories in found), strict=True):
        lines: dict[str, Line] = {}
        for row in zip(*blocks, strict=True):
            for (language, _), line in zip(found, row, strict=True):
                tagged = tuple(replace(run, language=language) for run in line)
                lines.setdefault(plain(line), tagged)
        joined.append(tuple(lines.values()))
    return Signature(tuple(joined))


def _bands(versions: Sequence[Cell]) -> Iterator[Band]:
    if isinstance(versions[0].blocks[0], Signature):
        yield Band((Cell(versions[0].language, (_signed_once(versions),)),))
        return
    languages = [cell.language for cell in versions]
    for strip in _strips([cell.blocks for cell in versions]):
        yield Band(tuple(map(Cell, languages, strip)))


def _headed(bands: Iterable[Band]) -> Iterator[Band]:
    """Put every heading into one band with what it heads, so that no page parts them."""
    heading: Band | None = None
    for band in bands:
        if heading is not None and len(band.cells) == len(heading.cells):
            joined = zip(heading.cells, band.cells, strict=True)
            yield Band(tuple(Cell(a.language, a.blocks + b.blocks) for a, b in joined))
            heading = None
        elif all(isinstance(block, Heading) for cell in band.cells for block in cell.blocks):
            if heading is not None:
                yield heading
            heading = band
        else:
            if heading is not None:
                yield heading
            heading = None
            yield band
    if heading is not None:
        yield heading


def section_counts(document: Document) -> tuple[int, ...]:
    """Count the §§ of each part."""
    return tuple(len(part.sections) for part in document.parts)


def _beside(documents: Sequence[Document]) -> tuple[Page, ...]:
    counts = {document.language.value: section_counts(document) for document in documents}
    if len(set(counts.values())) > 1:
        raise TemplateFault(Fault.SECTIONS_DIFFER, detail=counts)
    languages = [document.language for document in documents]
    pages: list[Page] = []
    for parts in zip(*(document.parts for document in documents), strict=True):
        versions = [_passages(part) for part in parts]
        shapes = {
            document.language.value: [anatomy for anatomy, _ in version]
            for document, version in zip(documents, versions, strict=True)
        }
        if len({tuple(shape) for shape in shapes.values()}) > 1:
            raise TemplateFault(Fault.SHAPES_DIFFER, detail=shapes)
        pages.append(
            tuple(
                _headed(
                    band
                    for passage in zip(*versions, strict=True)
                    for band in _bands([*map(Cell, languages, [blocks for _, blocks in passage])])
                )
            )
        )
    return tuple(pages)


def laid_out(documents: Sequence[Document]) -> tuple[Page, ...]:
    """Lay out one language version over the width, or several beside each other.

    Raises:
        TemplateFault: the versions have other §§ or another anatomy, so that a reader of one
            could not find the same passage in the other.
    """
    if len(documents) > 1:
        return _beside(documents)
    (document,) = documents
    return tuple((Band((Cell(document.language, part.blocks),)),) for part in document.parts)

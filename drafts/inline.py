"""Lines of Markdown and the runs they are made of: faces, ends of lines, gaps, no-break spaces."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from markdown_it.tree import SyntaxTreeNode

from drafts.faults import Fault, TemplateFault
from drafts.tree import Line, Run
from drafts.typography import tied
from models.vocabulary import Language

GAP = re.compile(r"\[…{3}\s[^\[\]]+\]")
"""What stands where a fact is missing."""

_END_OF_LINE = Run("\n")
_TEXTS = frozenset({"text", "text_special"})


def line_of(node: SyntaxTreeNode) -> int | None:
    """Tell on which line of the text a node stands, from 1."""
    while node.map is None and node.parent is not None:
        node = node.parent
    return node.map[0] + 1 if node.map else None


def refused(node: SyntaxTreeNode, detail: str = "") -> TemplateFault:
    """Make the fault of Markdown that a draft may not hold."""
    return TemplateFault(Fault.MARKDOWN_NOT_ALLOWED, line=line_of(node), detail=detail or node.type)


def lines(
    nodes: Sequence[SyntaxTreeNode], language: Language, at: SyntaxTreeNode
) -> tuple[Line, ...]:
    """Give the lines of inline nodes: a soft break is a blank, a hard one ends the line.

    Raises:
        TemplateFault: a link, a picture or code, said to stand where `at` stands.
    """
    found: list[list[Run]] = [[]]
    for run in _runs(nodes, Run(""), at):
        if run is _END_OF_LINE:
            found.append([])
        else:
            found[-1].append(run)
    return tuple(line for line in (_set(runs, language) for runs in found) if line)


def without(line: Line, length: int) -> Line:
    """Cut the first `length` characters off a line."""
    kept: list[Run] = []
    for run in line:
        cut = min(length, len(run.text))
        length -= cut
        if cut < len(run.text):
            kept.append(replace(run, text=run.text[cut:]))
    return tuple(kept)


def _runs(nodes: Iterable[SyntaxTreeNode], face: Run, at: SyntaxTreeNode) -> Iterator[Run]:
    for node in nodes:
        if node.type in _TEXTS:
            yield replace(face, text=node.content)
        elif node.type == "softbreak":
            yield replace(face, text=" ")
        elif node.type == "hardbreak":
            yield _END_OF_LINE
        elif node.type == "strong":
            yield from _runs(node.children, replace(face, bold=True), at)
        elif node.type == "em":
            yield from _runs(node.children, replace(face, italic=True), at)
        else:
            raise refused(at, node.type)


def _set(runs: Iterable[Run], language: Language) -> Line:
    """Join what has one face, tie what must not be parted, and lift out the gaps."""
    joined: list[Run] = []
    for run in runs:
        if joined and (joined[-1].bold, joined[-1].italic) == (run.bold, run.italic):
            joined[-1] = replace(joined[-1], text=joined[-1].text + run.text)
        else:
            joined.append(run)
    if joined:
        joined[0] = replace(joined[0], text=joined[0].text.lstrip(" "))
        joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip(" "))
    return tuple(
        piece
        for run in joined
        for piece in _with_gaps(replace(run, text=tied(run.text, language)))
        if piece.text
    )


def _with_gaps(run: Run) -> Iterator[Run]:
    end = 0
    for found in GAP.finditer(run.text):
        yield replace(run, text=run.text[end : found.start()])
        yield replace(run, text=found.group(), gap=True)
        end = found.end()
    yield replace(run, text=run.text[end:])

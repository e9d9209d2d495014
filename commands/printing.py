"""Lay text out: 80 columns on a narrow terminal, wide on a wide one, whole when piped."""

import json
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import click

GAP = "  "
NARROWEST = 12
"""Columns a column keeps however narrow the terminal is."""


def width() -> int | None:
    """Give the columns of the terminal; None where the output is piped and nothing is cut."""
    return shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else None


def cells(text: str) -> int:
    """Count the cells a text takes: a combining mark none, a wide sign two."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )


def plain(text: object) -> str:
    """Take out of a value what would move a terminal's cursor or change its direction."""
    return "".join(
        sign if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cf"} else "�"
        for sign in str(text).replace("\t", " ").replace("\u00ad", "")
    )


def padded(text: str, to: int) -> str:
    """Fill a text with blanks to a number of cells."""
    return text + " " * (to - cells(text))


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Lay out rows under headings; what does not fit is wrapped in its widest columns."""
    texts = [[plain("" if value is None else value) for value in row] for row in rows]
    if not texts:
        return []
    widths = [
        max(cells(line) for text in column for line in text.split("\n"))
        for column in zip(headings, *texts, strict=True)
    ]
    room = width()
    if room is not None:
        spare = room - len(GAP) * (len(widths) - 1)
        while sum(widths) > spare and max(widths) > NARROWEST:
            widths[widths.index(max(widths))] -= 1
    lines: list[str] = []
    for row in [list(headings), *texts]:
        wrapped = [_wrap(text, size) for text, size in zip(row, widths, strict=True)]
        for number in range(max(len(column) for column in wrapped)):
            parts = [
                padded(column[number] if number < len(column) else "", size)
                for column, size in zip(wrapped, widths, strict=True)
            ]
            lines.append(GAP.join(parts).rstrip())
        if row is not texts[-1] and len(lines) == 1:
            lines.append(GAP.join("-" * size for size in widths))
    return lines


def _wrap(text: str, size: int) -> list[str]:
    found: list[str] = []
    for line in text.split("\n"):
        if cells(line) <= size:
            found.append(line)
        else:
            found += textwrap.wrap(line, size, break_on_hyphens=False) or [""]
    return found


def paragraph(text: str, *, first: str = "", rest: str | None = None) -> list[str]:
    """Wrap a text under a hanging indent; whole when piped."""
    room = width()
    indent = " " * cells(first) if rest is None else rest
    lines: list[str] = []
    for line in plain(text).split("\n"):
        if room is None:
            lines.append((indent if lines else first) + line)
        else:
            lines += textwrap.wrap(
                line,
                room,
                initial_indent=indent if lines else first,
                subsequent_indent=indent,
                break_on_hyphens=False,
                break_long_words=False,
            ) or [first]
    return lines


def write(lines: Iterable[str], *, err: bool = False) -> None:
    """Print lines."""
    for line in lines:
        click.echo(line, err=err)


def write_json(value: Mapping[str, object] | Sequence[object]) -> None:
    """Print JSON with stable keys, readable and whole."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))

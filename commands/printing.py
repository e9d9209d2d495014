"""Lay text out: 80 columns on a narrow terminal, wide on a wide one, whole when piped."""

import json
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import click

GAP = "  "
MOVING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Kinds of signs that do not stand for themselves: controls, formats, halves, separators."""
NARROWEST = 8
"""Cells a column keeps however narrow the terminal is."""
SMALLEST = 40
"""Columns a terminal has at least: on a smaller one it folds the lines itself."""
LONGEST_RULE = 60
"""Dashes under a heading at most: a text piped whole may be of any length."""


def width() -> int | None:
    """Give the columns of the terminal; None where the output is piped and nothing is cut."""
    # Without a standard output (`accord list >&-`) Python has None in its place.
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    return max(SMALLEST, shutil.get_terminal_size((80, 24)).columns)


def cells(text: str) -> int:
    """Count the cells a text takes: a combining mark none, a wide sign two."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )


def plain(text: object) -> str:
    """Take out of a value what would move a terminal's cursor or change its direction."""
    return "".join(
        sign if sign == "\n" or unicodedata.category(sign) not in MOVING else "�"
        for sign in str(text).replace("\t", " ").replace("\u00ad", "")
    )


def is_text(text: str) -> bool:
    """Say whether a text is free of control characters and of halves of signs."""
    return text.isprintable() or not any(
        unicodedata.category(sign) in {"Cc", "Cs"}
        for sign in text.replace("\n", "").replace("\t", "")
    )


def padded(text: str, to: int) -> str:
    """Fill a text with blanks to a number of cells."""
    return text + " " * (to - cells(text))


def table(
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    notes: Sequence[str] = (),
) -> list[str]:
    """Lay out rows under headings; what does not fit is wrapped, where it can between words.

    Args:
        headings: of the columns.
        rows: the values; None leaves a place empty.
        notes: for each row a text that stands under it, over the whole width; "" for none.
    """
    texts = [[plain("" if value is None else value) for value in row] for row in rows]
    if not texts:
        return []
    widths = _widths([list(column) for column in zip(headings, *texts, strict=True)])
    lines = _row(headings, widths)
    lines.append(GAP.join("-" * min(size, LONGEST_RULE) for size in widths))
    indent = " " * (widths[0] + len(GAP))
    for number, row in enumerate(texts):
        lines += _row(row, widths)
        if number < len(notes) and notes[number]:
            lines += paragraph(notes[number], first=indent)
    return lines


def _widths(columns: Sequence[Sequence[str]]) -> list[int]:
    """Give each column the room of its longest line, or what a narrow terminal leaves it.

    The widest column gives way first, none below its longest word while another can still give.
    """
    widths = [
        max(cells(line) for text in column for line in text.split("\n")) for column in columns
    ]
    room = width()
    if room is None:
        return widths
    words = [
        max(cells(word) for text in column for word in [*text.split(), ""]) for column in columns
    ]
    spare = room - len(GAP) * (len(widths) - 1)
    for least in (words, [min(word, NARROWEST) for word in words]):
        while sum(widths) > spare:
            giving = [place for place, size in enumerate(widths) if size > least[place]]
            if not giving:
                break
            widths[max(giving, key=lambda place: widths[place])] -= 1
    return widths


def _row(texts: Sequence[str], widths: Sequence[int]) -> list[str]:
    wrapped = [_wrap(text, size) for text, size in zip(texts, widths, strict=True)]
    return [
        GAP.join(
            padded(column[number] if number < len(column) else "", size)
            for column, size in zip(wrapped, widths, strict=True)
        ).rstrip()
        for number in range(max(len(column) for column in wrapped))
    ]


def _wrap(text: str, size: int) -> list[str]:
    found: list[str] = []
    for line in text.split("\n"):
        if cells(line) <= size:
            found.append(line)
        else:
            found += _fold(line, size)
    return found


def _fold(line: str, size: int) -> list[str]:
    """Fold a line between words to a number of cells; a word that is longer is cut."""
    folded, begun = [], ""
    for word in line.split():
        joined = f"{begun} {word}" if begun else word
        if cells(joined) <= size:
            begun = joined
            continue
        if begun:
            folded.append(begun)
        begun = word
        while cells(begun) > size:
            end = _fitting(begun, size)
            folded.append(begun[:end])
            begun = begun[end:]
    return [*folded, begun]


def _fitting(word: str, size: int) -> int:
    """Give how many signs of a word fit; one at least, with the marks that stand on it."""
    taken = 0
    for place, sign in enumerate(word):
        taken += cells(sign)
        if taken > size and place:
            return place
    return len(word)


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
    """Print lines; whatever they hold, none moves the cursor of a terminal."""
    for line in lines:
        click.echo(plain(line), err=err)


def write_json(value: Mapping[str, object] | Sequence[object]) -> None:
    """Print JSON with stable keys, readable and whole; signs that move a cursor are escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    click.echo(
        "".join(
            json.dumps(sign)[1:-1]
            if sign != "\n" and unicodedata.category(sign) in MOVING
            else sign
            for sign in text
        )
    )

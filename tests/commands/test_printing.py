"""What is printed: wrapped on a terminal, whole in a pipe, and never moving a cursor."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import printing
from commands.printing import cells, paragraph, plain, table

HEADINGS = ("#", "partner", "title")
ROWS = [(1, "Łódź", "Przystąpienie do Związku Miast Polskich"), (22, "Kioto 京都", None)]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A terminal, 80 columns wide until a test says otherwise."""
    monkeypatch.setattr(printing, "width", lambda: 80)
    return monkeypatch


def wide(patch: pytest.MonkeyPatch, columns: int) -> None:
    patch.setattr(printing, "width", lambda: columns)


def test_in_a_pipe_a_table_is_whole_and_aligned() -> None:
    assert table(HEADINGS, ROWS) == [
        "#   partner     title",
        "--  ----------  ---------------------------------------",
        "1   Łódź        Przystąpienie do Związku Miast Polskich",
        "22  Kioto 京都",
    ]


def test_no_rows_make_no_table() -> None:
    assert table(HEADINGS, []) == []


@pytest.mark.usefixtures("terminal")
def test_on_a_narrow_terminal_the_widest_column_wraps_between_words(
    terminal: pytest.MonkeyPatch,
) -> None:
    wide(terminal, 40)

    assert table(HEADINGS, ROWS) == [
        "#   partner     title",
        "--  ----------  ------------------------",
        "1   Łódź        Przystąpienie do Związku",
        "                Miast Polskich",
        "22  Kioto 京都",
    ]


def test_a_word_is_cut_only_where_nothing_else_can_give(terminal: pytest.MonkeyPatch) -> None:
    wide(terminal, 40)

    lines = table(("a", "b"), [("x" * 30, "y" * 30), ("short", "words that give way first")])

    assert max(cells(line) for line in lines) <= 40
    assert "".join(line[:19].strip() for line in lines[2:4]) == "x" * 30


def test_a_note_stands_under_its_row_over_the_whole_width(terminal: pytest.MonkeyPatch) -> None:
    wide(terminal, 40)

    lines = table(("#", "step"), [(1, "open"), (2, "propose")], notes=["", "a note " * 8])

    assert lines == [
        "#  step",
        "-  -------",
        "1  open",
        "2  propose",
        "   a note a note a note a note a note a",
        "   note a note a note",
    ]


def test_a_long_text_in_a_pipe_does_not_draw_a_long_rule() -> None:
    lines = table(("what",), [("word " * 100,)])

    assert len(lines[1]) == printing.LONGEST_RULE
    assert lines[2].count("word") == 100


cell = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), max_size=60)


@given(st.lists(st.tuples(cell, cell, cell), min_size=1, max_size=5), st.integers(40, 120))
def test_a_table_fits_and_loses_no_sign(rows: list[tuple[str, str, str]], columns: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        wide(patch, columns)
        lines = table(("a", "b", "c"), rows)

    told = "".join(lines)
    assert all(cells(line) <= columns for line in lines)
    for sign in {sign for row in rows for text in row for sign in text if not sign.isspace()}:
        assert told.count(sign) >= sum(text.count(sign) for row in rows for text in row)


def test_a_paragraph_hangs_under_its_first_line(terminal: pytest.MonkeyPatch) -> None:
    wide(terminal, 40)

    assert paragraph("one two three four five six seven eight", first="  - ") == [
        "  - one two three four five six seven",
        "    eight",
    ]
    assert paragraph("", first="  - ") == ["  - "]
    assert paragraph("a\nb", first="> ", rest="  ") == ["> a", "  b"]


def test_a_paragraph_in_a_pipe_is_one_line() -> None:
    assert paragraph("word " * 40, first="- ") == ["- " + "word " * 40]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Łódź „miasto”", "Łódź „miasto”"),
        ("[bold]red[/bold]", "[bold]red[/bold]"),
        ("\x1b[31mred\x1b[0m", "�[31mred�[0m"),
        ("\x9b31mred", "�31mred"),
        ("back\x08\x08\rreturn", "back���return"),
        ("left\u202eright", "left�right"),
        ("half \udc80", "half �"),
        ("line\u2028line", "line�line"),
        ("tab\tsoft\u00adhyphen", "tab softhyphen"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_nothing_in_a_value_moves_the_cursor(
    text: str, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert plain(text) == shown

    printing.write([text])
    assert capsys.readouterr().out == shown + "\n"

    printing.write([text], err=True)
    assert capsys.readouterr().err == shown + "\n"


@given(st.text())
def test_json_is_whole_and_moves_no_cursor_either(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        said: list[str] = []
        patch.setattr("click.echo", said.append)
        printing.write_json({"text": text})

    assert json.loads(said[0]) == {"text": text}
    assert plain(said[0]) == said[0].replace("\u00ad", "")


@pytest.mark.parametrize(("columns", "taken"), [(80, 80), (200, 200), (3, printing.SMALLEST)])
def test_the_width_is_that_of_the_terminal(
    columns: int, taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", str(columns))

    assert printing.width() == taken


def test_there_is_no_width_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert printing.width() is None

    monkeypatch.setattr("sys.stdout", None)
    assert printing.width() is None

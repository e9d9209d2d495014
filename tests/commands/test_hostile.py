"""Whatever is typed, nobody sees a traceback, a cursor moved by data, or half a record."""

import json
import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.commandline import CommandLine
from tests.commands.conftest import BEFORE_COUNCIL, IN_FORCE, INFORMAL, PROPOSED
from tests.ordinary import ADMINISTRATOR, MANAGER

MISCHIEF = {
    "nothing": "",
    "blank": "   ",
    "a NUL": "a\x00b",
    "an escape": "\x1b[2J\x1b[31mred",
    "a C1 control": "\x9b2J",
    "a right-to-left override": "\u202etxt.exe",
    "half a surrogate": "a\udc80b",
    "markup": "[bold red]x[/]",
    "a placeholder": "{reference} %s {{ 7*7 }} ${HOME}",
    "SQL": "'; DROP TABLE event; --",
    "a formula": '=HYPERLINK("http://x")',
    "a line end": "one\ntwo\r\nthree",
    "look-alikes": "КRК-2026-0001",
    "combining marks": "Lo\u0301dz\u0301",
    "emoji": "👩‍👩‍👧 🇵🇱",
    "a long one": "x" * 100_000,
    "an option": "--help-me",
}
"""What can be typed by accident, or not by accident."""
mischief = pytest.mark.parametrize("kind", MISCHIEF)


def shown(text: str) -> None:
    """See that nothing in what was shown moves a cursor or cannot be encoded."""
    text.encode()
    assert not [
        sign for sign in text if sign != "\n" and unicodedata.category(sign) in {"Cc", "Cf", "Cs"}
    ]


@pytest.mark.parametrize(
    "line",
    [
        ("show", "{}"),
        ("list", "--partner={}"),
        ("list", "--state={}"),
        ("list", "--officer={}"),
        ("list", "--after={}"),
        ("list", "--limit={}"),
        ("why", INFORMAL, "{}"),
        ("why", BEFORE_COUNCIL, "adopt", "votes={}"),
        ("plan", INFORMAL, "--to={}"),
        ("search", "{}"),
        ("partner", "show", "{}"),
        ("law", "show", "{}"),
        ("history", "verify", "{}"),
        ("--as={}", "desk"),
        ("{}",),
    ],
    ids=" ".join,
)
def test_looking_with_anything_is_answered(line: Sequence[str], accord: CommandLine) -> None:
    for number, text in enumerate(MISCHIEF.values()):
        words = [word.replace("{}", text) for word in line]

        said = accord(*words, lang=("pl", "en")[number % 2])

        assert said.code in {0, 1, 2}
        assert "Błąd programu" not in said.err
        assert "The program failed" not in said.err
        assert len(said.err) < 8000
        shown(said.out)
        shown(said.err)


@mischief
def test_a_text_is_kept_as_it_is_or_refused(kind: str, accord: CommandLine) -> None:
    text = MISCHIEF[kind]
    line = ("open", "cusco", f"title={text}", "idea=x", "date=2026-01-02")

    said = accord(*line)

    shown(said.out + said.err)
    assert said.code in {0, 2}, said.err
    if said.code == 0:
        page = accord.done("show", "KRK-2026-0007")
        shown(page)
        title = accord.data("show", "KRK-2026-0007")["title"]
        assert unicodedata.normalize("NFC", text).split() == title.split()


@mischief
def test_a_partner_of_any_name_is_added_or_refused(kind: str, accord: CommandLine) -> None:
    said = accord("partner", "add", "--kind", "city", "--slug", "new", "--", MISCHIEF[kind])

    shown(said.out + said.err)
    assert said.code in {0, 2}, said.err
    if said.code == 0:
        shown(accord.done("partner", "show", "new"))
        shown(accord.done("partner", "list"))
        shown(json.dumps(accord.data("partner", "list")))


@mischief
def test_a_reason_of_any_kind_is_kept_or_refused(kind: str, accord: CommandLine) -> None:
    said = accord("return", PROPOSED, f"--reason={MISCHIEF[kind]}", who=MANAGER)

    shown(said.out + said.err)
    assert said.code in {0, 2}, said.err
    shown(accord.done("show", PROPOSED))
    shown(accord.done("history", "show", PROPOSED))
    assert "the history is intact" in accord.done("history", "verify")


@mischief
def test_a_person_and_a_setting_of_any_kind_are_kept_or_refused(
    kind: str, accord: CommandLine
) -> None:
    text = MISCHIEF[kind]

    for line in (
        ("person", "add", "--name", text or "x", "--role", "clerk", "--", f"new{text}"),
        ("law", "setting", "--source", f"x{text}", "--", "mayor", text or "x"),
    ):
        said = accord(*line, who=ADMINISTRATOR)
        shown(said.out + said.err)
        assert said.code in {0, 2}, said.err
    shown(accord.done("person", "list"))
    shown(accord.done("law", "setting"))


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ("votes=many", "votes"),
        ("votes=1/2", "votes"),
        ("votes=-1/2/3", "votes"),
        ("votes=1.5/2/3", "votes"),
        ("votes=٣/٢/١", "votes"),
        ("present=forty", "present"),
        ("present=99999999999999999999", "present"),
        ("present=-1", "present"),
        ("date=2026-02-30", "date"),
        ("date=03/04/2026", "date"),
        ("date=tomorrow", "date"),
        ("resolution=", "resolution"),
    ],
)
def test_an_input_of_the_wrong_type_is_named_with_a_right_one(
    given: str, what: str, accord: CommandLine
) -> None:
    words = {"resolution": "XLVIII/1325/26", "date": "2026-03-25", "votes": "30/2/1"}
    line = [f"{name}={value}" for name, value in {**words, "present": "40"}.items() if name != what]

    told = accord.wrong("advance", BEFORE_COUNCIL, "adopt", *line, given)

    assert what in told
    assert f"example: {what}=" in told, told


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    words=st.lists(
        st.sampled_from(["show", "list", "why", "desk", "options", "history", "plan", IN_FORCE])
        | st.sampled_from(["--json", "--state", "--lang", "--after", "--to", "--", "-h", "adopt"])
        | st.text(max_size=12),
        max_size=6,
    )
)
def test_any_line_at_all_is_answered(words: list[str], accord: CommandLine) -> None:
    said = accord(*words)

    assert said.code in {0, 1, 2}
    assert "The program failed" not in said.err
    assert "Błąd programu" not in said.err
    shown(said.out + said.err)

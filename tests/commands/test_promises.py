"""What every command promises: a trial leaves the register as it was, and JSON keeps its keys."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.commandline import CommandLine
from tests.commands.conftest import BEFORE_COUNCIL, IN_FORCE, INFORMAL, PROPOSED
from tests.commands.test_help import EVERY
from tests.office import CaseFile, Office
from tests.ordinary import ADMINISTRATOR, CLERK, COLLEAGUE, MANAGER, OFFICER

WAIVER = (
    "waive", BEFORE_COUNCIL, "number_format", "--for", "adopt", "resolution=XCLX/1495/14",
    "date=2026-03-25", "votes=30/2/1", "present=40", "--reason", "jak w oryginale",
)  # fmt: skip


class Typed(NamedTuple):
    """A command that changes the register, who types it, and what must be there before."""

    words: Sequence[str]
    who: str = OFFICER
    before: Sequence[tuple[Sequence[str], str]] = ()


SEATED = (("partner", "edit", "eurocities", "seat=Brussels", "--source", "statut"), OFFICER)
CITED = (
    ("law", "setting", "usg_reference", "Dz.U. z 2025 r. poz. 1153", "--source", "Dz.U."),
    ADMINISTRATOR,
)
ENDORSED = (("endorse", PROPOSED), MANAGER)
DRAFTED = (("draft", "new", PROPOSED, "joining_resolution"), CLERK)
CORRECTED = (("correct", PROPOSED, "2", "date=2026-03-01", "-r", "omyłka"), OFFICER)
CHANGING: Mapping[str, Typed] = {
    "open": Typed(("open", "cusco", "title=T", "idea=x", "date=2026-01-02")),
    "raise": Typed(
        ("raise", IN_FORCE, "purpose=end", "date=2026-11-02", "justification=x", "objectives=y")
    ),
    "advance": Typed(("advance", INFORMAL, "negotiate", "date=2026-03-05", "instruction=x")),
    "endorse": Typed(("endorse", PROPOSED), MANAGER),
    "return": Typed(("return", PROPOSED, "-r", "x"), MANAGER),
    "decline": Typed(("decline", PROPOSED, "-r", "x"), MANAGER),
    "waive": Typed(WAIVER),
    "correct": Typed(("correct", PROPOSED, "1", "idea=Rada", "-r", "x")),
    "confirm": Typed(("confirm", PROPOSED, "3"), MANAGER, (CORRECTED,)),
    "retract": Typed(("retract", PROPOSED, "-r", "x"), MANAGER),
    "tick": Typed(("tick",)),
    "partner add": Typed(("partner", "add", "Rome", "--kind", "city")),
    "partner edit": Typed(("partner", "edit", "leipzig", "mayor=x", "--source", "y")),
    "partner rename": Typed(
        ("partner", "rename", "leipzig", "--name-pl", "L", "--on", "2026", "--document", "x")
    ),
    "partner succeed": Typed(
        ("partner", "succeed", "leipzig", "--by", "cusco", "--on", "2026", "--document", "x")
    ),
    "activity add": Typed(("activity", "add", "7", "Wystawa", "--period", "2026")),
    "act attach": Typed(("act", "attach", IN_FORCE, "1", "letter", "--original", "szafa 3")),
    "draft new": Typed(("draft", "new", PROPOSED, "joining_resolution"), CLERK, (ENDORSED,)),
    "draft finalise": Typed(
        ("draft", "finalise", PROPOSED, "joining_resolution", "--format", "md"),
        CLERK,
        (SEATED, CITED, ENDORSED, DRAFTED),
    ),
    "person add": Typed(
        ("person", "add", "jola", "--name", "Jola", "--role", "clerk"), ADMINISTRATOR
    ),
    "person substitute": Typed(
        (
            "person", "substitute", COLLEAGUE, "--for", MANAGER, "--until", "2026-11-30",
            "--authority", "OR-1",
        ),
        MANAGER,
    ),
    "person assign": Typed(("person", "assign", COLLEAGUE, INFORMAL), MANAGER),
    "law setting": Typed(("law", "setting", "mayor", "X", "--source", "y"), ADMINISTRATOR),
}  # fmt: skip
ENGLISH = re.compile(
    r"\b(the|and|of|by|step|state|due|name|kind|entry|recorded|version|missing|needed|case|cases"
    r"|officer|manager|clerk|mayor|city|yes|no|for|from|rule|kept|what|nothing|in order)\b",
    re.IGNORECASE,
)
ELSEWHERE = ("init", "database upgrade", "register ", "draft ")
"""Commands that files of their own try: whole databases, imports, texts from outside."""

SHOWING: Mapping[tuple[str, ...], set[str]] = {
    ("list",): {
        "reference", "partner", "title", "form", "state", "officer", "due_on", "ends_on",
        "file_number", "version", "awaits",
    },
    ("show", IN_FORCE): {
        "reference", "title", "file_number", "partner", "form", "state", "version", "officer",
        "definition", "lapsed", "since", "due_on", "ends_on", "links", "drafts", "acts",
        "retracted",
    },
    ("options", PROPOSED): {
        "step", "form", "to", "authority", "recorded_by", "mine", "inputs", "optional",
        "documents", "barred_by",
    },
    ("why", PROPOSED, "endorse"): {"reference", "step", "lawful", "findings"},
    ("plan", PROPOSED): {
        "step", "form", "to", "authority", "recorded_by", "documents", "inputs", "earliest",
        "expected",
    },
    ("search", "leipzig"): {"what", "name", "name_pl", "name_en", "about"},
    ("tick",): {"reference", "step", "state"},
    ("partner", "list"): {"slug", "kind", "country", "name_pl", "name_en", "cases"},
    ("partner", "show", "leipzig"): {
        "slug", "kind", "country", "name_pl", "name_en", "facts", "cases",
    },
    ("activity", "list"): {"id", "tool", "title", "period", "place", "partners", "cases"},
    ("person", "list"): {"login", "name", "active", "roles"},
    ("history", "show", PROPOSED): {
        "actor", "awaits", "case", "definition", "due_on", "effective_on", "ends_on",
        "file_number", "findings", "form", "inputs", "login", "new_form", "officer",
        "on_behalf_of", "partner", "recorded_at", "role", "sequence", "source", "step", "target",
        "title",
    },
    ("history", "verify"): {"cases", "events", "breaches"},
    ("law", "show"): {"id", "citation", "text", "source"},
    ("database", "check"): {"database", "edition", "faults"},
    ("draft", "kinds", PROPOSED): {"kind", "needed_for", "version", "final", "stale"},
    ("draft", "list", IN_FORCE): {"kind", "version", "final", "stale"},
}  # fmt: skip


def prepared(typed: Typed, accord: CommandLine) -> Typed:
    for words, who in typed.before:
        accord.done(*words, who=who)
    return typed


@pytest.mark.parametrize("name", CHANGING)
def test_a_trial_says_what_would_be_and_changes_nothing(
    name: str, office: Office, accord: CommandLine, tmp_path: Path
) -> None:
    typed = prepared(CHANGING[name], accord)
    before, files = office.dump(), sorted(tmp_path.iterdir())

    said = accord(*typed.words, "--dry-run", who=typed.who)

    assert (said.code, said.err) == (0, "accord: A trial: nothing was written.\n"), said
    assert said.out
    assert office.dump() == before
    assert sorted(tmp_path.iterdir()) == files


@pytest.mark.parametrize("name", CHANGING)
def test_without_the_word_the_same_is_done(name: str, office: Office, accord: CommandLine) -> None:
    typed = prepared(CHANGING[name], accord)
    before = office.dump()

    trial = accord(*typed.words, "--dry-run", who=typed.who, lang="pl")
    said = accord(*typed.words, who=typed.who, lang="pl")

    assert (said.code, said.err) == (0, ""), said
    assert said.out.splitlines()[0] == trial.out.splitlines()[0]
    assert trial.err == "accord: Na próbę: niczego nie zapisano.\n"
    assert office.dump() != before


def test_every_command_that_changes_something_was_tried_here() -> None:
    changing = {
        name for name, command in EVERY.items() if "dry" in {p.name for p in command.params}
    }

    assert {name for name in changing - set(CHANGING) if not name.startswith(ELSEWHERE)} == set()


def test_a_refused_trial_is_refused(accord: CommandLine) -> None:
    assert "takes the role of manager" in accord.refused("endorse", PROPOSED, "--dry-run")


@pytest.mark.parametrize("words", SHOWING, ids=" ".join)
def test_json_keeps_its_keys_and_is_one_document(
    words: tuple[str, ...], accord: CommandLine
) -> None:
    shown = accord.data(*words)

    assert shown
    for one in shown if isinstance(shown, list) else [shown]:
        assert set(one) == SHOWING[words]


@pytest.mark.parametrize("words", [words for words in SHOWING if words != ("tick",)], ids=" ".join)
def test_json_is_the_same_in_either_language_but_for_texts(
    words: tuple[str, ...], accord: CommandLine
) -> None:
    english = json.loads(accord.done(*words, "--json"))
    polish = json.loads(accord.done(*words, "--json", lang="pl"))

    if words == ("law", "show"):
        assert [one["id"] for one in polish] == [one["id"] for one in english]
        assert polish != english
    else:
        assert sorted(map(str, polish)) == sorted(map(str, english))


@pytest.mark.parametrize("words", SHOWING, ids=" ".join)
def test_a_page_in_polish_is_polish(words: tuple[str, ...], accord: CommandLine) -> None:
    page = accord.done(*words, lang="pl")

    # What is typed (steps, kinds, names of rules) is one word, the same in both languages; the
    # name of the City, of a file and of a source are as they are.
    for given in ("Royal Capital City of Krakow", accord.office.database.url):
        page = page.replace(given, "")
    assert ENGLISH.findall(re.sub(r"źródło: .*|^[a-z0-9-]+:", "", page, flags=re.MULTILINE)) == []


def test_nothing_to_show_is_an_empty_list(accord: CommandLine) -> None:
    assert accord.data("list", "--state", "closed") == []
    assert accord.data("search", "x y z") == []
    assert accord.data("desk", who=ADMINISTRATOR) == {}


def test_a_refusal_leaves_the_output_of_json_empty(accord: CommandLine) -> None:
    assert "There is no case" in accord.refused("show", "KRK-1", "--json")


def test_the_page_as_json_carries_every_input(office: Office, accord: CommandLine) -> None:
    shown = accord.data("show", IN_FORCE)

    assert [act["step"] for act in shown["acts"]] == [
        event.step for event in CaseFile(office, IN_FORCE).events
    ]
    adopted = next(act for act in shown["acts"] if act["step"] == "adopt")
    assert adopted["inputs"] == {
        "resolution": "XLVIII/1325/26",
        "date": "2026-03-02",
        "votes": {"for": 30, "against": 2, "abstained": 1},
        "present": 40,
    }

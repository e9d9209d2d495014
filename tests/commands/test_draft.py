"""Documents of a case on the command line: needed, written, shown, made final."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.commandline import CommandLine
from tests.commands.conftest import INFORMAL, PROPOSED
from tests.ordinary import ADMINISTRATOR, AUDITOR, CLERK, MANAGER, OFFICER

NEW = ("draft", "new", PROPOSED, "joining_resolution")
FINALISE = ("draft", "finalise", PROPOSED, "joining_resolution")
KINDS = ("draft", "kinds", PROPOSED)


@pytest.fixture
def endorsed(accord: CommandLine) -> CommandLine:
    """The office after the proposal was endorsed, with every fact on file."""
    accord.done("endorse", PROPOSED, who=MANAGER)
    accord.done("partner", "edit", "eurocities", "seat=Brussels", "--source", "statut")
    law = ("law", "setting", "usg_reference", "t.j. Dz.U. z 2025 r. poz. 1153")
    accord.done(*law, "--source", "Dz.U.", who=ADMINISTRATOR)
    return accord


def files(folder: Path) -> set[str]:
    return {path.name.removeprefix(f"{PROPOSED}-") for path in folder.glob(f"{PROPOSED}-*")}


def test_what_a_case_needs_now_stands_first(endorsed: CommandLine) -> None:
    needs = endorsed.data(*KINDS)

    assert [need["kind"] for need in needs[:2]] == ["joining_resolution", "mayor_ordinance"]
    assert all(need["needed_for"] == ["submit_to_council"] for need in needs[:2])
    assert not any(need["needed_for"] for need in needs[2:])
    assert "submit_to_council  missing" in endorsed.done(*KINDS)
    assert "submit_to_council  brak" in endorsed.done(*KINDS, lang="pl")


def test_a_draft_is_written_and_its_files_lie_where_asked(
    endorsed: CommandLine, tmp_path: Path
) -> None:
    out = tmp_path / "new folder"

    said = endorsed.done(*NEW, "--languages", "pl+en", "--out", str(out), who=CLERK)

    assert said.startswith(
        f"{PROPOSED}  draft resolution on joining an association, version 1 (pl+en)\n"
        "  left open for later: "
    )
    assert "missing:" not in said
    assert files(out) == {"joining_resolution-v1.docx", "joining_resolution-v1.pdf"}
    assert files(tmp_path) == set()


def test_a_draft_goes_from_missing_to_final(endorsed: CommandLine, tmp_path: Path) -> None:
    def status() -> str:
        return next(need for need in endorsed.done(*KINDS).splitlines() if "joining" in need)

    assert status().endswith("missing")

    endorsed.done(*NEW, "--format", "md", who=CLERK)
    assert status().endswith("version 1, draft")

    endorsed.done("partner", "edit", "eurocities", "seat=Ghent", "--source", "list")
    assert status().endswith("version 1, stale")
    refusal = endorsed.refused(*FINALISE, who=CLERK)
    assert "partner.seat" in refusal

    endorsed.done(*NEW, "--format", "md", who=CLERK)
    said = endorsed.done(*FINALISE, "--format", "docx", who=CLERK)
    assert "version 2 (pl), final\n" in said
    assert status().endswith("version 2, final")
    assert files(tmp_path) == {
        "joining_resolution-v1.md",
        "joining_resolution-v2.md",
        "joining_resolution-v2.docx",
    }


def test_a_draft_with_gaps_is_not_made_final(accord: CommandLine) -> None:
    accord.done("endorse", PROPOSED, who=MANAGER)
    said = accord.done(*NEW, "--format", "md", who=CLERK)

    assert "  missing: " in said
    assert "partner.seat" in accord.refused(*FINALISE, who=CLERK)


def test_a_draft_is_shown_with_its_facts_and_what_has_moved(endorsed: CommandLine) -> None:
    endorsed.done(*NEW, "--format", "md", who=CLERK)
    endorsed.done("partner", "edit", "eurocities", "seat=Ghent", "--source", "list")
    show = ("draft", "show", PROPOSED, "joining_resolution")

    text, facts = endorsed.done(*show), endorsed.done(*show, "--facts", lang="pl")

    assert "  moved: partner.seat: Brussels -> Ghent\n" in text
    assert "Eurocities" in text.partition("moved")[2]
    assert "  zmieniło się: partner.seat: Brussels -> Ghent\n" in facts
    assert "kultura, oświata" in facts
    assert " nie " in facts
    assert "[" not in facts.partition("fakt")[2]
    assert "False" not in facts


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("new", PROPOSED, "poem"), 1, "poem"),
        (("new", "KRK-1", "joining_resolution"), 1, "There is no case KRK-1."),
        (("new", PROPOSED, "joining_resolution", "--languages", "la"), 2, "--languages: 'la'"),
        (("new", PROPOSED, "joining_resolution", "--format", "rtf"), 2, "--format: 'rtf'"),
        (("show", PROPOSED, "joining_resolution"), 1, "There is no draft joining_resolution."),
        (("show", PROPOSED, "joining_resolution", "--version", "0"), 2, "0 is not in the range"),
        (("finalise", PROPOSED, "joining_resolution"), 1, "There is no draft joining_resolution."),
        (("list", INFORMAL), 0, ""),
    ],
)
def test_what_is_not_there_is_said(
    words: Sequence[str], code: int, told: str, accord: CommandLine
) -> None:
    said = accord("draft", *words, who=CLERK)

    assert said.code == code, said
    assert told in said.err
    assert "Traceback" not in said.err


def test_a_case_without_drafts_says_so(accord: CommandLine) -> None:
    assert accord.done("draft", "list", INFORMAL) == "There are no drafts yet.\n"
    assert accord.done("draft", "list", INFORMAL, lang="pl") == "Nie ma jeszcze projektów.\n"


@pytest.mark.parametrize("who", [MANAGER, AUDITOR, ADMINISTRATOR])
def test_drafts_are_written_by_clerks_and_officers(who: str, endorsed: CommandLine) -> None:
    assert "takes the role of" in endorsed.refused(*NEW, who=who)
    endorsed.done(*NEW, "--format", "md", who=OFFICER)


def test_a_file_in_the_place_of_the_folder_is_said(endorsed: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "taken").touch()

    said = endorsed.wrong(*NEW, "--out", str(tmp_path / "taken"), who=CLERK)

    assert "--out: Directory " in said
    assert "is a file" in said

"""The Makefile finds its Python or says what to install; what CI runs is what a developer runs."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# How an interpreter on the PATH can disappoint: each is this one, told to pretend.
SOUND = ""
TOO_OLD = "sys.version_info = (3, 10, 14); "
WITHOUT_ENSUREPIP = "sys.modules['ensurepip'] = None; "


def make(*arguments: str, path: str) -> subprocess.CompletedProcess[str]:
    """Call make as from a fresh shell: nothing of an outer make reaches it."""
    program = shutil.which("make")
    assert program, "make is needed here"
    return subprocess.run(  # noqa: S603 - the arguments are composed in this file
        (program, *arguments),
        cwd=ROOT,
        env={"PATH": path, "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def shell_with(folder: Path, interpreters: Mapping[str, str | None]) -> str:
    """Lay out a PATH with only these interpreters; None is a stand-in that cannot start one."""
    folder.mkdir()
    for name, pretence in interpreters.items():
        start = f'exec "{sys.executable}" -c "import sys; {pretence}$2"'
        fake = folder / name
        fake.write_text(f"#!/bin/sh\n{'exit 127' if pretence is None else start}\n")
        fake.chmod(0o755)
    return str(folder)


def test_make_alone_lists_what_it_does() -> None:
    answer = make(path=os.environ["PATH"])

    offered = re.findall(r"^make (\w+) +\S.*$", answer.stdout, re.MULTILINE)
    everything = {"help", "demo", "test", "check", "verify", "ordeal", "bench", "clean"}
    assert everything <= set(offered)
    assert len(offered) == len(answer.stdout.splitlines())


@pytest.mark.parametrize(
    ("interpreters", "taken"),
    [
        ({"python3": SOUND}, "python3"),
        ({"python3.12": SOUND, "python3": SOUND}, "python3.12"),
        ({"python3.13": None, "python3.11": SOUND}, "python3.11"),
        ({"python3.13": WITHOUT_ENSUREPIP, "python3": SOUND}, "python3"),
    ],
)
def test_make_takes_the_first_interpreter_that_can_do_the_work(
    interpreters: Mapping[str, str | None], taken: str, tmp_path: Path
) -> None:
    path = shell_with(tmp_path / "bin", interpreters)

    planned = make("--dry-run", "--always-make", ".venv/ready", path=path)

    assert planned.stdout.startswith(f"{taken} -m venv "), planned.stderr


@pytest.mark.parametrize(
    "interpreters",
    [
        {},
        {"python3": TOO_OLD},
        {"python3": WITHOUT_ENSUREPIP},
        {"python3.13": None, "python3": TOO_OLD},
    ],
)
def test_make_says_in_one_sentence_what_to_install(
    interpreters: Mapping[str, str | None], tmp_path: Path
) -> None:
    path = shell_with(tmp_path / "bin", interpreters)

    refused = make("--dry-run", "--always-make", ".venv/ready", path=path)

    assert refused.returncode != 0
    assert len(refused.stderr.splitlines()) == 1
    assert "accord needs Python 3.11 or newer with ensurepip: install" in refused.stderr


def test_what_ci_runs_is_what_a_developer_runs() -> None:
    script = ROOT / ".ci" / "run"
    lines = script.read_text(encoding="utf-8").splitlines()

    commands = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]

    assert commands == ["make check test"]
    assert os.access(script, os.X_OK)

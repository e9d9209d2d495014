"""The house keeps its own rules: imports one way, versions held, a wheel that works anywhere."""

import ast
import io
import os
import re
import shutil
import subprocess
import sys
import tokenize
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
HOUSE: dict[str, Any] = tomllib.loads(PYPROJECT)
WHEEL_CONTENT: list[str] = HOUSE["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
LONGEST_MODULE = 500

# Composed, so that this file does not contain what it forbids.
MACHINE_PATHS = re.compile(rb"(?<![\w.-])/(?:wor[k]|far[m]|roo[t]|hom[e]/[a-z]+)/")
REGISTRY_HOSTS = re.compile(rb"py[p]i\.org|python[h]osted|npm[j]s\.|(?:deb|security)\.debia[n]")

SILENCER = re.compile(
    r"#\s*(?:ruff: *)?(?:noqa|type: *ignore|pragma:|ruff: *ignore|mypy: *[\w-]+)"
    r"(?: no cover| no branch)?(?:: *[A-Z]+\d+(?:, *[A-Z]+\d+)*|\[[^]]*\])?(?P<rest>.*)"
)
REASON = re.compile(r"[^\W\d]{2,}\b.*\b[^\W\d]{2,}")

# One import against each rule of the design; lint-imports must name every one of them.
OFFENCES = [
    ("models", "workflow.errors"),
    ("workflow", "drafts"),
    ("workflow", "register"),
    ("drafts", "register"),
    ("register", "drafts"),
    ("drafts", "commands"),
    ("commands", "cli"),
    ("migrations", "workflow.errors"),
    ("models", "migrations"),
    ("workflow", "migrations"),
    ("workflow", "click"),
    ("models", "click"),
    ("drafts", "rich"),
    ("register", "rich"),
    ("workflow.rules", "transitions"),
    ("commands", "transitions"),
    ("register", "jinja2"),
    ("commands", "docx"),
    ("workflow.judge", "workflow.engine"),
    ("workflow.rules", "workflow.judge"),
    ("workflow.facts", "workflow.rules"),
    ("workflow.definition", "workflow.facts"),
    ("workflow.city", "workflow.definition"),
    ("models.vocabulary", "models.base"),
]


def run(*command: str | Path, **where: Any) -> subprocess.CompletedProcess[str]:  # noqa: ANN401 - cwd and env pass through
    """Run a program of this machine and keep what it says."""
    where.setdefault("cwd", ROOT)
    return subprocess.run(  # noqa: S603 - every command is composed in this file
        command, capture_output=True, text=True, check=False, timeout=120, **where
    )


def program(name: str) -> str:
    """Find a program of this machine, wherever it lies."""
    found = shutil.which(name)
    assert found, f"{name} is needed here"
    return found


def tracked(*patterns: str) -> list[Path]:
    """List the project's own files: those in Git, and new ones that it does not ignore."""
    listed = run(
        program("git"), "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns
    )
    assert listed.returncode == 0, listed.stderr
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def other_than_versions(text: str) -> list[str]:
    """Return the lines of a constraints file that hold anything but a name and its version."""
    version = re.compile(r"#.*|[A-Za-z0-9][\w.-]*==\d[\w.+!]*")
    address = re.compile(r"@|://|file:")
    return [
        line for line in text.splitlines() if address.search(line) or not version.fullmatch(line)
    ]


def silenced_without_reason(source: str) -> Iterator[str]:
    """Give each comment that silences a tool and does not say why."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and (found := SILENCER.search(token.string)):
            # Two silencers may share a line; the reason then stands after the last.
            rest = found["rest"]
            while following := SILENCER.search(rest):
                rest = following["rest"]
            if not REASON.search(rest):
                yield f"{token.start[0]}: {token.string}"


def ignored_without_reason(configuration: str) -> Iterator[str]:
    """Give each line that switches a rule of ruff off and does not say why."""
    for table in re.findall(r"(?ms)^\[tool\.ruff\.lint[^\n]*\]\n.*?(?=^\[|\Z)", configuration):
        for line in re.sub(r"(?m)^(?:extend-)?select = .*$", "", table).splitlines():
            code, _, comment = line.partition("#")
            if re.search(r'"[A-Z]+\d*"', code) and not REASON.search(comment):
                yield line


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel as `pipx install .` does, with the build backend of this environment."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-build-isolation", "--no-cache-dir", "--wheel-dir", str(folder)]

    built = run(sys.executable, "-m", "pip", "wheel", *options, ".")

    assert built.returncode == 0, built.stderr
    return next(folder.glob("krakow_accord-*.whl"))


def test_constraints_hold_versions_and_no_address() -> None:
    constraints = (ROOT / "constraints.txt").read_text(encoding="utf-8")

    assert "==" in constraints
    assert other_than_versions(constraints) == []


@pytest.mark.parametrize(
    "line",
    [
        "rich @ file:///wheels/rich.whl",
        "rich==15.0.0 @ somewhere",
        "--index-url https://example.org/simple",
        "# taken from https://example.org/simple",
        "file:rich.whl",
        "-e .",
        "rich>=15",
        "rich",
    ],
)
def test_a_constraint_with_an_address_or_without_a_version_is_refused(line: str) -> None:
    assert other_than_versions(f"click==8.5.1\n{line}\n") == [line]


def test_every_dependency_is_held_at_a_version_its_range_allows() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line.split("==") for line in lines if not line.startswith("#")]
    held = {canonicalize_name(name): version for name, version in pins}
    extras = HOUSE["project"]["optional-dependencies"]
    wanted = [*HOUSE["project"]["dependencies"], *extras["dev"], *extras["postgres"]]

    loose = [
        text
        for text, need in ((text, Requirement(text)) for text in wanted)
        if not need.specifier.contains(held.get(canonicalize_name(need.name), "0"))
    ]

    assert loose == [], "call make constraints"


def test_no_module_is_longer_than_the_house_allows() -> None:
    lengths = {path: len(path.read_bytes().splitlines()) for path in tracked("*.py")}

    assert Path(__file__) in lengths
    assert {path: n for path, n in lengths.items() if n > LONGEST_MODULE} == {}


@pytest.mark.parametrize(
    ("forbidden", "example"),
    [
        (MACHINE_PATHS, ("see /ho", "me/anna/register.db")),
        (MACHINE_PATHS, ('"/ro', 'ot/.cache"')),
        (REGISTRY_HOSTS, ("https://py", "pi.org/simple")),
        (REGISTRY_HOSTS, ("https://files.python", "hosted.org/packages")),
    ],
)
def test_no_file_names_a_path_of_one_machine_or_a_registry(
    forbidden: re.Pattern[bytes], example: tuple[str, str]
) -> None:
    told = [path for path in tracked() if forbidden.search(path.read_bytes())]

    assert told == []
    assert forbidden.search("".join(example).encode())


def test_every_rule_of_ruff_that_is_off_says_why() -> None:
    silent = (
        '[tool.ruff.lint]\nselect = ["ALL"]\nignore = [\n  "EM",\n  "TC", # read at run time\n]'
    )

    assert list(ignored_without_reason(PYPROJECT)) == []
    assert list(ignored_without_reason(silent)) == ['  "EM",']


def test_whatever_is_silenced_in_the_sources_says_why() -> None:
    silent = {
        path.relative_to(ROOT): found
        for path in tracked("*.py")
        if (found := list(silenced_without_reason(path.read_text(encoding="utf-8"))))
    }

    assert silent == {}


@pytest.mark.parametrize(
    ("comment", "accepted"),
    [
        ("# noqa", False),
        ("# noqa: S603", False),
        ("# noqa: S603, S607", False),
        ("# type: ignore[attr-defined]", False),
        ("# type: ignore[attr-defined]  # noqa: S603", False),
        ("# pragma: no cover", False),
        ("# ruff: noqa: D100", False),
        ("# mypy: ignore-errors", False),
        ("# noqa: PLR2004 - digits", False),
        ("# noqa: PLR2004 - ISO 3166 alpha-2", True),
        ("# noqa: S603 - composed here, never typed in", True),
        ("# type: ignore[attr-defined]  # the stubs lag behind", True),
        ("# type: ignore[attr-defined]  # noqa: S603 - the stubs lag behind", True),
        ("# pragma: no cover - only on Windows", True),
        ("# an ordinary remark", True),
    ],
)
def test_a_silencer_needs_a_reason_of_words(comment: str, *, accepted: bool) -> None:
    silent = list(silenced_without_reason(f"import os  {comment}\n"))

    assert silent == ([] if accepted else [f"1: {comment}"])


def test_every_folder_of_code_stands_in_every_list_of_the_house() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    code = packages - {"templates"}
    tools = HOUSE["tool"]

    assert {"commands", "drafts", "migrations", "models", "register", "workflow"} <= code
    assert packages | {"cli.py"} == set(WHEEL_CONTENT)
    assert code == set(tools["importlinter"]["root_packages"])
    assert code | {"cli.py", "tests"} == set(tools["mypy"]["files"])
    assert packages | {"cli"} == set(tools["ruff"]["lint"]["isort"]["known-first-party"])


def test_an_import_against_the_house_is_refused(tmp_path: Path) -> None:
    for name in ["pyproject.toml", *WHEEL_CONTENT]:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, tmp_path / name)
    for offender, imported in OFFENCES:
        place = tmp_path / offender.replace(".", "/")
        module = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
        with module.open("a", encoding="utf-8") as source:
            source.write(f"\nimport {imported}\n")
    for package in ("models", "workflow"):
        (tmp_path / package / "unplaced.py").touch()

    linted = run(Path(sys.executable).with_name("lint-imports"), "--no-cache", cwd=tmp_path)

    seen = " ".join(linted.stdout.split())
    missed = [pair for pair in OFFENCES if f"{' -> '.join(pair)} (l." not in seen]
    assert missed == [], linted.stdout + linted.stderr
    assert "- models.unplaced" in seen
    assert "- workflow.unplaced" in seen


def test_the_front_door_uses_no_tool_of_another_room() -> None:
    # To import-linter a single module at the root is no package of ours, so it is read here.
    source = ast.parse((ROOT / "cli.py").read_text(encoding="utf-8"))

    imported = {
        name.split(".")[0]
        for node in ast.walk(source)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (getattr(node, "module", None), *(alias.name for alias in node.names))
        if name
    }

    assert imported
    assert imported & {"alembic", "docx", "jinja2", "sqlalchemy", "transitions", "typst"} == set()


def test_the_wheel_carries_all_that_accord_reads(wheel: Path) -> None:
    needed = {path.relative_to(ROOT).as_posix() for path in tracked(*WHEEL_CONTENT)}

    carried = set(zipfile.ZipFile(wheel).namelist())

    assert needed - carried == set()
    for pattern in (
        r"templates/\w+/(?:pl|en)\.md\.j2",
        r"workflow/definitions/2026-1\.toml",
        r"workflow/messages\.(?:pl|en)\.toml",
        r"migrations/versions/r0001_\w+\.py",
    ):
        assert any(re.fullmatch(pattern, name) for name in carried), pattern
    assert not any(name.startswith(("tests/", "examples/")) for name in carried)


def test_the_installed_accord_answers_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    # The dependencies are lent by path, which leaves the editable install of this house behind.
    home, elsewhere = tmp_path / "an environment", tmp_path / "elsewhere"
    elsewhere.mkdir()
    venv.create(home, symlinks=True)
    python = home / "bin" / "python"
    site = next(home.glob("lib/python*/site-packages"))
    (site / "lent.pth").write_text(f"{Path(pytest.__file__).parents[1]}\n")
    quiet = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    options = ["install", "--quiet", "--no-deps", "--no-index", "--ignore-installed"]
    pip = [sys.executable, "-m", "pip", "--python", str(python), *options]

    installed = run(*pip, wheel, env=quiet)
    answer = run(home / "bin" / "accord", "--version", cwd=elsewhere, env=quiet)
    question = "import cli, migrations.runner as r; print(cli.__file__, r.head(), sep='\\n')"
    inside = run(python, "-c", question, cwd=elsewhere, env=quiet)

    assert installed.returncode == 0, installed.stderr
    assert (answer.returncode, answer.stderr) == (0, "")
    assert HOUSE["project"]["version"] in answer.stdout
    assert inside.stdout.splitlines()[0] == str(site / "cli.py"), inside.stderr
    assert inside.stdout.splitlines()[1].startswith("r0")

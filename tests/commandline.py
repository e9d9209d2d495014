"""The command line as the office types it: by a login, in a language, on a day of the office.

It runs in this process, through the front door itself. What a real terminal, a real pipe or a
fresh interpreter would change has tests of its own.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

import cli
from tests.office import Office
from tests.ordinary import OFFICER


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


@dataclass
class CommandLine:
    """`accord`, typed in an office."""

    office: Office
    _patch: pytest.MonkeyPatch
    _capture: pytest.CaptureFixture[str]

    def __post_init__(self) -> None:
        """Sit down at the register of the office, on its day."""
        self._patch.setattr("commands.office.moment", self.office.now)
        self._patch.setenv("ACCORD_DATABASE", self.office.database.url)

    def __call__(self, *words: str, who: str = OFFICER, lang: str = "en") -> Said:
        """Type a command as a login."""
        self._patch.setenv("LOGNAME", who)
        self._patch.setenv("ACCORD_LANG", lang)
        self._capture.readouterr()
        code = cli.main(words)
        out, err = self._capture.readouterr()
        assert "Traceback" not in err
        return Said(code, out, err)

    def done(self, *words: str, who: str = OFFICER, lang: str = "en") -> str:
        """Type a command that is done, and give what it says."""
        said = self(*words, who=who, lang=lang)
        assert said.code == 0, said.err
        return said.out

    def data(self, *words: str, who: str = OFFICER) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Type a command that shows data, and give it as read from JSON."""
        return json.loads(self.done(*words, "--json", who=who))

    def refused(self, *words: str, who: str = OFFICER, lang: str = "en") -> str:
        """Type a command that is refused, see that nothing was written, and give the refusal."""
        before = self.office.dump()
        said = self(*words, who=who, lang=lang)
        assert (said.code, said.out) == (1, ""), said
        assert self.office.dump() == before
        return said.err

    def wrong(self, *words: str, who: str = OFFICER, lang: str = "en") -> str:
        """Type a command that is wrong as typed, and give what is said of it."""
        before = self.office.dump()
        said = self(*words, who=who, lang=lang)
        assert (said.code, said.out) == (2, ""), said
        assert self.office.dump() == before
        return said.err


def words_of(given: Mapping[str, str]) -> tuple[str, ...]:
    """Type inputs as words."""
    return tuple(f"{name}={value}" for name, value in given.items())

"""Dated settings: what the office may change without changing the law of the register."""

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

Value = str | int


@dataclass(frozen=True, slots=True)
class Setting:
    """One value of one key, valid from a day (None: always) until a day (None: still)."""

    key: str
    value: Value
    valid_from: dt.date | None
    valid_until: dt.date | None
    source: str

    def valid_on(self, day: dt.date) -> bool:
        """Say whether the value counts on that day; both ends included."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


class Settings:
    """The settings of a register: the packaged ones, overridden by the office's own."""

    def __init__(self, own: Iterable[Setting] = ()) -> None:
        """Lay the office's own settings over the packaged ones; the later entry wins."""
        self._values: dict[str, list[Setting]] = {}
        for setting in (*packaged(), *own):
            self._values.setdefault(setting.key, []).append(setting)

    def on(self, key: str, day: dt.date) -> Setting | None:
        """Give what counted on a day: the office's own before ours, the later before the earlier.

        None means that nobody has stated it: a gap, never a guess.
        """
        return next(
            (setting for setting in reversed(self._values.get(key, ())) if setting.valid_on(day)),
            None,
        )

    def number(self, key: str, day: dt.date) -> int:
        """Give a setting that is a number and is always set.

        Raises:
            KeyError: no such setting is valid on the day.
        """
        setting = self.on(key, day)
        if setting is None:
            raise KeyError(key)
        return int(setting.value)

    def sheet(self, day: dt.date) -> Mapping[str, Value | None]:
        """Give every key with what counts on the day, None where nothing does."""
        return {
            key: (found.value if (found := self.on(key, day)) else None) for key in self._values
        }

    def keys(self) -> tuple[str, ...]:
        """Give the known keys, in the order of the packaged file."""
        return tuple(self._values)


@cache
def packaged() -> tuple[Setting, ...]:
    """Read the settings that ship with the program."""
    text = resources.files("workflow").joinpath("settings.toml").read_text("utf-8")
    return tuple(
        Setting(
            key,
            entry["value"],
            entry.get("valid_from"),
            entry.get("valid_until"),
            entry["source"],
        )
        for key, entries in tomllib.loads(text).items()
        for entry in entries
    )

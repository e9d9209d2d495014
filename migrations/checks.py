"""What the guards check: each rule once, in SQL that both databases read alike.

In a condition `{same}` compares two values of which both may be NULL.
"""

from dataclasses import dataclass

from models.refusals import Refusal

PREFIX = "accord_"
"""What the name of every guard begins with, and of no other trigger or function."""

MOVE = ("definition", "step", "form", "source", "new_form", "target")

FINAL = {
    "act": (),
    "definition": ("id",),
    "draft": ("cooperation_id", "kind", "version"),
    # A number that is taken is out of turn, and that is what the loser of a race should hear.
    "event": (),
    "fact": (),
    "lifecycle": MOVE,
    "link": ("cooperation_id", "sequence", "kind", "target_id"),
    "setting": (),
    "substitution": (),
}
"""Tables whose rows are only ever added, with the key they have beside their number."""

KEPT = {"cooperation": ("reference",), "partner": ("slug",), "person": ("login",)}
"""Tables whose rows change but never go, with the name the history knows them by."""

FOLLOWS = {
    "partner_id": "{event}.partner_id",
    "title": "COALESCE({event}.title, {case}.title)",
    "file_number": "COALESCE({event}.file_number, {case}.file_number)",
    "officer": "COALESCE({event}.officer, {case}.officer)",
    "form": "{event}.new_form",
    "state": "{event}.target",
    "version": "{event}.sequence",
    "definition": "{event}.definition",
    "head": "{event}.hash",
    "since": (
        "CASE WHEN {event}.source <> {event}.target OR {event}.form <> {event}.new_form"
        " THEN {event}.recorded_at ELSE {case}.since END"
    ),
    "due_on": "{event}.due_on",
    "ends_on": "{event}.ends_on",
    "awaits": "{event}.awaits",
}
"""What each column of a case becomes by an event. The move is made from this, and a change by hand
is measured against it; `id` and `reference` are the two that stay."""


@dataclass(frozen=True)
class Check:
    """What is refused before a row is written: the first condition that is true says why."""

    table: str
    operation: str
    conditions: tuple[tuple[Refusal, str], ...]
    only_sqlite: bool = False

    @property
    def name(self) -> str:
        """The name of the trigger, and of its function on PostgreSQL."""
        suffix = "_shape" if self.only_sqlite else ""
        return f"{PREFIX}{self.table}_{self.operation.lower()}{suffix}"


def _follow(template: str, *, event: str, case: str) -> list[str]:
    return [
        template.format(column=column, value=value.format(event=event, case=case))
        for column, value in FOLLOWS.items()
    ]


def stands(table: str, **keys: str) -> str:
    """The condition that `table` holds a row with those columns equal to those of the new row."""
    where = " AND ".join(f"{table}.{column} = NEW.{key}" for column, key in keys.items())
    return f"EXISTS (SELECT 1 FROM {table} WHERE {where})"  # noqa: S608 - all names stand here


MOVES_CASE = " ".join(
    (
        "UPDATE cooperation SET",
        ", ".join(_follow("{column} = {value}", event="NEW", case="cooperation")),
        "WHERE id = NEW.cooperation_id",
    )
)
"""The only change of a case, made after its event was inserted."""

_MIRROR = " AND ".join(
    (
        "event.cooperation_id = OLD.id",
        "event.sequence = OLD.version + 1",
        "event.source = OLD.state",
        "event.form = OLD.form",
        "NEW.id = OLD.id",
        "NEW.reference = OLD.reference",
        *_follow("NEW.{column} {{same}} {value}", event="event", case="OLD"),
    )
)

MIRRORS_EVENT = f"EXISTS (SELECT 1 FROM event WHERE {_MIRROR})"  # noqa: S608 - names stand here

# The case is where the event says it starts, and the chain is taken up at its end.
STANDS_THERE = (
    "EXISTS (SELECT 1 FROM cooperation WHERE id = NEW.cooperation_id"
    " AND version = NEW.sequence - 1 AND state = NEW.source AND form = NEW.form"
    " AND (head IS NULL OR head = NEW.previous))"
)

NEWBORN = (
    "NEW.state {same} 'none' AND NEW.version {same} 0 AND NEW.head IS NULL"
    " AND NEW.since IS NULL AND NEW.due_on IS NULL AND NEW.ends_on IS NULL"
    " AND NEW.awaits IS NULL"
)

# Foreign keys say some of this too, but SQLite forgets those in a bare shell.
LAWFUL = stands("lifecycle", **{column: column for column in MOVE})
EDITION = stands("definition", id="definition")
PARTNER = stands("partner", id="partner_id")
EVENT = stands("event", cooperation_id="cooperation_id", sequence="sequence")

# What is missing altogether NOT NULL refuses.
WELL_SHAPED = (
    "typeof(NEW.sequence) IN ('integer', 'null') AND typeof(NEW.body) IN ('text', 'null')"
    " AND typeof(NEW.previous) IN ('blob', 'null') AND typeof(NEW.hash) IN ('blob', 'null')"
)

CHECKS = (
    Check(
        "event",
        "INSERT",
        (
            (Refusal.OUT_OF_TURN, f"NOT {STANDS_THERE}"),
            # An edition whose text is not stored is not filled yet.
            (Refusal.UNLAWFUL, f"NOT {LAWFUL} OR NOT {EDITION}"),
            (Refusal.UNFOUNDED, f"NOT {PARTNER}"),
        ),
    ),
    # SQLite takes any value in any column, so that '4abc' would pass for the number 4.
    Check("event", "INSERT", ((Refusal.MISSHAPEN, f"NOT ({WELL_SHAPED})"),), only_sqlite=True),
    Check(
        "cooperation",
        "INSERT",
        ((Refusal.BORN_AGED, f"NOT ({NEWBORN})"), (Refusal.UNFOUNDED, f"NOT {PARTNER}")),
    ),
    Check("cooperation", "UPDATE", ((Refusal.MOVED_BY_HAND, f"NOT {MIRRORS_EVENT}"),)),
    Check(
        "partner",
        "UPDATE",
        ((Refusal.RENAMED, "NOT (NEW.id {same} OLD.id AND NEW.slug {same} OLD.slug)"),),
    ),
    Check(
        "person",
        "UPDATE",
        ((Refusal.RENAMED, "NOT (NEW.id {same} OLD.id AND NEW.login {same} OLD.login)"),),
    ),
    Check(
        "lifecycle",
        "INSERT",
        ((Refusal.SEALED, EDITION),),
    ),
    Check("fact", "INSERT", ((Refusal.UNFOUNDED, f"NOT {PARTNER}"),)),
    Check("act", "INSERT", ((Refusal.UNFOUNDED, f"NOT {EVENT}"),)),
    Check(
        "link",
        "INSERT",
        ((Refusal.UNFOUNDED, f"NOT {EVENT} OR NOT {stands('cooperation', id='target_id')}"),),
    ),
    Check(
        "draft",
        "INSERT",
        ((Refusal.UNFOUNDED, f"NOT {stands('cooperation', id='cooperation_id')}"),),
    ),
)
"""Every condition beside the plain ones that `FINAL` and `KEPT` stand for."""

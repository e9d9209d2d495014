"""What somebody might try in a bare database shell, and who stops it.

The register is that of `tests.registers.populate`: case 1 is endorsed with three events, case 2 is
opened, case 3 is just born.
"""
# ruff: noqa: S608 - statements put together as text are what an attack is

from collections.abc import Iterator
from dataclasses import dataclass

from migrations.checks import FINAL
from models.refusals import Refusal
from models.schema import METADATA

EVENT = METADATA.tables["event"].columns.keys()

NEXT = {
    "sequence": "4",
    "step": "'submit_to_council'",
    "source": "'endorsed'",
    "target": "'before_council'",
    "previous": "hash",
}
"""What the lawful fourth event of case 1 has other than the third."""

BIRTH = "INSERT INTO cooperation (id, reference, partner_id, title, definition) VALUES"


@dataclass(frozen=True)
class Attack:
    """One statement and who refuses it: a guard, or the database by a rule of its own."""

    name: str
    sql: str
    by: tuple[Refusal | str, ...]
    kind: str = ""
    before: tuple[str, ...] = ()


def selected(**values: str) -> str:
    """Select the next event of case 1, with whatever is to differ in it."""
    given = NEXT | values
    columns = ", ".join(given.get(column, column) for column in EVENT)
    return f"SELECT {columns} FROM main_event WHERE cooperation_id = 1 AND sequence = 3"


def event(verb: str = "INSERT", **values: str) -> str:
    """Write the next event of case 1, with whatever is to differ in it."""
    extra = [column for column in values if column not in EVENT]
    into = ", ".join([*EVENT, *extra])
    more = "".join(f", {values[column]}" for column in extra)
    query = selected(**values).replace(" FROM main_event", f"{more} FROM event")
    return f"{verb} INTO event ({into}) {query}"


def again(verb: str, table: str, **values: str) -> str:
    """Write every row of a table once more, or over itself."""
    columns = [*METADATA.tables[table].columns.keys(), *(["rowid"] if "rowid" in values else [])]
    query = ", ".join(values.get(column, column) for column in columns)
    return f"{verb} INTO {table} ({', '.join(columns)}) SELECT {query} FROM {table} WHERE true"


CHANGES = {
    "its state": "state = 'in_force'",
    "its version": "version = 9",
    "its form": "form = 'eu_programme'",
    "its definition": "definition = '2027-1'",
    "its number": "id = 77",
    "its reference": "reference = 'KRK-1999-0001'",
    "its partner": "partner_id = 2",
    "its title": "title = 'Umowa'",
    "its file number": "file_number = 'BR.0731.1.2026'",
    "its officer": "officer = 'marek.kierownik'",
    "its date": "due_on = '2030-01-01'",
    "its end": "ends_on = '2030-01-01'",
    "its head": "head = NULL",
    "since when": "since = '2020-01-01 00:00:00+00:00'",
    "nothing, for show": "title = title",
    "one step back": "state = 'proposed', version = 2",
    "one step on": "state = 'before_council', version = 4",
}


def cases_by_hand() -> Iterator[Attack]:
    """Change a case without an event."""

    def attack(name: str, sql: str, kind: str = "") -> Attack:
        return Attack(name, sql, (Refusal.MOVED_BY_HAND,), kind)

    for what, change in CHANGES.items():
        sql = f"UPDATE cooperation SET {change} WHERE id = 1"
        yield attack(f"change by hand of a case {what}", sql)
    yield attack("every case at once", "UPDATE cooperation SET version = 0")
    for way in ("REPLACE", "IGNORE", "FAIL", "ROLLBACK"):
        sql = f"UPDATE OR {way} cooperation SET id = 2 WHERE id = 1"
        yield attack(f"one case over another, or {way}", sql, "sqlite")
    sql = "UPDATE cooperation SET rowid = 77 WHERE id = 1"
    yield attack("another row number for a case", sql, "sqlite")
    sql = """WITH chosen AS (SELECT 1 AS id) UPDATE cooperation SET state = 'in_force'
        WHERE id IN (SELECT id FROM chosen)"""
    yield attack("a case chosen by a query", sql)
    sql = """UPDATE cooperation SET state = event.source, version = 2, head = event.previous
        FROM event WHERE cooperation_id = cooperation.id AND sequence = version"""
    yield attack("cases taken back from their own history", sql)
    sql = """MERGE INTO cooperation USING (SELECT 1 AS id) AS given ON given.id = cooperation.id
        WHEN MATCHED THEN UPDATE SET state = 'in_force'"""
    yield attack("a case merged", sql, "postgresql")
    recording = f"WITH recorded AS ({event()} RETURNING *)"
    sql = f"{recording} UPDATE cooperation SET state = 'in_force', version = 4 WHERE id = 1"
    yield attack("a case forged while its event is recorded", sql, "postgresql")
    for what, change in (
        ("", ""),
        (", under another number", "id = 77,"),
        (", under another reference", "reference = 'KRK-1999-0001',"),
    ):
        sql = f"""{recording} UPDATE cooperation SET {change} state = recorded.target, version = 4,
            head = recorded.hash, since = recorded.recorded_at FROM recorded WHERE id = 1"""
        yield attack(f"the work of the guard done beside it{what}", sql, "postgresql")


def births() -> Iterator[Attack]:
    """Let a case be born that has a past, or over one that stands."""
    for what, column, value in (
        ("in force", "state", "'in_force'"),
        ("with a version", "version", "3"),
        ("with a head", "head", "(SELECT hash FROM event WHERE cooperation_id = 2)"),
        ("long since", "since", "'2020-01-01 00:00:00+00:00'"),
        ("with a date", "due_on", "'2030-01-01'"),
        ("with an end", "ends_on", "'2030-01-01'"),
        ("with no state at all", "state", "NULL"),
    ):
        into = BIRTH.replace(")", f", {column})")
        values = f"(900, 'KRK-2026-0900', 1, 'x', 'test-1', {value})"
        yield Attack(f"a case born {what}", f"{into} {values}", (Refusal.BORN_AGED,))
    nobody = f"{BIRTH} (900, 'KRK-2026-0900', 404, 'x', 'test-1')"
    yield Attack("a case born to nobody", nobody, (Refusal.UNFOUNDED,))
    for what, values in (
        ("number", "(1, 'KRK-2026-0900', 1, 'x', 'test-1')"),
        ("reference", "(900, 'KRK-2026-0001', 1, 'x', 'test-1')"),
    ):
        taken = f"{BIRTH} {values}"
        yield Attack(f"a {what} given twice", taken, (Refusal.REPEATED, "taken"))
        for way in ("REPLACE", "IGNORE"):
            sql = taken.replace("INSERT", f"INSERT OR {way}")
            name = f"a {what} given twice, or {way}"
            yield Attack(name, sql, (Refusal.REPEATED,), "sqlite")
    minus = f"{BIRTH} (-1, 'KRK-2026-0900', 1, 'x', 'test-1')"
    yield Attack("the number that means none yet", minus, (Refusal.REPEATED,), "sqlite")
    sql = f"""{BIRTH} (1, 'KRK-2026-0001', 1, 'x', 'test-1')
        ON CONFLICT (id) DO UPDATE SET state = 'none', version = 0"""
    yield Attack("a case begun anew", sql, (Refusal.REPEATED, Refusal.MOVED_BY_HAND))


OUT_OF_TURN: dict[str, dict[str, str]] = {
    "a number skipped": {"sequence": "9"},
    "the last number again": {"sequence": "3"},
    "a number before the first": {"sequence": "0"},
    "no number": {"sequence": "NULL"},
    "from where the case stood before": {"source": "'proposed'", "step": "'return'"},
    "from a state never reached": {"source": "'resolved'", "target": "'in_force'"},
    "from no state": {"source": "NULL"},
    "in another form": {"form": "'decision'"},
    "in no form": {"form": "NULL"},
    "of a case that is not there": {"cooperation_id": "404"},
    "of no case": {"cooperation_id": "NULL"},
    "beginning in the middle": {"cooperation_id": "3", "sequence": "1"},
    "breaking the chain": {"previous": "previous"},
    "following nothing": {"previous": "NULL"},
}

UNLAWFUL: dict[str, dict[str, str]] = {
    "straight into force": {"target": "'in_force'"},
    "a step of another state": {"step": "'sign'"},
    "no step": {"step": "NULL"},
    "a step of another form": {"step": "'upgrade'", "target": "'endorsed'"},
    "a form changed on the way": {"new_form": "'honorary_title'"},
    "no new form": {"new_form": "NULL"},
    "no target": {"target": "NULL"},
    "an edition never filled": {"definition": "'2026-9'"},
    "no edition": {"definition": "NULL"},
    "a retraction nobody foresaw": {"step": "'retract'", "target": "'proposed'"},
}


def events() -> Iterator[Attack]:
    """Record what did not happen, or not so."""
    for what, values in OUT_OF_TURN.items():
        yield Attack(f"an event {what}", event(**values), (Refusal.OUT_OF_TURN,))
    for what, values in UNLAWFUL.items():
        yield Attack(f"an event: {what}", event(**values), (Refusal.UNLAWFUL,))
    for what, partner in (("who is not there", "404"), ("at all, none", "NULL")):
        sql = event(partner_id=partner)
        yield Attack(f"an event with a partner {what}", sql, (Refusal.UNFOUNDED,))
    for column in ("actor", "login", "role", "effective_on", "recorded_at", "body", "hash"):
        yield Attack(f"an event without {column}", event(**{column: "NULL"}), ("missing",))
    for way in ("REPLACE", "IGNORE", "FAIL", "ROLLBACK"):
        sql = event(f"INSERT OR {way}", target="'in_force'")
        yield Attack(f"an unlawful event, or {way}", sql, (Refusal.UNLAWFUL,), "sqlite")
        second = selected(sequence="5", source=NEXT["target"], target="'in_force'")
        sql = f"{event(f'INSERT OR {way}')} UNION ALL {second}".replace("main_event", "event")
        yield Attack(f"a lawful event before it, or {way}", sql, (Refusal.UNLAWFUL,), "sqlite")
    for what, values in {
        "a number that is a word": {"sequence": "'4abc'"},
        "a number that is a fraction": {"sequence": "4.5"},
        "a text that is bytes": {"body": "CAST(body AS BLOB)"},
        "a hash that is a text": {"hash": "hex(hash)"},
    }.items():
        by = (Refusal.MISSHAPEN, Refusal.OUT_OF_TURN)
        yield Attack(f"an event with {what}", event(**values), by, "sqlite")
    born = dict.fromkeys(("form", "new_form", "target"), "'informal'")
    born |= {"cooperation_id": "3", "sequence": "1", "step": "'open'", "source": "'none'"}
    sql = event(**born, previous="hex(hash)")
    yield Attack("a first event after a text", sql, (Refusal.MISSHAPEN,), "sqlite")
    for what, row, verb in (
        ("of another event", "1", "INSERT OR REPLACE"),
        ("of the last event", "(SELECT max(rowid) FROM event)", "REPLACE"),
        ("that means none yet", "-1", "INSERT"),
    ):
        sql = event(verb, rowid=row)
        yield Attack(f"an event in the row {what}", sql, (Refusal.REPEATED,), "sqlite")
    sql = """WITH gone AS (DELETE FROM event WHERE sequence = 3 RETURNING *)
        INSERT INTO event SELECT * FROM gone"""
    yield Attack(
        "an event taken out and put back", sql, (Refusal.DELETED, Refusal.OUT_OF_TURN), "postgresql"
    )


def shadows() -> Iterator[Attack]:
    """Deceive the guards themselves."""
    forged = event(target="'in_force'", step="'sign'")
    move = "'test-1', 'sign', 'twinning', 'endorsed', 'twinning', 'in_force'"
    columns = "definition, step, form, source, new_form, target"
    yield Attack(
        "a temporary lifecycle that allows it",
        forged,
        (Refusal.UNLAWFUL,),
        before=(
            f"CREATE TEMPORARY TABLE lifecycle ({columns.replace(',', ' TEXT,')} TEXT)",
            f"INSERT INTO lifecycle VALUES ({move})",
        ),
    )
    for pragma in ("recursive_triggers = ON", "ignore_check_constraints = ON"):
        name = f"with {pragma}"
        sql = again("INSERT OR REPLACE", "fact")
        yield Attack(name, sql, (Refusal.REPEATED,), "sqlite", (f"PRAGMA {pragma}",))
    yield Attack(
        "an equals sign that always agrees",
        forged,
        (Refusal.UNLAWFUL,),
        "postgresql",
        (
            "CREATE SCHEMA forger",
            """CREATE FUNCTION forger.agree(text, text) RETURNS boolean
               LANGUAGE sql IMMUTABLE RETURN true""",
            """CREATE OPERATOR forger.= (LEFTARG = text, RIGHTARG = text,
               FUNCTION = forger.agree)""",
            "SET search_path = forger, pg_catalog, public",
        ),
    )
    sql = f"INSERT INTO lifecycle ({columns}) VALUES ({move})"
    yield Attack("a move added to an edition in use", sql, (Refusal.SEALED,))


def foundations() -> Iterator[Attack]:
    """Hang something on what is not there."""
    for table, columns in {
        "fact": ("partner_id",),
        "act": ("cooperation_id", "sequence"),
        "link": ("cooperation_id", "sequence", "target_id"),
        "draft": ("cooperation_id",),
    }.items():
        for column in columns:
            number = {"id": "900"} if "id" in METADATA.tables[table].columns else {}
            sql = again("INSERT", table, **number, **{column: "404"})
            if table == "fact":
                sql += " AND value = '612441'"
            yield Attack(f"a {table} with a {column} of nothing", sql, (Refusal.UNFOUNDED,))


def _upsert(table: str, change: str) -> str:
    key = ", ".join(column.name for column in METADATA.tables[table].primary_key)
    return f"{again('INSERT', table)} ON CONFLICT ({key}) DO UPDATE SET {change}"


def final_tables() -> Iterator[Attack]:
    """Change or remove what is only ever added, in every table of that kind."""
    for table in FINAL:
        column = METADATA.tables[table].columns.keys()[-1]
        keep = f"{column} = {column}"
        # More than one guard stands before these tables, and which speaks first is open.
        met = (Refusal.REPEATED, Refusal.SEALED, Refusal.OUT_OF_TURN)
        changed, deleted = (Refusal.CHANGED,), (Refusal.DELETED,)
        renumbered = f"UPDATE {table} SET rowid = rowid + 100"
        replaced = again("INSERT OR REPLACE", table)
        ignored = again("INSERT OR IGNORE", table)
        removed = f"DELETE FROM {table}"
        yield Attack(f"{table} changed", f"UPDATE {table} SET {keep}", changed)
        yield Attack(f"{table} deleted", removed, deleted)
        yield Attack(
            f"{table} upserted", _upsert(table, f"{column} = excluded.{column}"), (*met, *changed)
        )
        yield Attack(f"{table} replaced", replaced, met, "sqlite")
        yield Attack(f"{table} ignored", ignored, met, "sqlite")
        for way in ("REPLACE", "IGNORE"):
            sql = f"UPDATE OR {way} {table} SET {keep}"
            yield Attack(f"{table} changed, or {way}", sql, changed, "sqlite")
        yield Attack(f"{table} renumbered", renumbered, changed, "sqlite")
        yield Attack(f"{table} emptied", f"TRUNCATE {table} CASCADE", deleted, "postgresql")
        merge = f"MERGE INTO {table} USING (SELECT 1) AS given ON true WHEN MATCHED THEN"
        yield Attack(f"{table} merged", f"{merge} UPDATE SET {keep}", changed, "postgresql")
        yield Attack(f"{table} merged away", f"{merge} DELETE", deleted, "postgresql")
        aside = f"WITH gone AS ({removed} RETURNING 1) SELECT count(*) FROM gone"
        yield Attack(f"{table} deleted aside", aside, deleted, "postgresql")
    for change in ("text = 'forged'", "sha256 = 'forged'"):
        sql = f"UPDATE definition SET {change}"
        yield Attack(f"definition with {change}", sql, (Refusal.CHANGED,))
    view = "UPDATE current_fact SET value = '1'"
    yield Attack("a fact changed through its view", view, (Refusal.CHANGED, "a view"))


def kept_tables() -> Iterator[Attack]:
    """Remove or rename what the history speaks of."""
    for table, name, other in (
        ("cooperation", "reference", "KRK-2026-0002"),
        ("partner", "slug", "bordeaux"),
        ("person", "login", "marek.kierownik"),
    ):
        by = (Refusal.MOVED_BY_HAND if table == "cooperation" else Refusal.RENAMED,)
        deleted = (Refusal.DELETED,)
        met = (Refusal.REPEATED, Refusal.BORN_AGED)
        where = "WHERE id = 1"
        yield Attack(f"{table} deleted", f"DELETE FROM {table} {where}", deleted)
        yield Attack(f"{table}: all deleted", f"DELETE FROM {table}", deleted)
        yield Attack(f"{table} emptied", f"TRUNCATE {table} CASCADE", deleted, "postgresql")
        for change in (f"{name} = 'x'", f"{name} = NULL", "id = 900", "id = -1"):
            sql = f"UPDATE {table} SET {change} {where}"
            yield Attack(f"{table} renamed: {change}", sql, by)
        sql = f"UPDATE OR REPLACE {table} SET {name} = '{other}' {where}"
        yield Attack(f"{table} renamed over another", sql, by, "sqlite")
        sql = f"UPDATE OR REPLACE {table} SET rowid = 2 {where}"
        yield Attack(f"{table} moved over another", sql, by, "sqlite")
        sql = again("INSERT OR REPLACE", table)
        yield Attack(f"{table} replaced", sql, met, "sqlite")
        sql = again("INSERT OR REPLACE", table, id="id + 900")
        yield Attack(f"{table} replaced by name", sql, met, "sqlite")
        sql = _upsert(table, f"{name} = 'x'")
        yield Attack(f"{table} upserted", sql, (*met, *by))


ATTACKS = [
    *cases_by_hand(),
    *births(),
    *events(),
    *shadows(),
    *foundations(),
    *final_tables(),
    *kept_tables(),
]
"""Every attack; one without a `kind` is tried on both databases."""

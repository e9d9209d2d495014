"""What befalls a database: a damaged file, a locked one, a silent server; no guard's refusal."""

import sqlite3
from collections.abc import Mapping

from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError

from models.refusals import refusal_of
from workflow.errors import AccordError, RegisterFailed, RegisterUnreachable

FAULTS: Mapping[str, str] = {
    "SQLITE_NOTADB": "damaged",
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_BUSY": "locked",
    "SQLITE_LOCKED": "locked",
    "SQLITE_READONLY": "read_only",
    "SQLITE_FULL": "full",
    # PostgreSQL: a server that only follows another, a deadlock, a serialization failure, a disk.
    "25006": "read_only",
    "40P01": "locked",
    "40001": "locked",
    "53100": "full",
}
"""Kinds of mishaps by SQLite's name of the error, or by PostgreSQL's SQLSTATE."""


def mishap(error: DBAPIError | sqlite3.Error, database: str) -> AccordError | None:
    """Name what befell the database; None for what a guard or a key of it refused.

    A transaction on SQLite begins straight at the driver, so its own errors come as well.
    """
    if isinstance(error, IntegrityError) or refusal_of(error) is not None:
        return None
    driver = error.orig if isinstance(error, DBAPIError) else error
    reason = " ".join(str(driver).split())
    code = str(getattr(driver, "sqlite_errorname", getattr(driver, "sqlstate", None)))
    for name, fault in FAULTS.items():
        if code == name or code.startswith(f"{name}_"):
            return RegisterFailed(database=database, fault=fault, reason=reason)
    if isinstance(driver, sqlite3.Error):
        return RegisterFailed(database=database, fault="other", reason=reason)
    if isinstance(error, (InterfaceError, OperationalError)):
        return RegisterUnreachable(database=database, reason=reason)
    return None

"""The floor: a raw sqlite3 UPDATE, INSERT and COMMIT for each step."""

import sqlite3
import sys
import tempfile
import time
from pathlib import Path

STEPS = 11


def main(cases: int) -> float:
    """Give microseconds a step."""
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "raw.db", isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(
            "CREATE TABLE c (id INTEGER PRIMARY KEY, state TEXT, version INT, head BLOB)"
        )
        connection.execute(
            "CREATE TABLE e (c INT, n INT, body TEXT, previous BLOB, hash BLOB, PRIMARY KEY (c, n))"
        )
        connection.executemany(
            "INSERT INTO c VALUES (?, 'none', 0, NULL)", [(i,) for i in range(cases)]
        )
        body, digest = "x" * 900, bytes(32)
        begun = time.perf_counter()
        for case in range(cases):
            for step in range(STEPS):
                connection.execute("BEGIN IMMEDIATE")
                connection.execute(
                    "UPDATE c SET state='in_force', version=version+1, head=? WHERE id=?",
                    (digest, case),
                )
                connection.execute(
                    "INSERT INTO e VALUES (?,?,?,?,?)", (case, step, body, digest, digest)
                )
                connection.execute("COMMIT")
        return (time.perf_counter() - begun) / (cases * STEPS) * 1e6


if __name__ == "__main__":
    print(main(int(sys.argv[1])))

"""`accord` in a process of its own: at a terminal that answers, or between pipes."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple

from tests.commandline import Said

ROOT = Path(__file__).parents[1]
COMMAND = (sys.executable, str(ROOT / "cli.py"))
PATIENCE = 60
"""Seconds that a command may be silent; it is never so long, also on a busy machine."""
CONTROL_C = "\x03"
# A session's leader that opens a terminal gets it as its own, so that Ctrl-C reaches it.
AT_TERMINAL = 'exec "$@" <"$TERMINAL" >"$TERMINAL" 2>"$TERMINAL"'


class Started(NamedTuple):
    """A command that runs, and the ends of its pipes."""

    process: subprocess.Popen[bytes]
    out: IO[bytes]
    err: IO[bytes]


def surroundings(**more: str) -> dict[str, str]:
    """Give an environment with nothing in it but what a command needs."""
    kept = ("PATH", "HOME", "TMPDIR", "PYTHONPATH")
    env = {name: os.environ[name] for name in kept if name in os.environ}
    return {**env, "LANG": "C.UTF-8", "LOGNAME": "anna.oficer", **more}


def piped(*words: str, env: Mapping[str, str], script: str | None = None) -> Said:
    """Run a command between pipes, or Python code in its place."""
    command = COMMAND if script is None else (sys.executable, "-c", script)
    done = subprocess.run(  # noqa: S603 - our own program
        (*command, *words),
        env={**env, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    return Said(done.returncode, done.stdout, done.stderr)


@contextmanager
def started(*words: str, env: Mapping[str, str], script: str | None = None) -> Iterator[Started]:
    """Start a command between pipes, and leave it to the test; it does not outlive it."""
    command = COMMAND if script is None else (sys.executable, "-c", script)
    with subprocess.Popen(  # noqa: S603 - our own program
        (*command, *words),
        env={**env, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        try:
            yield Started(process, process.stdout, process.stderr)
        finally:
            process.kill()


def typed(
    *words: str, env: Mapping[str, str], answers: Sequence[str] = (), columns: int = 80
) -> Said:
    """Run a command at a terminal, answering each question; all it shows is in `out`."""
    with _terminal(columns) as (ours, theirs):
        process = subprocess.Popen(  # noqa: S603 - our own program
            ("/bin/sh", "-c", AT_TERMINAL, "sh", *COMMAND, *words),
            env={**env, "TERMINAL": os.ttyname(theirs), "TERM": "dumb"},
            start_new_session=True,
        )
        # A question shows with its line unfinished; the terminal echoes an answer after it.
        shown, waiting = "", list(answers)
        for piece in _read(ours, process):
            shown += piece
            if waiting and shown.rstrip(" ").endswith(":"):
                answer = waiting.pop(0)
                if answer == CONTROL_C:
                    _break_off(ours, process)
                else:
                    os.write(ours, f"{answer}\n".encode())
        code = process.wait(PATIENCE)
    return Said(code, shown.replace("\r\n", "\n"), "")


@contextmanager
def _terminal(columns: int) -> Iterator[tuple[int, int]]:
    ours, theirs = pty.openpty()
    try:
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        yield ours, theirs
    finally:
        os.close(ours)
        os.close(theirs)


def _break_off(ours: int, process: subprocess.Popen[bytes]) -> None:
    """Press Ctrl-C until it is heard: Python misses one in the instant before it listens."""
    for _ in range(5):
        time.sleep(0.2)
        os.write(ours, CONTROL_C.encode())
        with suppress(subprocess.TimeoutExpired):
            process.wait(5)
            return


def _read(ours: int, process: subprocess.Popen[bytes]) -> Iterator[str]:
    """Give what is shown, until the command has ended and everything of it was read."""
    silent = 0.0
    while silent < PATIENCE:
        ended = process.poll() is not None
        ready, _, _ = select.select([ours], [], [], 0 if ended else 0.05)
        if ready:
            silent = 0.0
            yield os.read(ours, 65536).decode("utf-8", "replace")
        elif ended:
            return
        else:
            silent += 0.05
    process.kill()
    raise AssertionError(f"no word for {PATIENCE} seconds")

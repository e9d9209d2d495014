"""Run accord and its peers alternately and print ratios; see run.sh."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
ROUNDS = 5
CASES = 60


def _measure(python: str, script: str, *arguments: str) -> float:
    done = subprocess.run(
        [python, str(HERE / script), *arguments], check=True, capture_output=True, text=True
    )
    return float(done.stdout.split()[-1])


def steps(peers: Path) -> None:
    """Compare one full step, alternating so that a busy moment hits everybody alike."""
    own, django, spiff = (
        sys.executable,
        str(peers / "django/bin/python"),
        str(peers / "spiff/bin/python"),
    )
    taken: dict[str, list[float]] = {}
    runs = {
        "raw sqlite3": (own, "raw_steps.py", str(CASES)),
        "accord": (own, "accord_steps.py", str(CASES)),
        "accord, one transaction": (own, "accord_steps.py", str(CASES), "one"),
        "django-fsm-log": (django, "django_steps.py", str(CASES)),
        "django-fsm-log, one transaction": (django, "django_steps.py", str(CASES), "one"),
        "SpiffWorkflow": (spiff, "spiff_steps.py", "20"),
    }
    for _ in range(ROUNDS):
        for name, run in runs.items():
            taken.setdefault(name, []).append(_measure(*run))
    median = {name: statistics.median(values) for name, values in taken.items()}
    print(f"one step, median of {ROUNDS} alternating runs of {CASES} cases")
    for name, value in median.items():
        print(f"  {name:34s} {value:9.0f} us   {median['raw sqlite3'] / value:6.3f} of raw")
    for name, ours, theirs in (
        ("a full step, against django-fsm-log", "accord", "django-fsm-log"),
        ("a full step, against SpiffWorkflow", "accord", "SpiffWorkflow"),
        ("many in one transaction, against it", "accord, one transaction", "django-fsm-log"),
    ):
        print(f"  {name:38s} {median[theirs] / median[ours]:5.2f} times as fast")


def start() -> None:
    """Compare the start of the command line with that of Python itself."""
    folder = Path(sys.executable).parent
    runs = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "accord --help": [str(folder / "accord"), "--help"],
        "accord partner list": [
            str(folder / "accord"),
            "--database",
            "build/bench/start.db",
            "partner",
            "list",
        ],
    }
    Path("build/bench/start.db").unlink(missing_ok=True)
    subprocess.run(
        [str(folder / "accord"), "--database", "build/bench/start.db", "init"],
        check=True,
        capture_output=True,
    )
    taken: dict[str, list[float]] = {}
    for _ in range(11):
        for name, run in runs.items():
            begun = time.perf_counter()
            subprocess.run(run, check=True, capture_output=True)
            taken.setdefault(name, []).append(time.perf_counter() - begun)
    base = statistics.median(taken["python -c pass"])
    print("starting")
    for name, values in taken.items():
        middle = statistics.median(values)
        print(f"  {name:34s} {middle * 1e3:7.0f} ms   {middle / base:5.1f} x")


if __name__ == "__main__":
    steps(Path(sys.argv[1]))
    start()
    print("lists")
    sys.stdout.flush()
    subprocess.run([sys.executable, str(HERE / "lists.py")], check=True)

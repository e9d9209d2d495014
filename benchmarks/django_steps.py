"""The peer: django-fsm-2 with django-fsm-log, one step loaded, taken, saved and logged.

It checks no rule of the law, keeps no chain and compares no version.
"""

import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import django
from django.conf import settings

FOLDER = tempfile.mkdtemp()
settings.configure(
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django_fsm_log"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(Path(FOLDER) / "django.db"),
            "OPTIONS": {
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
                "transaction_mode": "IMMEDIATE",
            },
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()

from django.core.management import call_command  # noqa: E402 - Django must be set up first
from django.db import connection, models, transaction  # noqa: E402 - the same
from django_fsm import FSMField, transition  # noqa: E402 - the same
from django_fsm_log.decorators import fsm_log_by, fsm_log_description  # noqa: E402 - the same

STATES = ["none", "informal", "proposed", "endorsed", "before_council", "resolved",
          "before_voivode", "before_minister", "consented", "applied", "in_force"]  # fmt: skip


def _step(field, source, target):
    @fsm_log_by
    @fsm_log_description
    @transition(field=field, source=source, target=target)
    def step(self, by=None, description=None):
        """Move, and nothing else."""

    step.__name__ = f"to_{target}"
    return step


STATE = FSMField(default="none")
Case = type(
    "Case",
    (models.Model,),
    {
        "__module__": __name__,
        "Meta": type("Meta", (), {"app_label": "contenttypes"}),
        "title": models.CharField(max_length=200),
        "state": STATE,
        **{f"to_{target}": _step(STATE, source, target) for source, target in pairwise(STATES)},
    },
)


def main(cases: int, *, one_transaction: bool) -> float:
    """Give microseconds a step."""
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Case)
    keys = [Case.objects.create(title=f"case {number}").pk for number in range(cases)]
    steps = 0
    begun = time.perf_counter()
    if one_transaction:
        with transaction.atomic():
            for key in keys:
                for target in STATES[1:]:
                    _take(key, target)
                    steps += 1
    else:
        for key in keys:
            for target in STATES[1:]:
                with transaction.atomic():
                    _take(key, target)
                steps += 1
    return (time.perf_counter() - begun) / steps * 1e6


def _take(key, target):
    case = Case.objects.get(pk=key)
    getattr(case, f"to_{target}")(description="a step")
    case.save()


if __name__ == "__main__":
    print(main(int(sys.argv[1]), one_transaction=len(sys.argv) > 2))

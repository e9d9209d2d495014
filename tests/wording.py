"""The files of sentences as tests see them, and a fact to fill every placeholder."""

import datetime as dt
from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any

from models.vocabulary import Language, Outcome
from workflow import lifecycle, messages
from workflow.messages import FIELD, Sentence, Speech

EDITION = lifecycle.definition()
REFERENCE = "KRK-2026-0007"
A_MOMENT = dt.datetime(2026, 4, 2, 12, 5, tzinfo=dt.UTC)
SAMPLES: Mapping[str, object] = {
    "": REFERENCE,
    "count": 21,
    "country": "DE",
    "date": "2026-04-02",
    "document": ["transmittal"],
    "entry": SimpleNamespace(step="adopt", actor="anna.oficer", recorded_at=A_MOMENT),
    "fact": ["adopt.date"],
    "file_format": "docx",
    "form_genitive": "twinning",
    "gap": [{"name": "partner.seat", "label": {"pl": "siedziba", "en": "seat"}, "later": False}],
    "input": ["votes", "present"],
    "language": "pl",
    "moment": A_MOMENT,
    "naming": [{"found": "Gmina Kraków", "verdict": "wrong"}],
    "opinion_genitive": ["committee"],
    "partner_kind": "city",
    "role": "officer",
    "state": "in_force",
    "step": "adopt",
    "template_fault": "no_text",
    "value": "change",
}
"""A fact for each kind in which a placeholder is said."""


def leaves(of: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """Give every sentence of a part of a file with its key."""
    for name, value in of.items():
        if isinstance(value, str):
            yield path + name, value
        else:
            yield from leaves(value, f"{path}{name}/")


def part(name: str, language: Language = Language.EN) -> Mapping[str, Any]:
    """Give a part of a file of sentences."""
    found: Mapping[str, Any] = messages.texts(language)[name]
    return found


def placeholders(*templates: str) -> set[str]:
    """Name the facts that templates use."""
    return {name for template in templates for name, _, _ in FIELD.findall(template)}


def sample(section: Mapping[str, Any]) -> dict[str, object]:
    """Make a fact for every placeholder of a section, of the kind in which it is said."""
    fields = [field for _, template in leaves(section) for field in FIELD.findall(template)]
    known = [field for field in fields if field[1] in SAMPLES]
    return {name: SAMPLES[kind] for name, kind, _ in sorted(known, key=lambda field: field[1])}


def finding(
    rule: str,
    variant: str = "",
    facts: Mapping[str, object] | None = None,
    *,
    outcome: str = Outcome.BROKEN,
    needs: str | None = None,
    step: str = "adopt",
    language: Language = Language.PL,
    **further: Any,  # noqa: ANN401 - handed on
) -> Sentence:
    """Say a finding about a step of one case."""
    speech = Speech(language, EDITION)
    return speech.finding(
        rule, outcome, variant, facts or {}, needs, reference=REFERENCE, step=step, **further
    )

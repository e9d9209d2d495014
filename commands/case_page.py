"""The page of one case: where it stands, what happened in it, and its documents."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from commands import labels
from commands.office import Office
from commands.printing import paragraph, table
from commands.speech import language, say
from models.cooperation import RUNNING
from models.vocabulary import RETRACT
from register import listing
from workflow import clock, reading
from workflow.facts import Act, DraftFact
from workflow.inputs import decode, encode

SHOWN_ELSEWHERE = frozenset({"date", "form"})
"""Inputs that a column or the head of the page shows."""


def lapsed(office: Office, of: reading.File) -> bool:
    """Say whether the last day has passed and nobody has recorded it."""
    return of.ends_on is not None and of.ends_on < office.today and of.case.state in RUNNING


def standing(office: Office, of: reading.File) -> str:
    """Say where a case stands; what has lapsed is never said to be in force."""
    name = listing.LAPSED if lapsed(office, of) else of.case.state
    return labels.state(of.definition, name)


def page_data(
    office: Office,
    of: reading.File,
    drafts: Sequence[DraftFact],
    linked: Sequence[tuple[str, str]],
) -> Mapping[str, object]:
    """Give the page under stable keys."""
    case = of.case
    return {
        "reference": case.reference,
        "title": case.title,
        "file_number": case.file_number,
        "partner": of.partner.slug,
        "form": case.form,
        "state": case.state,
        "lapsed": lapsed(office, of),
        "version": case.version,
        "officer": case.officer,
        "definition": case.definition,
        "since": of.since and of.since.isoformat(),
        "due_on": of.due_on and of.due_on.isoformat(),
        "ends_on": of.ends_on and of.ends_on.isoformat(),
        "links": [{"kind": kind, "reference": other} for kind, other in linked],
        "drafts": [
            {
                "kind": draft.kind,
                "version": draft.version,
                "final": draft.finalised is not None,
                "stale": list(draft.stale) if draft.finalised is None else [],
            }
            for draft in drafts
        ],
        "acts": [
            {
                "sequence": act.sequence,
                "step": act.step,
                "date": act.date.text,
                "form": act.new_form,
                "from": act.source,
                "state": act.target,
                "actor": act.actor,
                "on_behalf_of": act.on_behalf_of,
                "inputs": {name: encode(value) for name, value in act.inputs.items()},
            }
            for act in case.acts
        ],
        "retracted": _retracted(of),
    }


def page(
    office: Office,
    of: reading.File,
    drafts: Sequence[DraftFact],
    linked: Sequence[tuple[str, str]],
) -> list[str]:
    """Write the page."""
    case, speech = of.case, office.speech
    partner = of.partner.name_pl if language() == "pl" else of.partner.name_en
    lines = paragraph(f"{case.reference}  {case.title}")
    lines += paragraph(
        f"{partner} ({of.partner.slug}{', ' + of.partner.country if of.partner.country else ''})"
    )
    facts = [
        (say("forma", "form"), speech.word("form", case.form)),
        (say("stan", "state"), standing(office, of) + _since(office, of)),
        (say("termin", "due"), _due(office, of.due_on)),
        (say("ostatni dzień", "last day"), of.ends_on),
        (say("znak sprawy", "file number"), case.file_number),
        (say("prowadzi", "officer"), case.officer),
        *((speech.word("link", kind), other) for kind, other in linked),
    ]
    for name, value in facts:
        lines += paragraph(str(value), first=f"  {name}: ", rest="    ") if value else []
    lines += ["", *_history(office, of)]
    if retracted := ", ".join(str(number) for number in _retracted(of)):
        lines += ["", say(f"Cofnięte wpisy: {retracted}", f"Entries taken back: {retracted}")]
    if drafts:
        lines += ["", *_drafts(office, drafts)]
    next_step = f"accord options {case.reference}"
    return [*lines, "", say(f"Co dalej: {next_step}", f"What next: {next_step}")]


def _retracted(of: reading.File) -> list[int]:
    standing = {act.sequence for act in of.case.acts}
    return [
        event.sequence
        for event in of.events
        if event.sequence not in standing and event.step != RETRACT
    ]


def _since(office: Office, of: reading.File) -> str:
    moved = next((act for act in reversed(of.case.acts) if act.moved), None)
    if moved is None or lapsed(office, of):
        return ""
    return say(" od ", " since ") + moved.date.words(labels.tongue())


def _due(office: Office, due_on: dt.date | None) -> str | None:
    if due_on is None:
        return None
    if due_on < office.today:
        days = (office.today - due_on).days
        return say(f"{due_on}, dni po terminie: {days}", f"{due_on}, days overdue: {days}")
    left = clock.working_days_between(office.today, due_on)
    return say(f"{due_on}, dni roboczych: {left}", f"{due_on}, working days left: {left}")


def _history(office: Office, of: reading.File) -> list[str]:
    return table(
        ("#", say("data", "date"), say("czynność", "step"), say("kto", "by")),
        [
            (
                act.sequence,
                act.date.text,
                labels.step(of.definition, office.speech, act.step),
                act.actor + say(" za ", " for ") + act.on_behalf_of
                if act.on_behalf_of
                else act.actor,
            )
            for act in of.case.acts
        ],
        notes=[_said(office, of, act) for act in of.case.acts],
    )


def _said(office: Office, of: reading.File, act: Act) -> str:
    """Tell what an act carries; those of the engine itself in words of their own."""
    own = OWN.get(act.step)
    if own is not None:
        return own(office, of, act.inputs)
    order = {name: place for place, name in enumerate(of.definition.inputs)}
    return "; ".join(
        f"{_label(of, name)}: {labels.value(office.speech, value)}"
        + (say(" (poprawiono)", " (corrected)") if name in act.corrected else "")
        for name, value in sorted(act.inputs.items(), key=lambda pair: order.get(pair[0], 0))
        if name not in SHOWN_ELSEWHERE
    )


def _label(of: reading.File, name: str) -> str:
    spec = of.definition.inputs.get(name)
    return spec.label[labels.tongue()] if spec is not None else name


def _finalised(office: Office, _: reading.File, told: Mapping[str, Any]) -> str:
    kind, version = office.speech.word("document", told["kind"]), told["version"]
    return say(f"{kind}, wersja {version}", f"{kind}, version {version}")


def _waived(office: Office, of: reading.File, told: Mapping[str, Any]) -> str:
    rule = of.definition.rules.get(told["rule"])
    name = rule.label[labels.tongue()] if rule is not None else told["rule"]
    step = labels.step(of.definition, office.speech, told["step"])
    if told["granted"]:
        outcome = say("udzielono", "granted")
    else:
        outcome = say("odmówiono", "denied") if told.get("denied") else say("prośba", "asked for")
    return f"{outcome}: {name}, {step}; {_reason(told)}"


def _corrected(office: Office, of: reading.File, told: Mapping[str, Any]) -> str:
    if "confirms" in told:
        number = told["confirms"]
        if told.get("denied"):
            return say(f"odrzucono sprostowanie {number}", f"correction {number} denied")
        return say(f"potwierdzono sprostowanie {number}", f"correction {number} confirmed")
    changes = ", ".join(
        f"{_label(of, name)}: {_value(office, of, name, told['was'].get(name))} -> "
        f"{_value(office, of, name, new)}"
        for name, new in told["changes"].items()
    )
    waits = "" if told["confirmed"] else say("; wymaga potwierdzenia", "; to be confirmed")
    return say("wpis ", "entry ") + f"{told['event']}: {changes}; {_reason(told)}{waits}"


def _value(office: Office, of: reading.File, name: str, stored: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    if stored is None:
        return say("brak", "none")
    return labels.value(office.speech, decode(of.definition.inputs.get(name), stored))


def _assigned(_: Office, __: reading.File, told: Mapping[str, Any]) -> str:
    return str(told["officer"])


def _succeeded(_: Office, __: reading.File, told: Mapping[str, Any]) -> str:
    return f"{told['from']} -> {told['to']}; {told['document']}"


def _entered(office: Office, of: reading.File, told: Mapping[str, Any]) -> str:
    """Tell history that happened elsewhere: its documents, its term and where it was read."""
    acts: Sequence[Mapping[str, Any]] = told.get("acts") or (told,)
    documents = ", ".join(
        " ".join(str(act[name]) for name in ("document_name", "date") if act.get(name))
        for act in acts
    )
    parts = [
        *(
            f"{_label(of, name)}: {labels.value(office.speech, value)}"
            for name, value in told.items()
            if name in of.definition.inputs and name not in {"date", "form", "note"}
        ),
        say("dokumenty: ", "documents: ") + documents if documents else "",
        say("uwaga: ", "note: ") + str(told["note"]) if told.get("note") else "",
        say("źródło: ", "source: ") + str(told["source"]) if told.get("source") else "",
    ]
    return "; ".join(part for part in parts if part)


def _reason(told: Mapping[str, Any]) -> str:
    return say("powód: ", "reason: ") + str(told["reason"])


OWN = {
    "finalise": _finalised,
    "waive": _waived,
    "correct": _corrected,
    "assign": _assigned,
    "succeed": _succeeded,
    "enter": _entered,
}
"""How the engine's own events are told."""


def _drafts(office: Office, drafts: Sequence[DraftFact]) -> list[str]:
    return table(
        (say("dokument", "document"), say("wersja", "version"), say("stan", "status")),
        [
            (office.speech.word("document", draft.kind), draft.version, draft_status(draft))
            for draft in drafts
        ],
    )


def draft_status(draft: DraftFact) -> str:
    """Say whether a draft is final, or which facts have overtaken it."""
    if draft.finalised is not None:
        return say("ostateczny", "final")
    if draft.stale:
        return say("nieaktualny: ", "stale: ") + ", ".join(draft.stale)
    return say("projekt", "draft")

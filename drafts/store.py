"""Drafts in the register: numbered, immutable versions, and the event that makes one final."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from drafts import kinds
from drafts.compose import Composed, compose
from drafts.frame import Frame
from drafts.render import render
from models.act import Act
from models.draft import Draft
from models.vocabulary import Role
from workflow.chain import canonical
from workflow.city_check import Context
from workflow.engine import in_place
from workflow.errors import DraftRefused, NotFound
from workflow.facts import Actor
from workflow.people import require
from workflow.reading import File, current_sheet, draft_facts, moved
from workflow.unit import Unit

WRITERS = frozenset({Role.CLERK, Role.OFFICER})
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NEWEST = None
"""The version meant where none is named."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One version of a draft as the register keeps it.

    Attributes:
        texts: Markdown by language.
        finalised: sequence of the event that made it final.
    """

    kind: str
    version: int
    languages: str
    texts: Mapping[str, str]
    manifest: Mapping[str, Any]
    sha256: str
    document_sha256: str | None
    created_at: dt.datetime
    created_by: str
    finalised: int | None

    @property
    def gaps(self) -> Sequence[Mapping[str, Any]]:
        """What nobody has stated and no later act will: it must be known before it is final."""
        return [gap for gap in self.manifest["gaps"] if not gap["later"]]

    @property
    def blanks(self) -> Sequence[Mapping[str, Any]]:
        """What a later act will state: the number of a resolution that is still a draft."""
        return [gap for gap in self.manifest["gaps"] if gap["later"]]

    @property
    def wrong_names(self) -> Sequence[Mapping[str, Any]]:
        """Where the City is named otherwise than the law of the house says."""
        names: Sequence[Mapping[str, Any]] = self.manifest["wrong_names"]
        return names


@dataclass(frozen=True, slots=True)
class Need:
    """A kind of document and what the case wants of it now.

    Attributes:
        steps: the steps open now that need it final.
        version: of the newest draft, if there is one.
    """

    kind: str
    steps: tuple[str, ...]
    version: int | None
    final: bool
    stale: tuple[str, ...]


def usual_languages(kind: str) -> str:
    """Give the languages a kind is written in unless another is asked for."""
    return kinds.BOTH if kinds.kind(kind).context is Context.AGREEMENT else "pl"


def frame(of: File, draft_version: int, day: dt.date, *, final: bool) -> Frame:
    """Give what stands around a document of this case."""
    return Frame(of.case.file_number or of.case.reference, draft_version, final, day)


def new(unit: Unit, of: File, kind: str, languages: str | None, actor: Actor) -> Stored:
    """Write the next version of a document from the facts as they are now, and keep it.

    Raises:
        TemplateFault: no such kind or language. NotAllowed: the actor writes no drafts.
    """
    require(actor, WRITERS, "draft new", unit, of.case.reference)
    composed = compose(kind, current_sheet(unit, of), languages or usual_languages(kind))
    version = 1 + (
        unit.connection.execute(
            sa.select(sa.func.max(Draft.version)).where(
                Draft.cooperation_id == of.id, Draft.kind == kind
            )
        ).scalar()
        or 0
    )
    document = render(composed.texts, "docx", frame(of, version, unit.today, final=False))
    _insert(unit, of, composed, version, document, actor)
    return load(unit, of, kind, version)


def _insert(
    unit: Unit, of: File, composed: Composed, version: int, document: bytes, actor: Actor
) -> None:
    manifest: Mapping[str, Any] = composed.manifest
    unit.connection.execute(
        sa.insert(Draft).values(
            cooperation_id=of.id,
            kind=composed.kind,
            version=version,
            languages=manifest["languages"],
            template_sha256=manifest["template_sha256"],
            manifest=canonical(composed.manifest),
            text=canonical(dict(composed.texts)),
            sha256=manifest["sha256"],
            document=document,
            document_sha256=hashlib.sha256(document).hexdigest(),
            created_at=unit.now(),
            created_by=actor.person,
        )
    )


def load(unit: Unit, of: File, kind: str, version: int | None = NEWEST) -> Stored:
    """Read a version of a draft, the newest unless one is named.

    Raises:
        NotFound: the case has no such draft.
    """
    statement = sa.select(Draft).where(Draft.cooperation_id == of.id, Draft.kind == kind)
    if version is not None:
        statement = statement.where(Draft.version == version)
    row = unit.connection.execute(
        statement.with_only_columns(
            Draft.kind,
            Draft.version,
            Draft.languages,
            Draft.text,
            Draft.manifest,
            Draft.sha256,
            Draft.document_sha256,
            Draft.created_at,
            Draft.created_by,
        )
        .order_by(Draft.version.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        have = unit.connection.scalars(
            sa.select(Draft.kind).where(Draft.cooperation_id == of.id).distinct()
        ).all()
        name = kind if version is None else f"{kind} {version}"
        raise NotFound(kind="draft", name=name, near=tuple(have), reference=of.case.reference)
    return Stored(
        row.kind,
        row.version,
        row.languages,
        json.loads(row.text),
        json.loads(row.manifest),
        row.sha256,
        row.document_sha256,
        row.created_at,
        row.created_by,
        _finalised(of, row.kind, row.version),
    )


def _finalised(of: File, kind: str, version: int) -> int | None:
    return next(
        (
            act.sequence
            for act in of.case.acts
            if act.step == "finalise"
            and (act.inputs["kind"], act.inputs["version"]) == (kind, version)
        ),
        None,
    )


def finalise(unit: Unit, of: File, kind: str, version: int | None, actor: Actor) -> Stored:
    """Make a draft final: an event holds its hashes, and its bytes are kept with that event.

    Raises:
        DraftRefused: a fact is missing, a fact has moved, or the City is named wrongly; every
            reason at once.
    """
    require(actor, WRITERS, "draft finalise", unit, of.case.reference)
    draft = load(unit, of, kind, version)
    stale = moved(draft.manifest, current_sheet(unit, of))
    if draft.finalised is not None or draft.gaps or draft.wrong_names or stale:
        raise DraftRefused(
            reference=of.case.reference,
            kind=kind,
            version=draft.version,
            final=draft.finalised,
            gaps=draft.gaps,
            wrong_names=draft.wrong_names,
            stale=stale,
        )
    document = render(draft.texts, "docx", frame(of, draft.version, unit.today, final=True))
    digest = hashlib.sha256(document).hexdigest()
    sequence = in_place(
        unit,
        of,
        "finalise",
        {
            "kind": kind,
            "version": draft.version,
            "sha256": draft.sha256,
            "document_sha256": digest,
            "names": "right",
        },
        actor,
        needed=WRITERS,
    )
    unit.connection.execute(
        sa.insert(Act).values(
            cooperation_id=of.id,
            sequence=sequence,
            kind=kind,
            file_name=file_name(of, draft, "docx"),
            media_type=WORD,
            language=draft.languages,
            content=document,
            sha256=digest,
            recorded_at=unit.now(),
            recorded_by=actor.person,
        )
    )
    return draft


def file_name(of: File, draft: Stored, ending: str) -> str:
    """Give the name a file of this draft is written under."""
    return f"{of.case.reference}-{draft.kind}-v{draft.version}.{ending}"


def needs(unit: Unit, of: File) -> Sequence[Need]:
    """Give every kind, first those that a step open now needs: which are ready, which missing."""
    steps: dict[str, dict[str, None]] = {}
    for row in of.definition.at(of.case.form, of.case.state):
        for kind in row.documents:
            steps.setdefault(kind, {})[row.step] = None
    newest = {draft.kind: draft for draft in draft_facts(unit, of)}
    found = []
    for kind in (*steps, *(name for name in kinds.kinds() if name not in steps)):
        draft = newest.get(kind)
        final = draft is not None and (draft.finalised or 0) > of.case.round
        found.append(
            Need(
                kind,
                tuple(steps.get(kind, ())),
                draft.version if draft else None,
                final,
                draft.stale if draft else (),
            )
        )
    return found

"""Make one case of the rows that tell of it: where it stands, since when, and what is left open.

Pure: the same rows give the same entry. Each row tells of one act; rows with the same `act_key`
tell of the same act in the words of several sources. The latest act that fixes a form governs;
what came before it is kept, and so is what disagrees.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from models.vocabulary import Form
from register.importing_layout import (
    APPLIED,
    EXPIRED,
    INTENT,
    LIVE,
    STATUSES,
    TERMINATED,
    WORKING,
    Translation,
)
from register.importing_rows import SourceRow, rows_told
from register.importing_terms import POINTS, between, disputed_in, one_date, term
from workflow import chain
from workflow.dates import UNKNOWN, PartialDate
from workflow.entering import Entry
from workflow.folding import fold
from workflow.hindsight import Told
from workflow.inputs import Term
from workflow.lifecycle import definition
from workflow.questions import Doubt

FORMLESS = frozenset({Form.INFORMAL.value, WORKING, INTENT})
OVER = frozenset({EXPIRED, TERMINATED, "closed"})
MEMBERS = ("full", "associate", "observer")
"""What a member may be, best first: who is told to have become full was associate before."""
DOCUMENTS = (
    ("list intencyjny", "letter_of_intent"),
    ("letter of intent", "letter_of_intent"),
    ("oswiadczenie", "joint_statement"),
    ("statement", "joint_statement"),
    ("deklaracja", "declaration"),
    ("declaration", "declaration"),
    ("protok", "protocol"),
    ("protocol", "protocol"),
    ("porozumienie", "understanding"),
    ("memorandum", "understanding"),
)
"""Words in the name of a working document, folded, and its kind."""


@dataclass(frozen=True, slots=True)
class SourceAct:
    """One act, as one row or several rows tell of it."""

    rows: tuple[SourceRow, ...]
    date: PartialDate | None
    resolution: str
    resolved: PartialDate | None
    ended: PartialDate | None
    doubts: tuple[Doubt, ...]

    @property
    def row(self) -> SourceRow:
        """The row that is read where they need not differ: the first."""
        return self.rows[0]

    @property
    def known(self) -> PartialDate:
        """The earliest that is known of it: its date, or that of its resolution."""
        return self.date or self.resolved or UNKNOWN


def acts_of(rows: Iterable[SourceRow]) -> list[SourceAct]:
    """Join rows about one act, and put the acts in order of time; undated ones stay in theirs."""
    groups: dict[str, list[SourceRow]] = {}
    for row in rows:
        groups.setdefault(row.act or f"\0{row.number}", []).append(row)
    acts = [_act(tuple(group)) for group in groups.values()]
    dated = iter(
        sorted((a for a in acts if a.known != UNKNOWN), key=lambda act: act.known.sort_key)
    )
    return [next(dated) if act.known != UNKNOWN else act for act in acts]


def _act(rows: tuple[SourceRow, ...]) -> SourceAct:
    doubts: list[Doubt] = []

    def date(name: str, told: Sequence[tuple[PartialDate, str]]) -> PartialDate | None:
        found, disagree = one_date(one for one, _ in told)
        if disagree:
            values = [{"value": one.text, "source": source} for one, source in _distinct(told)]
            doubts.append(Doubt(f"conflict.{name}", {"values": values}, None, rows[0].number))
        return found

    signed = [(row.signed, row.source) for row in rows if row.signed is not None]
    # A source that only a note names is none the worse for it.
    signed += [said for row in rows if (said := disputed_in(row.note)) is not None]
    numbers = list(dict.fromkeys(row.resolution for row in rows if row.resolution))
    if len(numbers) > 1:
        told = [{"value": row.resolution, "source": row.source} for row in rows if row.resolution]
        doubts.append(Doubt("conflict.resolution", {"values": told}, None, rows[0].number))
    return SourceAct(
        rows,
        date("date", signed),
        numbers[0] if len(numbers) == 1 else "",
        date("resolution_date", [(r.resolved, r.source) for r in rows if r.resolved is not None]),
        date("end_date", [(r.ended, r.source) for r in rows if r.ended is not None]),
        tuple(doubts),
    )


def _distinct(
    told: Iterable[tuple[PartialDate, str]],
) -> Iterator[tuple[PartialDate, str]]:
    seen: set[PartialDate] = set()
    for date, source in told:
        if date not in seen:
            seen.add(date)
            yield date, source


def meaning(status: str, words: Translation) -> str | None:
    """Give the state that the text of a status means; None where nobody has said what it means."""
    said = fold(status)
    if said in words.statuses:
        return words.statuses[said]
    return next(
        (state for state, begins in STATUSES.items() if said.startswith(tuple(begins))), None
    )


def form_of(kind: str) -> Form:
    """Give the form a kind of row stands for."""
    return Form.INFORMAL if kind in FORMLESS else Form(kind)


def fingerprint(said: Iterable[Mapping[str, str]], replaced_on: PartialDate | None) -> str:
    """Give the mark of all that rows say, wherever in the file they stand."""
    lines = sorted(chain.canonical(row) for row in said)
    ending = [replaced_on.text] if replaced_on is not None else []
    return hashlib.sha256("\n".join([*lines, *ending]).encode()).hexdigest()


def entry(
    rows: Sequence[SourceRow],
    mark: str,
    words: Translation,
    today: dt.date,
    replaced_on: PartialDate | None = None,
) -> Entry:
    """Make the entry of a case.

    Args:
        rows: all the file says of it.
        mark: their fingerprint.
        words: the office's own words for statuses.
        today: a day of the office.
        replaced_on: when a later membership of the same association began, which ends this one.
    """
    acts = acts_of(rows)
    governing = next((a for a in reversed(acts) if a.row.kind not in FORMLESS), acts[-1])
    return _Settling(acts, governing, words, today, replaced_on).entry(mark)


@dataclass
class _Settling:
    """One case on its way from acts to an entry."""

    acts: Sequence[SourceAct]
    governing: SourceAct
    words: Translation
    today: dt.date
    replaced_on: PartialDate | None

    def entry(self, mark: str) -> Entry:
        """Give the whole."""
        row = self.governing.row
        date = self.end if self.state in OVER else self.since
        said = {name: v for name, v in self.said() if v is not None and v != ""}
        told = Told(self.form, self.state, date, said)
        return Entry(
            row.key, row.document or row.name_pl, told, mark, row.number, tuple(self.doubts(told))
        )

    @cached_property
    def form(self) -> Form:
        """The form of the act that governs."""
        return form_of(self.governing.row.kind)

    @cached_property
    def status(self) -> SourceRow | None:
        """The row that tells how, or as of when, the case stands: the last that says so."""
        rows = [row for act in self.acts for row in act.rows if row.status or row.status_as_of]
        return rows[-1] if rows else None

    @cached_property
    def means(self) -> str | None:
        """What that row means; None where it says nothing, or nothing that is understood.

        A row that says as of when, and nothing else, says that it is so.
        """
        if self.status is None:
            return None
        return meaning(self.status.status, self.words) if self.status.status else LIVE

    @cached_property
    def terms(self) -> Mapping[str, Any]:
        """What the governing act says of its term."""
        return term(self.governing.row.term)

    @cached_property
    def ended(self) -> PartialDate | None:
        """The end that a source tells; it may lie ahead."""
        return next((act.ended for act in reversed(self.acts) if act.ended is not None), None)

    @cached_property
    def state(self) -> str:
        """Where the case stands; a state the form does not know gives way to the next one."""
        live = LIVE
        if self.form is Form.INFORMAL:
            documents = any(act.row.kind in {WORKING, INTENT} for act in self.acts)
            live = "working_document" if documents else "informal"
        means = self.means
        if self.replaced_on is not None:
            means = TERMINATED
        elif means in {None, LIVE} and self.ended is not None:
            means = EXPIRED if self.ended.certainly_not_after(self.today) else LIVE
        elif means == APPLIED and self.form is not Form.ASSOCIATION:
            means = LIVE
        wanted = live if means in {None, LIVE} else str(means)
        ways = (wanted, TERMINATED, "closed") if wanted == EXPIRED else (wanted, "closed")
        return next(state for state in ways if (self.form, state) in _places())

    @cached_property
    def behind(self) -> SourceAct | None:
        """The act whose resolution is behind the case.

        A membership rests on the resolution to apply, whichever act governs since.
        """
        acts = self.acts if self.form is Form.ASSOCIATION else (self.governing,)
        return next((a for a in reversed(acts) if a.resolution or a.resolved), None)

    @cached_property
    def ending(self) -> SourceAct | None:
        """The act whose resolution ended the case.

        The row of a case that has ended may name the resolution that ended it: it is later than
        the signature, or than the end itself (St Petersburg and Moscow, 2022).
        """
        act = self.behind
        if act is None or act.resolved is None or self.state not in OVER:
            return None
        others = [date for date in (self.governing.date, self.ended) if date is not None]
        return act if any(act.resolved.certainly_after(_last(date)) for date in others) else None

    @cached_property
    def began(self) -> PartialDate | None:
        """The earliest that is known of the case: the date of an act, or of its resolution."""
        dates = (a.date or (a.resolved if a is not self.ending else None) for a in self.acts)
        return min((d for d in dates if d is not None), key=lambda d: d.sort_key, default=None)

    @cached_property
    def since(self) -> PartialDate:
        """Since when it stands so: its signature or, without one, no later than it was so told."""
        if self.governing.date is not None:
            return self.governing.date
        resolved = self.governing.resolved if self.governing is not self.ending else None
        if self.form is Form.HONORARY_TITLE and resolved is not None:
            return resolved
        return between(
            resolved if self.form is Form.ASSOCIATION else None,
            self.status.status_as_of if self.status is not None and self.means == LIVE else None,
        )

    @cached_property
    def end(self) -> PartialDate:
        """When it ended; where no source tells, between what is known before and after."""
        if self.ended is not None:
            return self.ended
        length = self.terms.get("term")
        if isinstance(length, Term) and length.until is not None and length.until.day is not None:
            return PartialDate.of(length.until.day + dt.timedelta(days=1))
        told = self.status.status_as_of if self.status is not None else None
        if self.means in {EXPIRED, TERMINATED}:
            return between(self.governing.date, self.replaced_on or told)
        return between(told or self.governing.date, self.replaced_on)

    def said(self) -> Iterator[tuple[str, Any]]:
        """Give the inputs: in the words of the definition where it has them."""
        governing, status = self.governing, self.status
        yield from self.terms.items()
        if self.state in OVER and self.since != UNKNOWN:
            yield "in_force_from", self.since
        elif self.state == LIVE and self.ended is not None and "term" not in self.terms:
            yield "term", Term(until=PartialDate.of(_last(self.ended)))
        if self.behind is not None:
            prefix = "end_" if self.behind is self.ending else ""
            yield f"{prefix}resolution", self.behind.resolution
            yield f"{prefix}resolution_date", self.behind.resolved and self.behind.resolved.text
        yield "began_on", self.began and self.began.text
        if self.form is Form.INFORMAL and governing.row.kind in {WORKING, INTENT}:
            yield "document_kind", _document_kind(governing.row)
        yield "document_name", governing.row.document
        yield "source", governing.row.source
        if status is not None:
            if self.form is Form.ASSOCIATION:
                told = fold(status.status)
                yield "status", next((one for one in MEMBERS if one in told), None)
            yield "status_told", status.status
            yield "status_as_of", status.status_as_of and status.status_as_of.text
            yield "status_source", status.status_source
        yield "note", governing.row.note
        rows = (row for act in self.acts for row in act.rows)
        yield "acts", [{"row": row.number, **dict(rows_told(row))} for row in rows]

    def doubts(self, told: Told) -> Iterator[Doubt]:
        """Give what the sources leave open or disagree about."""
        yield from self.conflicts()
        row, length = self.governing.row, self.terms.get("term")
        runs = isinstance(length, Term) and length.definite
        if told.state in OVER and told.date.precision not in POINTS:
            yield Doubt("end", {"between": told.date.text}, None, row.number)
        elif told.state == LIVE and runs and self.governing.date is None:
            # Without the day it began nobody can say when the term runs out.
            yield Doubt("date", {"term": row.term}, None, row.number)
        if told.state in OVER or told.form is Form.INFORMAL:
            return
        if self.status is not None and self.means is None:
            yield Doubt("status", {"status": self.status.status}, None, self.status.number)
        elif self.status is None and not (runs and self.governing.date is not None):
            # A term that runs tells by itself that the case is in force, or was until it ran out.
            yield Doubt("standing", {"since": told.date.text}, None, row.number)

    def conflicts(self) -> Iterator[Doubt]:
        """Give the disagreements; of acts that neither govern nor began it, under one subject."""
        for act in self.acts:
            for doubt in act.doubts:
                subject = doubt.subject
                if act is not self.governing:
                    began = act is self.acts[0] and subject == "conflict.date"
                    subject = "conflict.began_on" if began else "conflict.act"
                facts = {**doubt.facts, "document": act.row.document or act.row.key}
                yield Doubt(subject, facts, None, doubt.row)


def _last(date: PartialDate) -> dt.date:
    return date.latest or dt.date.max


def _document_kind(row: SourceRow) -> str:
    if row.kind == INTENT:
        return "letter_of_intent"
    name = fold(row.document)
    return next((kind for word, kind in DOCUMENTS if word in name), "other")


@cache
def _places() -> frozenset[tuple[Form, str]]:
    edition = definition()
    return frozenset(edition.rows) | {(row.new_form, row.target) for row in edition.all_rows()}

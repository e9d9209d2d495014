"""What the rules may look at: frozen facts of a case, and the sheet the documents are made from."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeGuard

from models.vocabulary import Form, Language, PartnerKind, Role, Strength
from workflow.dates import PartialDate
from workflow.definition import Definition, Row
from workflow.inputs import Json, Term, Value, Votes
from workflow.settings import Settings


@dataclass(frozen=True, slots=True)
class SheetFact:
    """One fact as a document may use it: its JSON value and the event it came from.

    Attributes:
        value: None where the name is known and nobody has stated it: a visible gap.
        sequence: the event of the case; None for facts of the partner and settings.
        kind: how to print it: text, number, date, votes, list, yes_no, term, form, choice.
        label: what a person calls it, to name a gap.
    """

    value: Json
    sequence: int | None = None
    kind: str = "text"
    label: Mapping[Language, str] = field(default_factory=dict)


Sheet = Mapping[str, SheetFact]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who records: the person, on whose behalf, from which login, and what that allows."""

    login: str
    person: str
    roles: frozenset[Role]
    on_behalf_of: str | None = None

    @property
    def names(self) -> frozenset[str]:
        """Everybody who acts here: the person, and whom the person stands in for."""
        return frozenset({self.person, self.on_behalf_of} - {None})  # type: ignore[arg-type] # None has just been taken out


@dataclass(frozen=True, slots=True)
class Act:
    """A step that stands: recorded, not retracted, as corrected."""

    sequence: int
    step: str
    form: Form
    source: str
    new_form: Form
    target: str
    date: PartialDate
    recorded_at: dt.datetime
    actor: str
    on_behalf_of: str | None
    role: str
    inputs: Mapping[str, Value]
    corrected: Mapping[str, int] = field(default_factory=dict)
    """Inputs that a later event corrected, with the sequence of that event."""

    @property
    def moved(self) -> bool:
        """Say whether it changed where the case stands."""
        return (self.form, self.source) != (self.new_form, self.target)

    @property
    def names(self) -> frozenset[str]:
        """Everybody who acted here."""
        return frozenset({self.actor, self.on_behalf_of} - {None})  # type: ignore[arg-type] # None has just been taken out


@dataclass(frozen=True, slots=True)
class Partner:
    """The other side, as it is now."""

    id: int
    slug: str
    kind: PartnerKind
    country: str | None
    name_pl: str
    name_en: str
    stored: Mapping[str, str] = field(default_factory=dict)
    """Current stored facts by name (seat, population, continent …)."""


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another case of the same partner or, for what is exclusive in a country, of that country."""

    reference: str
    form: Form
    state: str
    partner_id: int
    partner: str
    country: str | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionCase:
    """A case of form decision about this one."""

    reference: str
    purpose: str
    state: str
    resolution: str | None
    date: PartialDate | None


@dataclass(frozen=True, slots=True)
class DraftFact:
    """What the rules need to know of a stored draft; they never open a file."""

    kind: str
    version: int
    finalised: int | None
    """Sequence of the event that made it final."""
    stale: tuple[str, ...]
    wrong_names: tuple[str, ...]


def is_list(value: object) -> TypeGuard[tuple[str, ...]]:
    """Tell a list among the inputs from a vote or a term, which are tuples too."""
    return isinstance(value, tuple) and not isinstance(value, (Votes, Term))


class Missing(Exception):
    """A rule lacks a fact; `needs` names the input or fact. The judge makes it `undecided`."""

    def __init__(self, needs: str) -> None:
        self.needs = needs
        super().__init__(needs)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule answers about one step.

    Attributes:
        variant: which of the rule's sentences fits ("" where it has one).
        needs: the input or fact that is missing (`undecided` only).
    """

    rule: str
    outcome: str
    facts: Mapping[str, Json] = field(default_factory=dict)
    variant: str = ""
    needs: str | None = None
    strength: Strength = Strength.BLOCK
    waived_by: str | None = None


@dataclass(frozen=True, slots=True)
class Waiver:
    """A manager's grant to override one rule at one step, while the facts stay as they were."""

    sequence: int
    rule: str
    step: str
    facts: Mapping[str, Json]
    variant: str
    granted: bool
    by: frozenset[str]
    reason: str


@dataclass(frozen=True, slots=True)
class Case:
    """Where a case stands and what has been done in it; the fold of its events.

    Attributes:
        acts: the steps that stand, in order.
        round: sequence of the latest proposal: what came before it no longer carries the Council's
            road.
    """

    reference: str
    title: str
    file_number: str | None
    officer: str | None
    form: Form
    state: str
    version: int
    definition: str
    acts: tuple[Act, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    round: int = 0

    def last(self, *steps: str) -> Act | None:
        """Give the last act of any of these steps."""
        return next((act for act in reversed(self.acts) if act.step in steps), None)

    def standing(self, *steps: str) -> Act | None:
        """Give the last act of any of these steps since the latest proposal."""
        act = self.last(*steps)
        return act if act is not None and act.sequence >= self.round else None

    def with_act(self, act: Act) -> "Case":
        """Give the case as it stands after one more act."""
        return replace(
            self,
            form=act.new_form,
            state=act.target,
            version=act.sequence,
            acts=(*self.acts, act),
        )

    @property
    def proposal(self) -> Act | None:
        """The latest proposal, raising or draft received by the Council."""
        return self.last("propose", "raise", "receive_council_draft")

    @property
    def resolution(self) -> Act | None:
        """The Council's resolution of this round, unless its annulment stands."""
        adopted = self.standing("adopt")
        annulled = self.standing("annul")
        if adopted is None or annulled is None or annulled.sequence < adopted.sequence:
            return adopted
        court = self.standing("uphold", "reinstate")
        return adopted if court is not None and court.sequence > annulled.sequence else None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the rules of one step may look at."""

    case: Case
    partner: Partner
    row: Row
    inputs: Mapping[str, Value]
    actor: Actor
    definition: Definition
    settings: Settings
    today: dt.date
    siblings: Sequence[Sibling] = ()
    decisions: Sequence[DecisionCase] = ()
    drafts: Sequence[DraftFact] = ()
    about: Sibling | None = None
    """The cooperation a decision is about."""
    under: Sibling | None = None
    """The agreement a programme or sectoral agreement is under."""
    projects: Sequence[PartialDate] = ()
    """When the joint activities with this partner began."""

    @property
    def date(self) -> PartialDate:
        """When the step happened; a step that carries no date happens today."""
        given = self.inputs.get("date")
        return given if isinstance(given, PartialDate) else PartialDate.of(self.today)

    @property
    def day(self) -> dt.date:
        """The day whose settings count: the latest the step can have happened, never ahead."""
        latest = self.date.latest
        return self.today if latest is None else min(latest, self.today)

    def given(self, name: str) -> Value | None:
        """Give an input or None."""
        return self.inputs.get(name)

    def text(self, name: str) -> str:
        """Give a text the rule cannot do without."""
        return str(self._need(name))

    def number(self, name: str) -> int:
        """Give a number the rule cannot do without."""
        return int(str(self._need(name)))

    def answer(self, name: str) -> bool:
        """Give the answer to a yes-or-no question the rule cannot do without."""
        return bool(self._need(name))

    def votes(self, name: str) -> Votes:
        """Give a vote the rule cannot do without."""
        votes = self._need(name)
        assert isinstance(votes, Votes)  # noqa: S101 - the definition gives the input its type
        return votes

    def when(self, name: str) -> PartialDate | None:
        """Give a date among the inputs or None."""
        date = self.inputs.get(name)
        return date if isinstance(date, PartialDate) else None

    def items(self, name: str) -> tuple[str, ...]:
        """Give a list; what is not there is empty."""
        items = self.inputs.get(name)
        return items if is_list(items) else ()

    def _need(self, name: str) -> Value:
        value = self.inputs.get(name)
        if value is None:
            raise Missing(name)
        return value

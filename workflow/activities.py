"""Activities: joint projects by one of the fifteen tools of foreign policy (seeds/003)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from models.activity import Activity, ActivityCooperation, ActivityPartner
from models.cooperation import RUNNING, Cooperation
from models.partner import Partner
from models.vocabulary import Form
from workflow.dates import NotADate, PartialDate
from workflow.errors import InputFaults
from workflow.reading import by_reference, file, partner
from workflow.unit import Unit

TOOLS = range(1, 16)
FROM_CASES: Mapping[int, tuple[Form, ...]] = {
    6: (Form.EU_PROGRAMME,),
    12: (Form.ASSOCIATION, Form.POLITICAL_ASSOCIATION),
    14: (Form.PROGRAMME,),
}
"""Tools that are cases themselves: counted from the cases in force, never entered twice."""


@dataclass(frozen=True, slots=True)
class NewActivity:
    """What a person enters; `period` is what they typed."""

    tool: int
    title: str
    period: str
    place: str | None = None
    description: str | None = None
    source: str | None = None
    partners: Sequence[str] = ()
    cases: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An activity as a list shows it."""

    id: int
    tool: int
    title: str
    period: str
    place: str | None
    partners: tuple[str, ...]
    cases: tuple[str, ...]


def add(unit: Unit, activity: NewActivity, by: str) -> int:
    """Record an activity; some have no partner (support for Poles abroad, work with the media).

    Raises:
        InputFaults: a blank title, a period that is no date, a tool that is counted from cases.
        NotFound: a partner or case that is not in the register.
    """
    faults: list[Mapping[str, object]] = []
    if activity.tool not in TOOLS:
        faults.append({"name": "tool", "value": str(activity.tool), "fault": "not_a_tool"})
    if activity.tool in FROM_CASES:
        faults.append({"name": "tool", "value": str(activity.tool), "fault": "counted_from_cases"})
    if not activity.title.strip():
        faults.append({"name": "title", "value": activity.title, "fault": "empty"})
    try:
        period = PartialDate.read(activity.period).text
    except NotADate as fault:
        period = ""
        faults.append({"name": "period", "value": activity.period, "fault": f"date_{fault.reason}"})
    if faults:
        raise InputFaults("activity add", faults)
    partners = [partner(unit, slug).id for slug in dict.fromkeys(activity.partners)]
    cases = [file(unit, reference.upper()).id for reference in dict.fromkeys(activity.cases)]
    identity: int = unit.connection.execute(
        sa.insert(Activity)
        .values(
            tool=activity.tool,
            title=activity.title.strip(),
            period=period,
            place=activity.place,
            description=activity.description,
            source=activity.source,
            recorded_at=unit.now(),
            recorded_by=by,
        )
        .returning(Activity.id)
    ).scalar_one()
    for partner_id in partners:
        unit.connection.execute(
            sa.insert(ActivityPartner).values(activity_id=identity, partner_id=partner_id)
        )
    for case_id in cases:
        unit.connection.execute(
            sa.insert(ActivityCooperation).values(activity_id=identity, cooperation_id=case_id)
        )
    return identity


def entries(
    unit: Unit, *, slug: str | None = None, reference: str | None = None, limit: int = 200
) -> Sequence[Entry]:
    """List activities, the newest entry first; of one partner or case if named.

    Raises:
        NotFound: no such partner or case.
    """
    statement = sa.select(Activity).order_by(Activity.id.desc()).limit(limit)
    if slug is not None:
        mine = sa.select(ActivityPartner.activity_id).where(
            ActivityPartner.partner_id == partner(unit, slug).id
        )
        statement = statement.where(Activity.id.in_(mine))
    if reference is not None:
        by_reference(unit, reference)
        of_case = (
            sa.select(ActivityCooperation.activity_id)
            .join(Cooperation, Cooperation.id == ActivityCooperation.cooperation_id)
            .where(Cooperation.reference == reference)
        )
        statement = statement.where(Activity.id.in_(of_case))
    rows = unit.connection.execute(
        statement.with_only_columns(
            Activity.id, Activity.tool, Activity.title, Activity.period, Activity.place
        )
    ).all()
    ids = [row.id for row in rows]
    partners = _joined(
        unit,
        sa.select(ActivityPartner.activity_id, Partner.slug)
        .join(Partner, Partner.id == ActivityPartner.partner_id)
        .where(ActivityPartner.activity_id.in_(ids)),
    )
    cases = _joined(
        unit,
        sa.select(ActivityCooperation.activity_id, Cooperation.reference)
        .join(Cooperation, Cooperation.id == ActivityCooperation.cooperation_id)
        .where(ActivityCooperation.activity_id.in_(ids)),
    )
    return [
        Entry(
            row.id,
            row.tool,
            row.title,
            row.period,
            row.place,
            tuple(partners.get(row.id, ())),
            tuple(cases.get(row.id, ())),
        )
        for row in rows
    ]


def _joined(unit: Unit, statement: sa.Select[int, str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for identity, name in unit.connection.execute(statement):
        found.setdefault(identity, []).append(name)
    return found


def counts(unit: Unit) -> Mapping[int, int]:
    """Count what each of the fifteen tools has been used for.

    Tools 6, 12 and 14 are cases in force: programmes of the Union, memberships, programmes.
    """
    entered = _counted(unit, sa.select(Activity.tool, sa.func.count()).group_by(Activity.tool))
    of_cases = _counted(
        unit,
        sa.select(Cooperation.form, sa.func.count())
        .where(
            Cooperation.state.in_(RUNNING),
            sa.or_(Cooperation.ends_on.is_(None), Cooperation.ends_on >= unit.today),
        )
        .group_by(Cooperation.form),
    )
    return {
        tool: sum(of_cases.get(form, 0) for form in FROM_CASES[tool])
        if tool in FROM_CASES
        else entered.get(tool, 0)
        for tool in TOOLS
    }


def _counted(unit: Unit, statement: sa.Select[Any, int]) -> dict[Any, int]:
    return {row[0]: row[1] for row in unit.connection.execute(statement)}

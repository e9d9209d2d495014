"""The unit of work: all of it or nothing, numbers given once, and two writers at once."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from threading import Barrier

import pytest
import sqlalchemy as sa

from models.cooperation import Cooperation
from models.vocabulary import Role
from tests.office import CaseFile, Office, Refusal
from tests.ordinary import (
    DAY,
    MANAGER,
    OFFICER,
)
from workflow import engine
from workflow.engine import Taken
from workflow.errors import AccordError, CaseChanged, StepNotOpen, StepRefused
from workflow.facts import Actor
from workflow.project import Recorded


def three_steps_and_a_fall(office: Office, case: CaseFile) -> Iterator[Taken]:
    """Take steps in one unit of work that then comes to nothing."""
    with office.writing() as unit:
        words = case.words("propose", {"form": "twinning"})
        yield engine.advance(unit, case.reference, "propose", words, office.actor(OFFICER))
        yield engine.advance(unit, case.reference, "endorse", {}, office.actor(MANAGER))
        opened = {"title": "Bordeaux", "idea": "Rada", "date": DAY}
        yield engine.open_case(unit, "bordeaux", opened, office.actor(OFFICER))
        raise LookupError


def test_a_unit_of_work_that_fails_leaves_nothing_of_its_steps(office: Office) -> None:
    case = office.open("leipzig")
    before = office.dump()
    taken = three_steps_and_a_fall(office, case)

    steps = [next(taken) for _ in range(3)]
    with pytest.raises(LookupError):
        next(taken)

    assert [step.state for step in steps] == ["proposed", "endorsed", "informal"]
    assert office.dump() == before


def test_a_unit_of_work_may_hold_many_steps_and_each_sees_the_one_before(office: Office) -> None:
    with office.writing() as unit:
        officer, manager = office.actor(OFFICER), office.actor(MANAGER)
        words = {"title": "Lipsk", "idea": "Rada", "date": DAY}
        references = [engine.open_case(unit, "leipzig", words, officer).reference for _ in range(3)]
        for reference in references:
            engine.advance(unit, reference, "close", CLOSED, officer)
            engine.advance(unit, reference, "reopen", {"reason": "jednak"}, manager)

    with office.reading() as unit:
        states = unit.connection.scalars(sa.select(Cooperation.state).order_by(Cooperation.id))
        assert states.all() == ["negotiation"] * 3
    assert references == ["KRK-2026-0001", "KRK-2026-0002", "KRK-2026-0003"]


CLOSED = {"withdrew": "city", "date": DAY, "reason": "brak odpowiedzi"}


def test_references_are_counted_by_the_year_and_never_given_twice(office: Office) -> None:
    first = office.open("leipzig")
    first.take("close")
    next_year = Office(office.database, date(2027, 1, 4))

    references = [
        first.reference,
        office.open("leipzig").reference,
        next_year.open("leipzig").reference,
        office.open("leipzig").reference,
    ]

    assert references == ["KRK-2026-0001", "KRK-2026-0002", "KRK-2027-0001", "KRK-2026-0003"]


def test_a_step_asks_the_database_three_things_and_writes_one(here: Office) -> None:
    case = here.open("leipzig").propose("partnership").come_to("before_council")
    words, said = case.words("adopt", {}), list[str]()

    with here.writing() as unit:
        sa.event.listen(
            unit.connection,
            "before_cursor_execute",
            lambda *about: said.append(about[2].split(maxsplit=1)[0]),
        )
        engine.advance(unit, case.reference, "adopt", words, here.actor(OFFICER))

    assert said == ["SELECT", "SELECT", "SELECT", "INSERT"]


# --- two at once ---


def at_once(*actions: Callable[[], Taken]) -> list[Taken | AccordError]:
    """Let several people do something at the same moment, each in a unit of work of their own."""
    start = Barrier(len(actions))

    def run(action: Callable[[], Taken]) -> Taken | AccordError:
        start.wait()
        try:
            return action()
        except AccordError as refusal:
            return refusal

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def parted(results: list[Taken | AccordError]) -> tuple[list[Taken], list[AccordError]]:
    """Part those who could from those who were refused."""
    return (
        [result for result in results if isinstance(result, Taken)],
        [result for result in results if isinstance(result, AccordError)],
    )


def managers(office: Office) -> Sequence[Actor]:
    """Give two managers."""
    return office.actor(MANAGER), Actor("iga.kierownik", "iga.kierownik", frozenset({Role.MANAGER}))


def test_of_two_who_endorse_at_once_one_is_told_who_was_first(office: Office) -> None:
    case = office.open("leipzig").propose("twinning")

    done, refused = parted(
        at_once(
            *(
                partial(office.do, engine.advance, case.reference, "endorse", {}, manager)
                for manager in managers(office)
            )
        )
    )

    (late,) = refused
    last = late.facts["last"]
    assert [step.state for step in done] == ["endorsed"]
    assert isinstance(late, StepNotOpen)
    assert isinstance(last, Recorded)
    assert late.facts["state"] == "endorsed"
    assert (last.step, last.actor) == ("endorse", case.events[-1].actor)
    assert len(case.events) == 3


def test_of_two_who_looked_at_the_same_version_one_is_told_that_it_changed(office: Office) -> None:
    case = office.open("leipzig").propose("twinning")

    done, refused = parted(
        at_once(
            *(
                partial(office.do, engine.advance, case.reference, step, words, manager, seen=2)
                for manager, (step, words) in zip(
                    managers(office), [("endorse", {}), ("return", {"reason": "cele"})], strict=True
                )
            )
        )
    )

    assert len(done) == 1
    assert [type(refusal) for refusal in refused] == [CaseChanged]
    assert case.now.case.version == 3


def test_of_two_german_twins_proposed_at_once_one_is_refused(office: Office) -> None:
    with office.writing() as unit:
        for country in ("IT", "ES", "CZ"):
            for slug in ("a", "b"):
                office.add_partner(unit, f"{slug}-{country.lower()}", "city", country)
    officer = office.actor(OFFICER)

    for pair in (("leipzig", "nuremberg"), ("a-it", "b-it"), ("a-es", "b-es"), ("a-cz", "b-cz")):
        cases = [office.open(slug) for slug in pair]
        words = cases[0].words("propose", {"form": "twinning"})
        done, refused = parted(
            at_once(
                *(
                    partial(office.do, engine.advance, case.reference, "propose", words, officer)
                    for case in cases
                )
            )
        )

        (late,) = refused
        assert isinstance(late, StepRefused)
        assert Refusal(late).broken == ["twin_exclusive"]
        assert Refusal(late).finding("twin_exclusive").facts["other"] == done[0].reference
        assert sorted(case.state for case in cases) == ["informal", "proposed"]


def test_of_two_like_proposals_to_one_partner_at_once_one_is_a_duplicate(office: Office) -> None:
    officer = office.actor(OFFICER)

    for slug in ("leipzig", "nuremberg", "bordeaux", "istanbul"):
        cases = [office.open(slug), office.open(slug)]
        words = cases[0].words("propose", {"form": "partnership"})
        done, refused = parted(
            at_once(
                *(
                    partial(office.do, engine.advance, case.reference, "propose", words, officer)
                    for case in cases
                )
            )
        )

        (late,) = refused
        assert isinstance(late, StepRefused)
        assert Refusal(late).broken == ["no_duplicate"]
        assert len(done) == 1


def test_cases_opened_at_once_have_numbers_of_their_own(office: Office) -> None:
    officer = office.actor(OFFICER)
    words = {"title": "Lipsk", "idea": "Rada", "date": DAY}

    done, refused = parted(
        at_once(*[partial(office.do, engine.open_case, "leipzig", words, officer)] * 8)
    )

    assert sorted(step.reference for step in done) == [
        f"KRK-2026-{number:04d}" for number in range(1, 9)
    ]
    assert refused == []


def test_what_is_held_until_the_end_is_asked_for_once(office: Office) -> None:
    said: list[str] = []

    with office.writing() as unit:
        sa.event.listen(
            unit.connection, "before_cursor_execute", lambda *about: said.append(about[2])
        )
        unit.lock({"partner:1", "country:DE"})
        unit.lock({"country:DE"})

    held = [statement for statement in said if "pg_advisory_xact_lock" in statement]
    assert unit.locks == {"partner:1", "country:DE"}
    assert len(held) == (2 if office.database.kind == "postgresql" else 0)

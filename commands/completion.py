"""What a shell offers after a tab: cases, partners and steps, or nothing, but never a failure."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from commands.office import Office

if TYPE_CHECKING:
    from workflow.unit import Unit

MOST = 50


class Completion:
    """Looks into the register that the line so far names.

    A person in the middle of a line can do nothing about a register that is missing, locked or
    older; the command itself will say so.
    """

    def __init__(self, database: str | None) -> None:
        self._office = Office(database)

    def references(self, beginning: str) -> Sequence[str]:
        """Give references of cases that begin so."""
        from models.cooperation import Cooperation
        from register.listing import beginning_with

        return self._found(
            lambda unit: beginning_with(unit, Cooperation.reference, beginning, MOST)
        )

    def partners(self, beginning: str) -> Sequence[str]:
        """Give slugs of partners that begin so."""
        from models.partner import Partner
        from register.listing import beginning_with

        return self._found(lambda unit: beginning_with(unit, Partner.slug, beginning, MOST))

    def steps(self, reference: str, beginning: str) -> Sequence[str]:
        """Give the steps that start where a case stands."""
        from workflow import reading

        def here(unit: "Unit") -> Sequence[str]:
            of = reading.file(unit, reference)
            rows = of.definition.at(of.case.form, of.case.state)
            return list(dict.fromkeys(row.step for row in rows))

        return [step for step in self._found(here) if step.startswith(beginning)]

    def _found(self, look: Callable[["Unit"], Sequence[str]]) -> Sequence[str]:
        try:
            with self._office.reading() as unit:
                return look(unit)
        except Exception:  # noqa: BLE001 - whatever it is, a shell must not be told of it
            return []
        finally:
            self._office.close()

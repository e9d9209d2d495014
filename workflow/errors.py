"""What can go wrong, as facts; the sentence in the reader's language comes from the messages.

AccordError
├── RegisterError
│   ├── RegisterMissing        no database where one was expected
│   ├── RegisterExists         init over an existing register
│   ├── RegisterOlder          the schema is older than the program
│   ├── RegisterNewer          the schema is newer than the program
│   ├── RegisterUnreachable    no server at that address
│   ├── RegisterFailed         a folder, a damaged, locked or read-only file, a full disk
│   └── WriteRefused           the database itself refused what was written
├── NotFound                   no case, partner, person or draft of that name
├── AlreadyThere               a slug, login or reference is taken
├── IdentityError
│   ├── NotAPerson             the login is nobody of this office
│   ├── NotAllowed             the person lacks the role the step asks for
│   └── NoSubstitution         acting for somebody without a substitution valid today
├── StepError
│   ├── StepUnknown            no such step in the definition
│   ├── StepNotOpen            the step does not start in the state the case is in
│   ├── InputFaults            every fault of what was typed, at once
│   ├── StepRefused            the rules refuse; every finding, none left out
│   ├── CaseChanged            somebody moved the case since it was looked at
│   └── AmendmentRefused       a waiver, assignment, correction or retraction is not to be had
├── DraftError
│   ├── DraftRefused           a draft may not become final; every reason
│   └── DraftFault             a template or a text is faulty
└── DefinitionFaulty           a definition, law or message file; every fault
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar


class AccordError(Exception):
    """A refusal or failure that a person can understand and cure.

    Attributes:
        code: the key of its sentences under `[errors]` in `messages.{pl,en}.toml`.
        facts: what the sentences say, by placeholder.
        exit_code: of the process: 1 refused or failed, 2 wrong usage.
    """

    code: ClassVar[str] = "failed"
    exit_code: ClassVar[int] = 1

    def __init__(self, **facts: object) -> None:
        self.facts: Mapping[str, object] = facts
        super().__init__(self.code, facts)


class RegisterError(AccordError):
    """The register as a whole cannot be used as asked."""


class RegisterMissing(RegisterError):
    """No register at `database`."""

    code = "register_missing"


class RegisterExists(RegisterError):
    """`init` found a register at `database` already."""

    code = "register_exists"


class RegisterOlder(RegisterError):
    """The register's schema `found` is older than the program's `head`."""

    code = "register_older"


class RegisterNewer(RegisterError):
    """The register's schema `found` is one this program does not know."""

    code = "register_newer"


class RegisterUnreachable(RegisterError):
    """The database at `database` does not answer, for `reason`."""

    code = "register_unreachable"


class RegisterFailed(RegisterError):
    """The register at `database` cannot be used, for `reason`.

    `fault` says what kind of reason that is: folder, nowhere, address, damaged, locked,
    read_only, full, or another.
    """

    code = "register_failed"


class WriteRefused(RegisterError):
    """A guard of the database refused a write; `reason` is its own sentence."""

    code = "write_refused"


class NotFound(AccordError):
    """Nothing of `kind` is called `name`; `near` lists what is spelt alike."""

    code = "not_found"


class AlreadyThere(AccordError):
    """Something of `kind` is called `name` already."""

    code = "already_there"


class IdentityError(AccordError):
    """The person may not do this."""


class NotAPerson(IdentityError):
    """`login` is not a person of this office."""

    code = "not_a_person"


class NotAllowed(IdentityError):
    """`login` holds the roles `held`; the step or command `what` asks for one of `needed`."""

    code = "not_allowed"


class NoSubstitution(IdentityError):
    """`login` has no substitution for `other` valid on `day`."""

    code = "no_substitution"


class StepError(AccordError):
    """A step on a case was not taken."""


class StepUnknown(StepError):
    """The definition has no step `step`; `near` lists what is spelt alike."""

    code = "step_unknown"


class StepNotOpen(StepError):
    """`step` does not start where case `reference` stands.

    Facts: reference, step, state, form, open (the steps that can be taken now) and, where the
    case has moved since it was proposed, by whom and when it came to this state.
    """

    code = "step_not_open"


class InputFaults(StepError):
    """Everything wrong with the inputs of a step.

    Facts: step, faults: a sequence of mappings with `name`, `fault` (its message id) and the
    value and remedy.
    """

    code = "input_faults"
    exit_code = 2

    def __init__(self, step: str, faults: Sequence[Mapping[str, object]], **facts: object) -> None:
        self.faults = tuple(faults)
        super().__init__(step=step, faults=self.faults, **facts)


class StepRefused(StepError):
    """Rules of the step are broken; nothing was written.

    Facts: reference, step, state, form, and every finding, the ones that hold included.
    """

    code = "step_refused"

    def __init__(self, findings: Sequence[object], **facts: object) -> None:
        self.findings = tuple(findings)
        super().__init__(findings=self.findings, **facts)


class CaseChanged(StepError):
    """Case `reference` has moved since version `seen`: by `actor`, at `recorded_at`."""

    code = "case_changed"


class AmendmentRefused(StepError):
    """An amendment of the record is refused.

    Facts: `why` (not_broken, not_overridable, four_eyes, no_officer, nothing, rested_on, …),
    reference, and what the reason needs: rule, step, login, event, others.
    """

    code = "amendment_refused"


class DraftError(AccordError):
    """A document was not made or not made final."""


class DraftRefused(DraftError):
    """A draft may not become final; `reasons` says every one of them."""

    code = "draft_refused"


class DraftFault(DraftError):
    """A template or text of kind `kind` is faulty: `fault`."""

    code = "draft_fault"


class DefinitionFaulty(AccordError):
    """A packaged file of the law is wrong; `faults` lists every one."""

    code = "definition_faulty"

    def __init__(self, faults: Sequence[str], **facts: object) -> None:
        self.faults = tuple(faults)
        super().__init__(faults=self.faults, **facts)

    def __str__(self) -> str:
        return "\n".join(self.faults)

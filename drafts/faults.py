"""What can be wrong with a template or with a text written from it."""

from enum import StrEnum

from workflow.errors import DraftFault


class Fault(StrEnum):
    """The kinds of fault; each is a message id."""

    NO_SUCH_KIND = "no_such_kind"
    NO_SUCH_TEMPLATE = "no_such_template"
    LANGUAGE_NOT_OFFERED = "language_not_offered"
    UNKNOWN_NAME = "unknown_name"
    NOT_A_FACT = "not_a_fact"
    UNFIT_VALUE = "unfit_value"
    TEMPLATE_SYNTAX = "template_syntax"
    MARKDOWN_NOT_ALLOWED = "markdown_not_allowed"
    UNKNOWN_BLOCK = "unknown_block"
    BLOCK_NOT_CLOSED = "block_not_closed"
    SECTION_NUMBERS = "section_numbers"
    UNKNOWN_SECTION = "unknown_section"
    LETTERS_OUT_OF_ORDER = "letters_out_of_order"
    SECTIONS_DIFFER = "sections_differ"
    SHAPES_DIFFER = "shapes_differ"
    NO_TEXT = "no_text"


class TemplateFault(DraftFault):
    """A template, or a text made from one, breaks the rules of drafts.markdown or drafts.sheet.

    Facts: fault, and as far as they are known kind, language, line (of the text or template,
    from 1) and detail: what was found there.
    """

    code = "template_fault"

    def __init__(self, fault: Fault, **facts: object) -> None:
        self.fault = fault
        super().__init__(fault=fault.value, **facts)

    def within(self, **facts: object) -> "TemplateFault":
        """Give the same fault with more facts about where it was met; known ones stay."""
        known = {name: value for name, value in self.facts.items() if name != "fault"}
        return TemplateFault(self.fault, **{**facts, **known})

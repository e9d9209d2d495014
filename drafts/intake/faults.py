"""Why a document from outside is not read.

IntakeFault
├── FormatUnknown      the name ends in nothing that can be read
├── NotAsNamed         the name says one format, the content is another
├── TooLarge           the file itself
├── Unpacked           what it would unpack to
├── TooLong            its text
├── TooManyPages
├── TooDeep            tables in tables in tables
├── Broken             cut short, or never a document
├── Protected          by a password
├── NoText             nothing is written in it
├── ScanOnly           pages without letters
├── EncodingUnknown    the letters cannot be told
├── NotText            a text with signs that no text has
├── Macros             it carries a program
├── Entities           it declares a document type or entities of its own
├── External           a part of it lies elsewhere
├── Embedded           a part of it is another document
└── UnsafeNames        the names inside lead out of it, or two are the same
"""

from typing import Self

from workflow.errors import DraftError


class IntakeFault(DraftError):
    """The document `name` is not read; nothing was opened, fetched or run."""

    def within(self, **facts: object) -> Self:
        """Give the same fault with more facts about where it was met; known ones stay."""
        return type(self)(**{**facts, **self.facts})


class FormatUnknown(IntakeFault):
    """`name` ends otherwise than the `known` formats do."""

    code = "intake_format"


class NotAsNamed(IntakeFault):
    """By its name `name` is of format `expected`, by its content `found`."""

    code = "intake_not_as_named"


class TooLarge(IntakeFault):
    """`name` has `size` megabytes, more than `limit`."""

    code = "intake_too_large"


class Unpacked(IntakeFault):
    """`name` would unpack to more than `limit` megabytes."""

    code = "intake_unpacked"


class TooLong(IntakeFault):
    """The text of `name` has more than `limit` characters."""

    code = "intake_too_long"


class TooManyPages(IntakeFault):
    """`name` has `pages` pages, more than `limit`."""

    code = "intake_pages"


class TooDeep(IntakeFault):
    """In `name` things stand inside each other deeper than any document needs."""

    code = "intake_too_deep"


class Broken(IntakeFault):
    """`name` is no whole document of its `format`; `part` is where that shows."""

    code = "intake_broken"


class Protected(IntakeFault):
    """`name` is locked with a password."""

    code = "intake_protected"


class NoText(IntakeFault):
    """Nothing is written in `name`: the City can be neither named nor missing there."""

    code = "intake_no_text"


class ScanOnly(IntakeFault):
    """The `pages` pages of `name` are pictures: whether the City is named cannot be told."""

    code = "intake_scan"


class EncodingUnknown(IntakeFault):
    """The letters of `name` are encoded in none of the `known` ways, or in several at once."""

    code = "intake_encoding"


class NotText(IntakeFault):
    """`name` holds the sign `character`, which no text has."""

    code = "intake_not_text"


class Macros(IntakeFault):
    """`name` carries a program, in `part`."""

    code = "intake_macros"


class Entities(IntakeFault):
    """`name` declares a document type or entities of its own, in `part`."""

    code = "intake_entities"


class External(IntakeFault):
    """A part of `name` lies outside the file: `part` leads to `target`."""

    code = "intake_external"


class Embedded(IntakeFault):
    """Another document or object is embedded in `name`, in `part`, and its text is not read."""

    code = "intake_embedded"


class UnsafeNames(IntakeFault):
    """The `part` inside `name` leads out of it, or stands in it twice."""

    code = "intake_names"

"""Documents from outside, ours or a partner's: read safely, and held to the City's name.

    document = read(Path("Leipzig.docx"))
    reading = naming(document, Context.AGREEMENT)
    reading.wrong, reading.named, bool(reading)

A file is read only as what both its name and its content say it is. Nothing in it is run, fetched
or unpacked to the disk; what carries programs, entities or parts that lie elsewhere is refused.
"""

from drafts.intake.faults import IntakeFault
from drafts.intake.naming import Found, Reading, naming
from drafts.intake.opening import Document, Format, read
from drafts.intake.places import Part, Passage, Place

__all__ = [
    "Document",
    "Format",
    "Found",
    "IntakeFault",
    "Part",
    "Passage",
    "Place",
    "Reading",
    "naming",
    "read",
]

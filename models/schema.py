"""The whole of what is stored: importing this module maps every aggregate."""

from models import act, activity, cooperation, draft, lifecycle, partner, person, register
from models.base import Base

AGGREGATES = (act, activity, cooperation, draft, lifecycle, partner, person, register)
"""The modules whose classes make up the register."""

METADATA = Base.metadata
"""Every table of the register; the view `partner.CURRENT_FACT` stands beside it."""

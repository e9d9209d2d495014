"""How long hypothesis searches: `office` every day, `ordeal` when `HYPOTHESIS_PROFILE` names it.

A module whose tests are drawn imports this one; that is enough.
"""

import os

from hypothesis import HealthCheck, settings

# A database takes its time on a busy machine; that is no finding.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

EXAMPLES, WALKS, STEPS = {"ordeal": (2_000, 1_000, 80)}.get(
    os.environ.get("HYPOTHESIS_PROFILE", "office"), (60, 30, 30)
)
"""How many examples a property is tried on; how many walks through a register, of how many steps.
"""

settings.register_profile("chosen", PATIENT, max_examples=EXAMPLES)
settings.load_profile("chosen")

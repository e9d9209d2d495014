"""How long hypothesis searches: `office` every day, `ordeal` when `HYPOTHESIS_PROFILE` names it.

A module whose tests are drawn imports this one; that is enough.
"""

import os

from hypothesis import HealthCheck, settings

# A database takes its time on a busy machine; that is no finding.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

settings.register_profile("office", PATIENT, max_examples=60, stateful_step_count=30)
settings.register_profile("ordeal", PATIENT, max_examples=2_000, stateful_step_count=80)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "office"))

ORDEAL = os.environ.get("HYPOTHESIS_PROFILE") == "ordeal"

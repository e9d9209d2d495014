"""Every legal rule, each one small pure question about the facts of a step.

Strength, legal basis and the steps at which a rule is asked stand in the definition; its sentences
in both languages stand in `messages.{pl,en}.toml` under its name and variant. A rule answers
`holds`, `broken` or `not_applicable`; it raises `Missing` for a fact it lacks. A partial date
breaks a rule only if every day it may mean would break it.
"""

from workflow.rules import authority, council, life, proposal, signature
from workflow.rules.asking import RULES

__all__ = ["RULES", "authority", "council", "life", "proposal", "signature"]

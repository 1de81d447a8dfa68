"""Where this room hangs itself in: what follows a publication, and what the gate before it asks."""

from normative_docs import events
from normative_docs.in_force import planning, versions

events.published += [versions.first_version, planning.carry_out]
events.planned_acts.append(planning.standing)

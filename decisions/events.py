"""What rooms above are asked and told about a decision. The core knows none of them."""

from collections.abc import Callable

# Each is asked, with the decision, where it stands in the yearly catalogue; the gate before the start shows the first
# answer. Where nobody answers there is no catalogue to be in.
catalogue_standing: list[Callable] = []

# Each gives, for a decision, further lines of its public course (``portal.consultation.matters.Event``): what the room
# has published about it.
public_course: list[Callable] = []

"""The tables of the room, each beside what it is about."""

from portal.capacity.advisers.models import AdviserAppointment
from portal.capacity.experts.models import Expert, ExpertList

__all__ = ["AdviserAppointment", "Expert", "ExpertList"]

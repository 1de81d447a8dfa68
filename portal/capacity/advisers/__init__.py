"""Legal advisers (法律顾问、公职律师). Other rooms ask who advises an organisation on a day."""

from portal.capacity.advisers.standing import of

__all__ = ["of"]

"""The choices that the law leaves to a region: declared here by each app, set by the county with dates.

An app declares a :class:`PolicyKey` at import time; pages and gates ask :func:`value`. The value of a
day is the one set by the nearest organisation upward from the asker, else the declared default.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.organisations.models import Organisation, PolicySetting


@dataclass(frozen=True)
class PolicyKey:
    """One thing a region may choose.

    ``kind`` is ``switch`` (bool), ``number`` (int), ``name`` (str), ``pattern`` (str) or ``choice``; ``basis``
    names the instrument that leaves the choice open. ``check`` returns what was typed, put right, or raises
    ``ValueError`` with a Chinese message.
    """

    code: str
    label: str
    kind: str
    default: Any
    basis: str
    choices: tuple[tuple[str, str], ...] = field(default=())
    check: Callable[[str], str] | None = None

    def parse(self, text: str) -> Any:
        """Turn what an officer typed into the stored value; ``ValueError`` with a Chinese message otherwise."""
        text = text.strip()
        if self.kind == "switch":
            if text not in ("是", "否", "true", "false"):
                raise ValueError("请填写“是”或“否”。")
            return text in ("是", "true")
        if self.kind == "number":
            if not text.isdigit():
                raise ValueError("请填写非负整数。")
            return int(text)
        if self.kind == "choice" and text not in dict(self.choices):
            raise ValueError("请从给出的选项中选择。")
        if not text:
            raise ValueError("请填写取值。")
        return self.check(text) if self.check is not None else text


class Policies:
    """All declared keys; a code declared twice is a mistake at start."""

    def __init__(self):
        self._keys: dict[str, PolicyKey] = {}

    def declare(self, key: PolicyKey) -> PolicyKey:
        known = self._keys.get(key.code)
        if known is not None and known != key:
            raise ValueError(f"policy key {key.code} is declared twice")
        self._keys[key.code] = key
        return key

    def __getitem__(self, code: str) -> PolicyKey:
        return self._keys[code]

    def __contains__(self, code: str) -> bool:
        return code in self._keys

    def all(self) -> list[PolicyKey]:
        return sorted(self._keys.values(), key=lambda key: key.code)


policies = Policies()
declare = policies.declare


def settings_in_force(organisation: Organisation, on: date, **only) -> dict[str, PolicySetting]:
    """The settings that decide for ``organisation`` on that day, by code: of several, the nearest organisation's.

    :param only: further conditions, where not all of them are asked for.
    """
    found = (
        PolicySetting.objects.filter(organisation__path__in=organisation.line(), valid_from__lte=on, **only)
        .exclude(valid_until__lt=on)
        .order_by("organisation__path")
        .select_related("organisation")
    )
    return {setting.code: setting for setting in found}


def setting_in_force(code: str, organisation: Organisation, on: date) -> PolicySetting | None:
    """The setting that decides ``code`` for ``organisation`` on that day."""
    return settings_in_force(organisation, on, code=code).get(code)


def value_among(code: str, settings: dict[str, PolicySetting]) -> Any:
    """What these settings say of ``code``: the region's setting, else the declared default."""
    return settings[code].value if code in settings else policies[code].default


def value(code: str, organisation: Organisation, on: date) -> Any:
    """What holds for the organisation on that day: its region's setting, else the declared default."""
    return value_among(code, settings_in_force(organisation, on, code=code))

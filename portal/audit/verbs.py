"""The closed vocabulary of audited acts. A verb that is not here cannot be recorded.

Each verb has the words that the history shows. Rooms add theirs with :func:`declare` where the act is
defined; the words are data, the acts are code.
"""

_labels: dict[str, str] = {}


def declare(code: str, label: str) -> str:
    """Add a verb; the same code with other words is a mistake at start."""
    if _labels.setdefault(code, label) != label:
        raise ValueError(f"audit verb {code} is declared twice with different words")
    return code


def label(code: str) -> str:
    return _labels[code]


def is_declared(code: str) -> bool:
    return code in _labels


def all_verbs() -> list[tuple[str, str]]:
    return sorted(_labels.items())


OPENED = declare("file.opened", "立卷")
EDITED = declare("file.edited", "修改")
MOVED = declare("file.moved", "办理")
ASSIGNED = declare("file.assigned", "指定承办人")
LOOKED = declare("file.looked", "查阅")
EXPORTED = declare("register.exported", "导出台账")
VERIFIED = declare("audit.verified", "核验审计链")
ANCHORED = declare("audit.anchored", "固化审计链")
SETTING_CHANGED = declare("policy.changed", "调整地区设置")

"""The catalogue and its adjustments in words, as they are adopted and published."""

from decisions.catalogue.vocabulary import PLANNED_BY_CODE

_SHOWN = {
    "title": "事项名称", "deciding_body": "决策主体", "matter": "事项类别", "reason": "列入理由",
    "legal_basis": "法律政策依据", "step_reason": "不安排某一环节的理由",
}  # fmt: skip


def catalogue_text(catalogue) -> str:
    """Every item on the list with body, unit, basis, steps and months: the text that the meeting adopts."""
    parts = []
    for item in catalogue.items.filter(is_withdrawn=False).select_related("handling_unit").order_by("number"):
        lines = [
            f"{item.number}．{item.title}",
            f"决策主体：{item.deciding_body}。承办单位：{item.handling_unit.name}。",
            f"法律政策依据：{item.legal_basis.strip()}",
            f"履行程序要求：{item.steps_words}。",
            f"计划完成时间：{item.months_words}。",
        ]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def months_in_words(months: dict) -> str:
    """7 月公众参与；9 月合法性审查, in the order of the procedure."""
    return "；".join(f"{months[code]} 月{step.label}" for code, step in PLANNED_BY_CODE.items() if code in months)


def difference(before: dict, after: dict, units: dict[int, str]) -> str:
    """What a change alters, in sentences for everybody; empty where nothing that is published changes.

    :param units: names of handling units by key.
    """
    lines = [
        f"{label}由“{before[name] or '无'}”改为“{after[name] or '无'}”"
        for name, label in _SHOWN.items()
        if name != "matter" and before[name] != after[name]
    ]
    if before["handling_unit_id"] != after["handling_unit_id"]:
        lines.append(
            f"承办单位由“{units.get(before['handling_unit_id'], '')}”改为“{units.get(after['handling_unit_id'], '')}”"
        )
    if before["months"] != after["months"]:
        was, now = months_in_words(before["months"]), months_in_words(after["months"])
        lines.append(f"计划完成时间由“{was}”改为“{now}”")
    return "；".join(lines)


def described(content: dict, units: dict[int, str]) -> str:
    """An item that is added, in one line."""
    return (
        f"决策主体：{content['deciding_body']}；承办单位：{units.get(content['handling_unit_id'], '')}；"
        f"依据：{content['legal_basis']}；计划：{months_in_words(content['months'])}"
    )

"""The quantified standards (量化标准) by which a matter counts as major: settings of the region, dated and cited.

S1-12.1a asks for numbers set locally; 国令713 art. 3 para. 3 leaves the standards to the deciding organ.
"""

from dataclasses import dataclass
from datetime import date

from portal.organisations.policy import PolicyKey, declare, settings_in_force

BASIS = "国令713 第三条第三款；苏府〔2015〕12号（地方示例）"


@dataclass(frozen=True)
class Threshold:
    """One measure: ``name`` is the field that holds the value; at ``key``'s number and above it is met."""

    name: str
    label: str
    unit: str
    key: PolicyKey


def _threshold(name: str, label: str, unit: str, default: int) -> Threshold:
    key = PolicyKey(
        f"decisions.threshold_{name}", f"重大决策量化标准：{label}（{unit}，达到即为重大）", "number", default, BASIS
    )
    return Threshold(name, label, unit, declare(key))


THRESHOLDS = (
    _threshold("amount", "涉及金额", "万元", 500),
    _threshold("people", "直接影响人数", "人", 1000),
    _threshold("area", "涉及土地面积", "亩", 50),
    _threshold("villages", "涉及村（社区）", "个", 3),
)


def limits_of(organisation, on: date) -> list[tuple[Threshold, int, str]]:
    """Each threshold with its number and its basis as they hold for the organisation on that day."""
    rows, settings = [], settings_in_force(organisation, on, code__in=[threshold.key.code for threshold in THRESHOLDS])
    for threshold in THRESHOLDS:
        setting = settings.get(threshold.key.code)
        rows.append((threshold, setting.value, setting.basis) if setting else (threshold, threshold.key.default, BASIS))
    return rows


def judge(matter, organisation, on: date) -> list[dict]:
    """Hold what is known of a matter against the numbers of that day; what is kept says by which rule it was judged."""
    return [
        {
            "name": threshold.name, "label": threshold.label, "unit": threshold.unit, "limit": limit,
            "value": str(value), "is_met": value >= limit, "basis": basis,
        }
        for threshold, limit, basis in limits_of(organisation, on)
        if (value := getattr(matter, threshold.name)) is not None
    ]  # fmt: skip


def in_words(judged: list[dict], *, only_met: bool = False) -> str:
    """涉及金额 800 万元（标准 500 万元，达到）；…"""
    shown = [row for row in judged if row["is_met"] or not only_met]
    return "；".join(
        f"{row['label']} {row['value'].removesuffix('.00')} {row['unit']}"
        f"（标准 {row['limit']} {row['unit']}，{'达到' if row['is_met'] else '未达到'}）"
        for row in shown
    )

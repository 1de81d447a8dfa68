"""Geometry of the charts. The server draws; classes colour; a table always stands beside.

Lengths are units of the drawing's own viewBox.
"""

from dataclasses import dataclass
from decimal import Decimal

_LEFT, _WIDTH, _STEP = 104, 318, 25


@dataclass(frozen=True)
class Bar:
    label: str
    value: object
    low: bool
    width: int
    y: int

    @property
    def text_y(self) -> int:
        return self.y + 11

    @property
    def value_x(self) -> int:
        return _LEFT + self.width + 8


@dataclass(frozen=True)
class BarChart:
    title: str
    first: str
    unit: str
    bars: tuple[Bar, ...]
    goal_x: int | None
    goal_text: str
    left: int = _LEFT
    label_x: int = _LEFT - 10

    @property
    def foot(self) -> int:
        return 8 + _STEP * len(self.bars)

    @property
    def goal_y(self) -> int:
        return self.foot + 16

    @property
    def height(self) -> int:
        return self.foot + (22 if self.goal_x else 4)


def bar_chart(title, rows, *, first, unit, top=None, goal=None, goal_label="目标") -> BarChart:
    """Horizontal bars; a bar below ``goal`` is marked by colour and shape.

    :param rows: (label, value) pairs, in the order to be drawn.
    :param top: the value of a full bar; the largest value when not given.
    :param goal: a line to reach, in the unit of the values.
    """
    rows = list(rows)
    top = Decimal(str(top or max([value for _, value in rows] + [goal or 0], default=0) or 1))
    bars = tuple(
        Bar(label, value, goal is not None and value < goal, _scaled(value, top, _WIDTH), 11 + _STEP * index)
        for index, (label, value) in enumerate(rows)
    )
    goal_x = None if goal is None else _LEFT + _scaled(goal, top, _WIDTH)
    return BarChart(title, first, unit, bars, goal_x, f"{goal_label} {goal}" if goal is not None else "")


def line_chart(title, labels, series, *, first, steps=3) -> dict:
    """One or two lines over the same points: the first solid (this year), the second dashed (last year).

    :param labels: names of the points, such as months.
    :param series: (name, values) pairs; every list of values as long as ``labels``.
    :raises ValueError: more than two lines, or a list of another length.
    """
    labels, series = list(labels), [(name, list(values)) for name, values in series]
    if not 1 <= len(series) <= 2 or any(len(values) != len(labels) for _, values in series):
        raise ValueError("a line chart takes one or two series, each as long as its labels")
    foot, height, left, right = 196, 162, 48, 464
    unit = max(1, -(-max(max(values, default=0) for _, values in series) // steps))
    top = unit * steps
    xs = [left + round((right - left) * index / max(1, len(labels) - 1)) for index in range(len(labels))]
    lines = []
    for order, (name, values) in enumerate(series):
        dots = [{"x": x, "y": foot - _scaled(value, top, height)} for x, value in zip(xs, values, strict=True)]
        lines.append(
            {
                "name": name,
                "label": f"{name} {values[-1]}" if values else name,
                "values": values,
                "suffix": "" if order == 0 else "-2",
                "dots": dots,
                "path": " ".join(f"{dot['x']},{dot['y']}" for dot in dots),
                "label_y": dots[-1]["y"] + 4 if dots else foot,
            }
        )
    if len(lines) == 2 and abs(lines[0]["label_y"] - lines[1]["label_y"]) < 16:
        lower, upper = sorted(lines, key=lambda line: -line["label_y"])
        lower["label_y"] = upper["label_y"] + 16
    ticks = [
        {"label": unit * n, "y": foot - height * n // steps, "text_y": foot - height * n // steps + 4}
        for n in range(steps + 1)
    ]
    points = [{"x": x, "label": label} for x, label in zip(xs, labels, strict=True)]
    return {"title": title, "first": first, "ticks": ticks, "points": points, "lines": lines}


def _scaled(value, top, length) -> int:
    return round(Decimal(str(value)) * length / Decimal(str(top)))

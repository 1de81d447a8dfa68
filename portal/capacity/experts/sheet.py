"""A list of experts as XLSX: its columns, and the judging of each row by the form that a single expert is asked by."""

import re
from dataclasses import dataclass, field

from portal.capacity.experts.forms import ExpertForm
from portal.capacity.experts.pool import on_record, standing_twice
from portal.capacity.experts.vocabulary import Field, Kind
from portal.organisations.models import Organisation
from portal.web.list_sheets import CHOICE, DAY, ListColumn, ListSheet, ReadList

MOST_ROWS = 300
YES, NO = "是", "否"
_BETWEEN = re.compile(r"[、，,;；/\s]+")

COLUMNS = (
    ListColumn("name", "姓名", "例如：周文博", is_needed=True, width=12),
    ListColumn("expertise", "专业领域", f"可以写几项，用顿号隔开：{'、'.join(Field.labels)}", is_needed=True, width=26),
    ListColumn(
        "kind", "类别", "专家来自哪里", CHOICE, is_needed=True, choices=lambda organisation: list(Kind.labels)
    ),
    ListColumn("employer", "工作单位", "全称；已退休的写原单位并注明", is_needed=True, width=30),
    ListColumn("title", "职称或者职业资格", "例如：一级造价工程师", width=22),
    ListColumn("interests", "已知利益关联", "任职、投资的企业，近亲属所在单位，用分号隔开", width=30),
    ListColumn("contact", "联系方式", "电话或者电子邮箱，不公开", width=18),
    ListColumn("appointed_from", "聘任日期", "例如 2026-03-01 或者 2026年3月1日", DAY, is_needed=True),
    ListColumn("appointed_until", "聘期至", "最后一天，当日仍在聘；没有约定期限的留空", DAY),
    ListColumn(
        "consents_to_publication", "本人同意公开", "本人书面同意的填“是”；留空视为不同意", CHOICE,
        choices=lambda organisation: [YES, NO],
    ),
)  # fmt: skip
LIST = ListSheet(
    sheet="专家名单",
    columns=COLUMNS,
    mark="name",
    most_rows=MOST_ROWS,
    nothing="名单中没有填写任何专家。",
    sentences=(
        f"一行登记一名专家，一次不超过 {MOST_ROWS} 行。栏目的顺序可以变，名称不能变；多余的栏目不读取。",
        "上传后先看预览：任何一行有错误，全部都不登记；改正后重新上传。",
        "姓名和工作单位相同、聘期重叠的，视为同一人，不会重复登记。",
    ),
)


@dataclass
class Line:
    """One row: what it says of whom, what is wrong with it, or why it is not entered again."""

    number: int
    typed: dict[str, str]
    facts: dict = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    known: str = ""

    @property
    def is_new(self) -> bool:
        return not self.problems and not self.known


def judge(owner: Organisation, found: ReadList) -> list[Line]:
    """Every row of a list for this pool, as it would be entered today."""
    forms = [ExpertForm(_asked(typed)) for _, typed in found.rows]
    known = on_record(owner, {form.facts["name"] for form in forms if form.is_valid()})
    lines, above = [], {}
    for (number, typed), form in zip(found.rows, forms, strict=True):
        line = Line(number, typed)
        if form.is_valid():
            line.facts = form.facts
            line.known = standing_twice(owner, form.facts, known)
            first = above.setdefault((form.facts["name"], form.facts["employer"]), number)
            if first != number:
                line.problems.append(f"与第 {first} 行是同一人，请删去一行")
        else:
            labels = {column.code: column.label for column in COLUMNS}
            line.problems = [
                f"{labels.get(code, code)}：{error}" for code, errors in form.errors.items() for error in errors
            ]
        lines.append(line)
    return lines


def _asked(typed: dict[str, str]) -> dict:
    """The words of a row as the form takes them: labels for codes, one interest per line."""
    codes = {label: code for code, label in Field.choices}
    kinds = {label: code for code, label in Kind.choices}
    words = [word for word in _BETWEEN.split(typed.get("expertise", "")) if word]
    asked = {**typed, "expertise": [codes.get(word, word) for word in words]}
    asked["kind"] = kinds.get(typed.get("kind", ""), typed.get("kind", ""))
    asked["interests"] = "\n".join(part.strip() for part in re.split(r"[;；\n]", typed.get("interests", "")))
    asked["consents_to_publication"] = typed.get("consents_to_publication") == YES
    return asked

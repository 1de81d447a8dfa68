"""The whole report as data: figures with the records behind them, and chapters. Nothing is written.

What was approved is given as approved; a report being written as it is written; where there is none yet, the outline
filled with today's figures.
"""

from dataclasses import dataclass
from decimal import Decimal

from portal.casefiles.models import CaseFile
from portal.indicators.registry import Figure, Scope, indicators
from portal.organisations.models import Organisation
from portal.reports.models import AnnualReport
from portal.reports.outline import OUTLINE, Chapter, composed, number_text, outline_codes
from portal.reports.writing import report_of, title_of

_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class ReportedFigure:
    """One figure: ``value`` ``None`` means 无; ``records`` are the numbers of the counted files, or labels."""

    code: str
    label: str
    value: Decimal | None
    of: Decimal | None
    unit: str
    basis: str
    records: tuple[str, ...]

    def as_json(self) -> dict:
        return {
            "code": self.code,
            "indicator": self.label,
            "value": _plain(self.value),
            "of": _plain(self.of),
            "unit": self.unit,
            "records": list(self.records),
        }


@dataclass(frozen=True)
class ComposedSection:
    """One chapter with its mark (一、 or （一）); ``heading_only`` has no text of its own."""

    code: str
    mark: str
    title: str
    level: int
    text: str
    figures: tuple[str, ...]
    heading_only: bool = False

    @property
    def heading(self) -> str:
        return f"{self.mark}{self.title}"


@dataclass(frozen=True)
class Composition:
    """A report ready to be shown, printed or exported."""

    organisation: Organisation
    year: int
    title: str
    lead: str
    figures: tuple[ReportedFigure, ...]
    sections: tuple[ComposedSection, ...]

    def as_json(self) -> dict:
        return {
            "organisation": self.organisation.name,
            "year": self.year,
            "figures": [figure.as_json() for figure in self.figures],
            "sections": [
                {
                    "code": section.code, "title": section.heading, "level": section.level, "text": section.text,
                    "figures": list(section.figures),
                }
                for section in self.sections
            ],
        }  # fmt: skip

    def plain_text(self) -> str:
        """The report as plain text with its level marks and the table of figures, for publication and search."""
        lines = [self.lead]
        for section in self.sections:
            lines.append(section.heading)
            if section.text:
                lines.append(section.text)
        lines += ["附：主要数据", *("| " + " | ".join(row) + " |" for row in self.table())]
        return "\n".join(lines)

    def table(self) -> list[tuple[str, ...]]:
        """The figures as rows under a head."""
        rows = [("序号", "指标", "数值", "单位", "基数")]
        for number, figure in enumerate(self.figures, start=1):
            base = number_text(figure.of) if figure.of is not None else "—"
            unit = figure.unit if figure.value is not None else "—"
            rows.append((str(number), figure.label, number_text(figure.value), unit, base))
        return rows


def compose(organisation: Organisation, year: int) -> Composition:
    """The report of an organisation on a year, whatever state it is in."""
    report = report_of(organisation, year)
    return compose_report(report) if report is not None else _from_outline(organisation, year)


def compose_report(report: AnnualReport) -> Composition:
    """A report as it is written, with the figures it keeps."""
    kept = report.snapshots()
    keys = {key for value in kept.values() for key in value.counted}
    numbers = {
        str(public_id): number
        for public_id, number in CaseFile.objects.filter(public_id__in=keys).values_list("public_id", "number")
    }
    figures = tuple(
        _reported(code, kept[code].value, kept[code].of, _kept_records(kept[code], numbers))
        for code in outline_codes()
        if code in kept
    )
    texts = dict(report.sections.values_list("code", "text"))
    return _composition(report.town, report.year, figures, lambda one: texts.get(one.code, ""))


def _from_outline(organisation: Organisation, year: int) -> Composition:
    scope = Scope.of_year(organisation, year)
    computed = {code: indicators[code].compute(scope) for code in outline_codes()}
    figures = tuple(_reported(code, figure.value, figure.of, _numbers(figure)) for code, figure in computed.items())
    return _composition(organisation, year, figures, lambda one: composed(one, computed))


def _numbers(figure: Figure) -> list[str]:
    files = figure.files.values_list("number", flat=True) if figure.files is not None else ()
    return [*files, *(record.label for record in figure.records)]


def _kept_records(kept, numbers: dict[str, str]) -> list[str]:
    return [*(numbers[key] for key in kept.counted), *(label for label, _ in kept.records)]


def _reported(code: str, value, of, numbers) -> ReportedFigure:
    known = indicators[code]
    return ReportedFigure(code, known.label, value, of, known.unit.value, known.basis, tuple(sorted(numbers)))


def _composition(organisation, year: int, figures, text_of) -> Composition:
    lead = f"现将{organisation.name}{year}年度法治政府建设情况报告如下："
    return Composition(organisation, year, title_of(organisation, year), lead, figures, tuple(_sections(text_of)))


def _sections(text_of):
    first = second = 0
    for one in OUTLINE:
        text = text_of(one).strip()
        if not text and not one.required and not one.heading_only:
            continue  # 其他 is left out when there is nothing
        if one.level == 1:
            first, second = first + 1, 0
        else:
            second += 1
        yield ComposedSection(
            one.code, _mark(one, first, second), one.title, one.level, text, one.codes, one.heading_only
        )


def _mark(one: Chapter, first: int, second: int) -> str:
    return f"{_NUMERALS[first - 1]}、" if one.level == 1 else f"（{_NUMERALS[second - 1]}）"


def _plain(value: Decimal | None):
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)

"""What is known of a document when somebody concludes on it. Other rooms add what they know."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from normative_docs.clause_check.engine import check_text
from normative_docs.in_force.models import Relation
from normative_docs.models import NormativeDocument
from normative_docs.suggestions.models import IncidentalReview, ReviewSuggestion
from portal.consultation.models import PublicComment
from portal.moment import today
from portal.oversight.models import FilingFinding


@dataclass(frozen=True)
class Fact:
    """One line about a document; ``url`` leads to where it stands."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class FactSource:
    """Who knows something: ``lines(document)`` gives what it knows, ``nothing`` is said where that is empty."""

    code: str
    label: str
    lines: Callable[[NormativeDocument], list[Fact]]
    nothing: str


_sources: dict[str, FactSource] = {}


def register(source: FactSource) -> FactSource:
    """Add a source. :raises ValueError: its code is taken."""
    if _sources.setdefault(source.code, source) is not source:
        raise ValueError(f"facts {source.code} are registered twice")
    return source


def known_of(document: NormativeDocument) -> list[dict]:
    """Every source with its lines, in the order of registration."""
    return [
        {"label": source.label, "lines": source.lines(document), "nothing": source.nothing}
        for source in _sources.values()
    ]


def _relations(document) -> list[Fact]:
    found = Relation.objects.filter(Q(target=document) | Q(source=document)).select_related("source", "target")
    lines = []
    for relation in found[:20]:
        outward = relation.source_id == document.pk
        other = relation.target if outward else relation.source
        name = f"《{other.title}》" if other else (relation.source_title or relation.basis or relation.reason)
        word = relation.get_kind_display() if outward else f"被{relation.get_kind_display()}"
        part = f"（{relation.part}）" if relation.part else ""
        lines.append(Fact(f"{relation.on:%Y-%m-%d}　{word}{part}：{name}"))
    return lines


def _county_findings(document) -> list[Fact]:
    found = FilingFinding.objects.filter(filing__subject=document.pk)
    return [
        Fact(f"{finding.clause}：{finding.problem}（{finding.get_fault_display()}，"
             f"{'已销号' if finding.settled_at else '未销号'}）")
        for finding in found[:20]
    ]  # fmt: skip


def _comments(document) -> list[Fact]:
    found = PublicComment.objects.filter(consultation__file_id=document.pk)
    counted = found.count()
    objected = found.filter(outcome="not_adopted").count()
    return [Fact(f"征求意见时收到 {counted} 条，未采纳 {objected} 条")] if counted else []


def _hints(document) -> list[Fact]:
    """What the clause check finds in the text on this day; hints to look at, never a verdict."""
    found = check_text(f"{document.title}\n{document.draft_text}", on=today()) if document.draft_text else []
    return [Fact(f"{hint.at}　{hint.kind}：{hint.why}") for hint in found[:20]]


def _complaints(document) -> list[Fact]:
    """Citizens' suggestions to review it, and what reconsideration bodies and courts asked; no names."""
    suggested = ReviewSuggestion.objects.filter(document=document).order_by("-received_on")
    asked = IncidentalReview.objects.filter(document=document).order_by("-received_on")
    return [
        *(Fact(f"{one.received_on:%Y-%m-%d}　审查建议{_of(one.clause)}：{one.stage_label}") for one in suggested[:20]),
        *(
            Fact(
                f"{one.received_on:%Y-%m-%d}　附带审查{_of(one.clause)}：{one.get_verdict_display() or one.stage_label}"
            )
            for one in asked[:20]
        ),
    ]


def _of(clause: str) -> str:
    return f"（{clause}）" if clause else ""


register(FactSource("hints", "条款提示（仅供参考）", _hints, "没有条款提示"))
register(FactSource("relations", "与其他文件的关系", _relations, "没有登记修改、废止等关系"))
register(FactSource("county_findings", "县级备案审查意见", _county_findings, "备案审查没有提出问题"))
register(FactSource("complaints", "审查建议和附带审查", _complaints, "没有审查建议，没有附带审查"))
register(FactSource("comments", "公众意见", _comments, "没有公众意见记录"))

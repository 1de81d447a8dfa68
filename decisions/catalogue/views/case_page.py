"""What a catalogue adds to the case page, its two registers, and its part on the page of a decision."""

from django.urls import reverse

from decisions.catalogue.compiling import POWER
from decisions.catalogue.filters import CatalogueFilter, ItemFilter
from decisions.catalogue.gates import FILING, PAPERS
from decisions.catalogue.models import CatalogueEntry, CatalogueItem, DecisionCatalogue
from decisions.catalogue.tracking import Progress, decision_of, deviations, progress_of
from decisions.catalogue.views.items import job_of
from decisions.catalogue.vocabulary import PLANNED, ItemOutcome
from decisions.catalogue.workflow import WORKFLOW, Stage
from decisions.workflow import Stage as DecisionStage
from portal.accounts.authority import may
from portal.meetings.case_section import deliberation_section
from portal.moment import today
from portal.oversight.filing import standing_filing
from portal.publishing.pages import document_url
from portal.publishing.register import publication_of
from portal.web.inside import case_page
from portal.web.inside.case_page import case_url
from portal.web.inside.register import Register, RegisterColumn, register
from portal.web.inside.worklist import Start, starts
from portal.web.tables import Cell

_TAGS = {
    ItemOutcome.DONE: "live",
    ItemOutcome.UNDER_WAY: "now",
    ItemOutcome.ENDED: "dead",
    ItemOutcome.WITHDRAWN: "dead",
}


def _day(day) -> str:
    return f"{day:%Y-%m-%d}" if day else "—"


def _may(catalogue, person) -> bool:
    return may(person, POWER, catalogue.organisation) and not catalogue.is_closed


def facts(catalogue) -> list[dict]:
    return [
        {"key": "决策机关", "value": catalogue.town.name},
        {"key": "年度", "value": catalogue.year, "is_number": True},
        {"key": "党委同意", "value": f"{_day(catalogue.consented_on)}　{catalogue.consent}".strip("　")},
        {"key": "集体讨论通过", "value": f"{_day(catalogue.adopted_on)}　{catalogue.adopted_at}".strip("　")},
        {"key": "公布日期", "value": _day(catalogue.published_on), "is_number": True},
        {"key": "执行情况公布", "value": _day(catalogue.results_published_on), "is_number": True},
    ]


def items(catalogue, person) -> dict:
    """The table of items: steps and months, what became of each, and what may be done with it."""
    allowed = _may(catalogue, person)
    place = {"public_id": catalogue.public_id}

    def url(name, item=None):
        return reverse(f"catalogue:{name}", kwargs=place | ({"number": item.number} if item else {}))

    lines = []
    for progress in progress_of(catalogue):
        item, decision = progress.item, progress.decision
        lines.append(
            {
                "item": item,
                "steps": [
                    {"label": step.label, "month": month, "done_on": progress.done.get(step.code)}
                    for step, month in item.planned
                ],
                "outcome": progress.outcome.label,
                "tag": _TAGS.get(progress.outcome, ""),
                "decision": decision,
                "decision_url": case_url(decision) if decision is not None else "",
                "edit_url": url("item", item) if allowed and catalogue.is_compiling else "",
                "remove_url": url("remove-item", item) if allowed and catalogue.is_compiling else "",
                "adjust_url": url("adjust-item", item)
                if allowed and catalogue.is_carried_out and not item.is_withdrawn
                else "",
                "withdraw_url": url("withdraw-item", item)
                if allowed and catalogue.is_carried_out and not item.is_withdrawn
                else "",
            }
        )
    export = reverse("inside:register-export", kwargs={"code": "catalogue_items"})
    return {
        "lines": lines,
        "new_url": url("new-item") if allowed and catalogue.is_compiling else "",
        "add_url": url("adjust-add") if allowed and catalogue.is_carried_out else "",
        "export_url": f"{export}?catalogue={catalogue.number}" if lines else "",
    }


def adjustments(catalogue, person) -> dict | None:
    """Everything that was adjusted or is about to be."""
    rows = list(catalogue.adjustments.select_related("drafted_by", "put_in_force_by"))
    if not rows:
        return None
    allowed = _may(catalogue, person) and catalogue.is_carried_out
    return {
        "lines": [
            {
                "row": row,
                "consent_url": reverse("catalogue:adjustment-consent", args=[catalogue.public_id, row.number])
                if allowed and row.in_force_on is None
                else "",
                "drop_url": reverse("catalogue:adjustment-drop", args=[catalogue.public_id, row.number])
                if allowed and row.in_force_on is None
                else "",
            }
            for row in rows
        ]
    }


def account(catalogue, person) -> dict | None:
    """Deviations and the year-end account in short, with the page where they are explained."""
    if catalogue.published_on is None:
        return None
    found = deviations(catalogue, today())
    return {
        "count": len(found),
        "missing": sum(not one.explanation for one in found),
        "results": catalogue.results,
        "url": reverse("catalogue:results", args=[catalogue.public_id]),
    }


def papers(catalogue, person) -> dict | None:
    """The paper of the catalogue, its filing and its publication."""
    if catalogue.adopted_on is None or catalogue.stage == Stage.COMPILING:
        return None
    filing, publication = standing_filing(catalogue, FILING), publication_of(catalogue)
    return {
        "rows": [
            {"label": "目录文本", "text": "已生成入卷" if catalogue.paper_id else "正在生成", "url": ""},
            {
                "label": "公布", "text": publication.public_number if publication else "尚未公布",
                "url": document_url(publication) if publication else "",
            },
            {
                "label": "报县备案", "text": f"{filing.number}　{filing.stage_label}" if filing else "尚未建立报备事项",
                "url": case_url(filing) if filing else "",
            },
        ],
        "job": job_of(catalogue),
        "poll_url": reverse("catalogue:paper", args=[catalogue.public_id]),
        "may_ask": _may(catalogue, person) and catalogue.stage == Stage.PUBLICATION and catalogue.paper_id is None,
    }  # fmt: skip


PAGE = case_page.register(
    case_page.CasePage(
        kind=WORKFLOW.code,
        facts=facts,
        slots=lambda catalogue: PAPERS,
        sections=(
            case_page.Section("decisions/catalogue/part_items.html", items, anchor="items"),
            case_page.Section("decisions/catalogue/part_adjustments.html", adjustments, anchor="adjustments"),
            case_page.Section("decisions/catalogue/part_account.html", account, anchor="account"),
            deliberation_section(after="note_consent", stage=Stage.DELIBERATION),
            case_page.Section("decisions/catalogue/part_papers.html", papers, anchor="papers-of-catalogue"),
        ),
    )
)


def on_decision(decision, person) -> dict:
    """On the page of a decision: its item with the months planned, or why it is in no catalogue."""
    entry = (
        CatalogueEntry.objects.select_related("item__catalogue", "item__handling_unit")
        .filter(decision_id=decision.pk)
        .first()
    )
    allowed = may(person, POWER, decision.organisation) and not decision.is_closed
    fixed = entry is not None and entry.item_id is not None and decision.stage != DecisionStage.PROPOSED
    return {
        "entry": entry,
        "catalogue_url": case_url(entry.item.catalogue) if entry is not None and entry.item is not None else "",
        "edit_url": reverse("catalogue:entry", args=[decision.public_id]) if allowed and not fixed else "",
    }


ON_DECISION = case_page.add_section(
    "decisions", case_page.Section("decisions/catalogue/part_entry.html", on_decision, anchor="catalogue")
)


CATALOGUES = register(
    Register(
        code="decision_catalogues",
        label="年度决策事项目录台账",
        rows=lambda person: DecisionCatalogue.objects.visible_to(person).select_related("organisation"),
        filterset=CatalogueFilter,
        columns=(
            RegisterColumn(
                "title", "目录", lambda c: c.title,
                lambda c: Cell(c.title, kind="title", url=case_url(c), sub=c.number), kind="title", order="title",
            ),
            RegisterColumn("year", "年度", lambda c: c.year, kind="number", order="year"),
            RegisterColumn("stage", "环节", lambda c: c.stage_label, lambda c: Cell(tag=c.stage_label, tag_kind="now")),
            RegisterColumn("organisation", "单位", lambda c: c.organisation.short_name, kind="nowrap"),
            RegisterColumn("consented_on", "党委同意", lambda c: c.consented_on, kind="date"),
            RegisterColumn("adopted_on", "集体讨论通过", lambda c: c.adopted_on, kind="date"),
            RegisterColumn("published_on", "公布日期", lambda c: c.published_on, kind="date"),
            RegisterColumn("results", "执行情况公布", lambda c: c.results_published_on, kind="date"),
            RegisterColumn("number", "案卷号", lambda c: c.number, kind="no", shown=False),
        ),
        presets=(("实施中", "stage=carrying_out"), ("已办结", "stage=closed")),
        default_order="-year",
        empty_text="每年一份：编制、党委同意、集体讨论、公布、报备、调整和年终执行情况。",
        new_url="catalogue:new",
        new_label="编制目录",
    )
)  # fmt: skip


def _item_cell(item) -> Cell:
    return Cell(item.title, kind="title", url=f"{case_url(item.catalogue)}#items", sub=item.catalogue.number)


def _state(item) -> str:
    return Progress(item, decision_of(item)).outcome.label


# The columns in which towns publish it come first, in their order and words.
def _archive_numbers(item) -> str:
    """Of the sealed folders of its decisions."""
    seals = [seal for entry in item.entries.all() for seal in entry.decision.sealed_dossiers.all()]
    return "；".join(dict.fromkeys(seal.archive_number for seal in seals))


ITEMS = register(
    Register(
        code="catalogue_items",
        label="决策目录事项台账",
        rows=lambda person: CatalogueItem.objects.filter(
            catalogue__in=DecisionCatalogue.objects.visible_to(person).values("pk")
        )
        .select_related("catalogue__organisation", "handling_unit")
        .prefetch_related("entries__decision__sealed_dossiers"),
        filterset=ItemFilter,
        columns=(
            RegisterColumn("number", "序号", lambda i: i.number, kind="number"),
            RegisterColumn("title", "事项名称", lambda i: i.title, _item_cell, kind="title", order="title"),
            RegisterColumn("deciding_body", "决策主体", lambda i: i.deciding_body),
            RegisterColumn("handling_unit", "决策承办单位", lambda i: i.handling_unit.short_name, kind="nowrap"),
            RegisterColumn("legal_basis", "法律政策依据", lambda i: i.legal_basis),
            RegisterColumn("steps", "履行程序要求", lambda i: i.steps_words),
            RegisterColumn("months", "细化完成时间", lambda i: i.months_words),
            RegisterColumn("state", "办理情况", _state, kind="nowrap"),
            RegisterColumn(
                "decision", "对应决策",
                lambda i: "；".join(e.decision.document_number or e.decision.number for e in i.entries.all()),
                kind="no",
            ),
            RegisterColumn("archive", "档号", _archive_numbers, kind="no"),
            RegisterColumn("year", "年度", lambda i: i.catalogue.year, kind="number"),
            RegisterColumn("organisation", "单位", lambda i: i.catalogue.organisation.short_name, kind="nowrap"),
            RegisterColumn("matter", "事项类别", lambda i: i.get_matter_display(), shown=False),
            RegisterColumn("judged", "对照量化标准", lambda i: i.judged_words, shown=False),
            RegisterColumn("reason", "列入理由", lambda i: i.reason, shown=False),
            *(
                RegisterColumn(
                    f"month_{step.code}", f"{step.label}月份", lambda i, code=step.code: i.months.get(code),
                    kind="number", shown=False,
                )
                for step in PLANNED
            ),
        ),
        default_order="id",
        empty_text="各年度目录中的事项、计划月份和对应的决策。",
    )
)  # fmt: skip

starts.append(
    Start(
        "年度决策事项目录",
        "每年年初编制：列入本年度的重大行政决策事项，经党委同意、集体讨论后公布并报县备案，年终公布执行情况。",
        "catalogue:new",
        POWER,
    )
)

"""What the public sees of a catalogue: the list as adopted, where each item stands, adjustments, year-end results.

Adjustments, explanations and results are read only once a second person has published them; of a decision only what
is published itself.
"""

from datetime import datetime, time

from decisions.catalogue.gates import CATALOGUE
from decisions.catalogue.models import CatalogueEntry, DecisionCatalogue
from decisions.catalogue.time_limits import MAKE_PUBLIC
from decisions.catalogue.tracking import progress_of
from decisions.catalogue.vocabulary import ItemOutcome
from decisions.catalogue.wording import catalogue_text
from decisions.catalogue.workflow import WORKFLOW
from portal.moment import SHANGHAI
from portal.publishing import sections
from portal.publishing.faces import Obligation, PublicFace, register
from portal.publishing.models import Publication
from portal.publishing.pages import document_url

COLUMN = "决策事项目录"

PUBLIC = register(
    PublicFace(
        kind=WORKFLOW.code,
        column=COLUMN,
        title=lambda catalogue: catalogue.title,
        text=lambda catalogue: catalogue.adopted_text or catalogue_text(catalogue),
        organisation=lambda catalogue: catalogue.town,
        published_on=lambda catalogue: catalogue.published_on,
        fields=(
            ("决策机关", lambda catalogue: catalogue.town.name),
            ("年度", lambda catalogue: f"{catalogue.year}年"),
            ("集体讨论通过", lambda catalogue: catalogue.adopted_on),
        ),
        papers=(CATALOGUE.code,),
        obligation=Obligation(
            after=("adopt",), limit=MAKE_PUBLIC, basis="国令713 第三条第三款；政府信息公开条例 第二十六条"
        ),
    )
)


def _public_decisions(rows) -> dict[int, Publication]:
    keys = [row.decision.pk for row in rows if row.decision is not None]
    live = Publication.objects.live().filter(file_id__in=keys).defer("text", "fields")
    return {publication.file_id: publication for publication in live}


def _said(row, published) -> ItemOutcome:
    """Where an item stands for everybody: done once the decision is published, or as the year-end results say."""
    if row.item.outcome or row.outcome != ItemOutcome.DONE or published is not None:
        return row.outcome
    return ItemOutcome.UNDER_WAY


def _moments(catalogue, rows, decisions) -> datetime:
    """When anything on this part last changed."""
    found = [catalogue.results_published_at, *catalogue.adjustments.values_list("in_force_at", flat=True)]
    found += [publication.published_at for publication in decisions.values()]
    found += CatalogueEntry.objects.filter(item__catalogue=catalogue).values_list("recorded_at", flat=True)
    found += [
        datetime.combine(row.decision.closed_on, time(), SHANGHAI)
        for row in rows
        if row.decision is not None and row.decision.closed_on
    ]
    known = [moment for moment in found if moment is not None]
    return max(known) if known else datetime.combine(catalogue.published_on, time(), SHANGHAI)


def year_of(publication) -> dict | None:
    """The items with their state, what was adjusted, and the account of the year."""
    catalogue = DecisionCatalogue.objects.select_related("town").filter(pk=publication.file_id).first()
    if catalogue is None:
        return None
    rows = progress_of(catalogue)
    decisions = _public_decisions(rows)
    items = []
    for row in rows:
        published = decisions.get(row.decision.pk) if row.decision is not None else None
        outcome = _said(row, published)
        items.append(
            {
                "number": row.item.number, "title": row.item.title, "body": row.item.deciding_body,
                "unit": row.item.handling_unit.short_name, "basis": row.item.legal_basis,
                "steps": row.item.steps_words, "months": row.item.months_words, "outcome": outcome.label,
                "tag": {"done": "live", "withdrawn": "dead", "ended": "dead"}.get(outcome.value, ""),
                "url": document_url(published) if published is not None else "",
                "number_of_decision": published.number if published is not None else "",
            }
        )  # fmt: skip
    is_over = catalogue.results_published_on is not None
    return {
        "items": items,
        "adjustments": list(catalogue.adjustments.filter(in_force_on__isnull=False)),
        "results": catalogue.results if is_over else "",
        "results_on": catalogue.results_published_on,
        "deviations": list(catalogue.explanations.filter(is_public=True)) if is_over else [],
        "changed_at": _moments(catalogue, rows, decisions),
    }


def _listed_in(publication) -> dict | None:
    """Beside a decision: the catalogue in which it stands."""
    entry = CatalogueEntry.objects.select_related("item").filter(decision_id=publication.file_id).first()
    if entry is None or entry.item is None:
        return None
    found = Publication.objects.live().filter(file_id=entry.item.catalogue_id).first()
    if found is None:
        return None
    line = {"label": found.title, "url": document_url(found), "note": f"第 {entry.item.number} 项"}
    return {"heading": "列入的目录", "items": [line], "changed_at": max(found.published_at, entry.recorded_at)}


YEAR = sections.register(
    sections.PublicSection(WORKFLOW.code, "decisions/catalogue/public_year.html", year_of, place="below")
)
LISTED = sections.register(
    sections.PublicSection("decisions", "decisions/catalogue/public_lines.html", _listed_in, place="side")
)

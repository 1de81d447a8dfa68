"""The catalogue is filed with the county every year (K1)."""

from decisions.catalogue import time_limits
from decisions.catalogue.gates import FILING, LOCAL
from decisions.catalogue.models import DecisionCatalogue
from portal.documents.rendering.paper import chinese_date
from portal.documents.slots import PaperSlot, register_slots
from portal.oversight.kinds import FilingKind, filing_kinds
from portal.publishing.pages import document_url
from portal.publishing.register import publication_of

COVER = PaperSlot("fc_report", "备案报告", LOCAL)
TEXT = PaperSlot("fc_text", "年度重大行政决策事项目录", LOCAL)
PAPERS = register_slots(COVER, TEXT)


def _catalogue(subject) -> DecisionCatalogue:
    return DecisionCatalogue.objects.select_related("town", "paper__blob", "paper__document").get(pk=subject.pk)


def collect(subject, by) -> dict:
    """The catalogue as it was adopted."""
    paper = _catalogue(subject).paper
    return {TEXT.code: paper} if paper is not None else {}


def account(subject) -> str:
    """How the catalogue came about, for the covering report."""
    catalogue = _catalogue(subject)
    return (
        f"一、编制情况\n{catalogue.town.name}编制了{catalogue.year}年度重大行政决策事项目录，"
        f"列入事项{catalogue.items.filter(is_withdrawn=False).count()}项。\n"
        f"二、审议情况\n{chinese_date(catalogue.consented_on)}经同级党委同意，"
        f"{chinese_date(catalogue.adopted_on)}经{catalogue.adopted_at}集体讨论通过。\n"
        f"三、公布情况\n{chinese_date(catalogue.published_on)}向社会公布。"
    )


def address(subject) -> str:
    publication = publication_of(subject)
    return document_url(publication) if publication is not None else ""


CATALOGUE_FILING = filing_kinds.register(
    FilingKind(
        code=FILING,
        label="重大行政决策事项目录备案",
        basis=LOCAL,
        recipient="县级人民政府",
        papers=PAPERS,
        clock=time_limits.FILING,
        receipt_series="目备",
        report=COVER.code,
        text=TEXT.code,
        account=account,
        collect=collect,
        address=address,
    )
)

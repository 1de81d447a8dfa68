"""Catalogues on which every gate of a step is met, and how to take exactly one condition away."""

from datetime import date

from django.core.files.base import ContentFile

from decisions.catalogue.adjusting import draft_adjustment
from decisions.catalogue.gates import CATALOGUE, CONSENT, FILING
from decisions.catalogue.models import CatalogueAdjustment, CatalogueItem, DecisionCatalogue, DeviationExplanation
from decisions.catalogue.rehearsal import CatalogueJourney
from decisions.catalogue.vocabulary import AdjustmentAct
from decisions.demo import texts
from portal.demo.walking import cast_of
from portal.documents.attach import attach, remove
from portal.documents.models import Document
from portal.oversight.filing import standing_filing
from portal.publishing.copying import prepare_copy

YEAR = 2026
START = date(2026, 1, 6)
DECEMBER = date(2026, 12, 10)


class Catalogue(CatalogueJourney):
    """Its paper is a short text instead of one set by the worker, which takes a second each."""

    def paper(self):
        with self.on():
            attach(self.document, CATALOGUE.code, ContentFile("目录".encode(), name="目录.txt"), self.cast.clerk)
            paper = Document.objects.in_force().get(file_id=self.document.pk, slot=CATALOGUE.code)
            self.document.paper = paper.versions.latest("number")
            self.document.save(update_fields=["paper"])


def begin(world, *plans, town="longtan", start=START) -> Catalogue:
    """A catalogue with the bus lines (from March), unless other plans are given."""
    cast = cast_of(world, town)
    plans = plans or ((texts.bus(cast.town.short_name), date(2026, 3, 2), {"people": 18000}),)
    return Catalogue(cast, YEAR, start, *plans)


def walked(world, until, *plans) -> Catalogue:
    journey = begin(world, *plans)
    journey.walk(until)
    return journey


def _consentable(world) -> Catalogue:
    journey = walked(world, "submit")
    journey.hand_in_consent()
    return journey


def _after_meeting(result):
    def met(world) -> Catalogue:
        journey = walked(world, "consent")
        journey.meet(result)
        return journey

    return met


def _publishable(world) -> Catalogue:
    journey = walked(world, "paper")
    journey.review_public_copy()
    return journey


def _adjustable(world) -> Catalogue:
    journey = walked(world, "publish")
    draft_withdrawal(journey)
    return journey


def _at_years_end(world) -> Catalogue:
    journey = walked(world, "file")
    journey.day = DECEMBER
    return journey


def _accounted(world) -> Catalogue:
    journey = _at_years_end(world)
    journey.account("列入下一年度。", "一项没有启动。")
    return journey


def draft_withdrawal(journey) -> CatalogueAdjustment:
    """The first item is to be taken off the list, consented to."""
    with journey.on():
        return draft_adjustment(
            journey.document, AdjustmentAct.WITHDRAW, by=journey.cast.clerk, item=journey.document.items.first(),
            reason="条件不成熟。", consented_on=journey.day, consent="党委会议研究同意",
        )  # fmt: skip


_CONSENT = {"consented_on": START, "consent": "党委会议研究同意"}
_STEPS = {
    "submit_to_party": (lambda world: walked(world, "open"), "clerk", {}),
    "note_consent": (_consentable, "clerk", _CONSENT),
    "return_to_compiling": (lambda world: walked(world, "consent"), "clerk", {}),
    "adopt": (lambda world: walked(world, "meet"), "clerk", {}),
    "send_back": (_after_meeting("amended"), "clerk", {}),
    "publish": (_publishable, "clerk", {}),
    "report_upward": (lambda world: walked(world, "publish"), "clerk", {}),
    "adjust": (_adjustable, "head", {}),
    "begin_results": (_at_years_end, "clerk", {}),
    "publish_results": (_accounted, "head", {}),
    "terminate": (lambda world: walked(world, "open"), "head", {}),
}


def ready_for(world, code: str) -> tuple[Catalogue, object, dict]:
    """A journey, who may take the step, and what its form asks, with every gate of the step met."""
    make, role, data = _STEPS[code]
    journey = make(world)
    return journey, getattr(journey.cast, role), dict(data)


def _items(**fields):
    return lambda journey: CatalogueItem.objects.filter(catalogue_id=journey.document.pk).update(**fields)


def _set(**fields):
    return lambda journey: DecisionCatalogue.objects.filter(pk=journey.document.pk).update(**fields)


def _without_consent_paper(journey):
    with journey.on():
        for paper in Document.objects.in_force().filter(file_id=journey.document.pk, slot=CONSENT.code):
            remove(paper, journey.cast.clerk, "测试：拿掉同意的文件")


def _unsealed_meeting(journey):
    with journey.on():
        journey.hold_meeting()


def _prepared_anew(journey):
    with journey.on():
        prepare_copy(journey.document, by=journey.cast.clerk)


def _not_submitted(journey):
    filing = standing_filing(journey.document, FILING)
    type(filing).objects.filter(pk=filing.pk).update(submitted_on=None)


def _in_november(journey):
    journey.day = date(2026, 11, 30)


WITHOUT = {
    "catalogue_items_listed": lambda journey: CatalogueItem.objects.filter(catalogue_id=journey.document.pk).delete(),
    "catalogue_items_justified": _items(judged=[], reason=""),
    "catalogue_items_planned": _items(months={}),
    "catalogue_consent_on_file": _without_consent_paper,
    "deliberation_passed": _unsealed_meeting,
    "deliberation_sent_back": _unsealed_meeting,
    "catalogue_paper_made": _set(paper=None),
    "masking_reviewed": _prepared_anew,
    "catalogue_filed": _not_submitted,
    "catalogue_adjustments_consented": lambda journey: journey.document.adjustments.update(consented_on=None),
    "catalogue_adjustments_settled": draft_withdrawal,
    "catalogue_year_ending": _in_november,
    "catalogue_results_written": _set(results=""),
    "catalogue_deviations_explained": lambda journey: DeviationExplanation.objects.filter(
        catalogue_id=journey.document.pk
    ).delete(),
}
KEPT_BY_THE_DATABASE: set[str] = set()
TOGETHER: dict[str, set[str]] = {}

"""The year's account: explaining deviations and writing what became of the catalogue."""

from django.db import transaction

from decisions.catalogue.compiling import CatalogueRefused, held
from decisions.catalogue.models import DecisionCatalogue, DeviationExplanation
from decisions.catalogue.tracking import Deviation, deviations, is_public
from portal.audit import verbs
from portal.audit.record import record
from portal.moment import now, today
from portal.publishing.redaction import propose

EXPLAINED = verbs.declare("catalogue.deviation_explained", "说明目录偏差")
WRITTEN = verbs.declare("catalogue.results_written", "填写年终执行情况")


def _open(catalogue: DecisionCatalogue) -> DecisionCatalogue:
    locked = held(catalogue)
    if not (locked.is_carried_out or locked.takes_results):
        raise CatalogueRefused("目录没有公布或者已经办结，不能填写。")
    return locked


def _fit_for_everybody(words: str) -> str:
    if not words.strip():
        raise CatalogueRefused("请填写说明。")
    if propose(words):
        raise CatalogueRefused("内容中有疑似个人信息；说明向社会公布，请改写。")
    return words.strip()


def find(catalogue: DecisionCatalogue, key: str) -> Deviation | None:
    """The deviation of that key as it stands today."""
    return next((one for one in deviations(catalogue, today()) if one.key == key), None)


@transaction.atomic
def explain(catalogue: DecisionCatalogue, key: str, *, by, explanation: str) -> DeviationExplanation:
    """Explain one deviation; it may be put in better words until the results are published.

    :raises CatalogueRefused: not published or closed, no such deviation, no words, or personal data in them.
    """
    catalogue = _open(catalogue)
    deviation = find(catalogue, key)
    if deviation is None:
        raise CatalogueRefused("这项偏差已经不存在，请刷新页面核对。")
    row, _ = DeviationExplanation.objects.update_or_create(
        catalogue=catalogue,
        key=key,
        defaults={
            "kind": deviation.kind, "item": deviation.item, "decision": deviation.decision, "words": deviation.words,
            "explanation": _fit_for_everybody(explanation), "is_public": is_public(deviation), "explained_by": by,
            "explained_at": now(),
        },
    )  # fmt: skip
    record(EXPLAINED, by=by, file=catalogue, summary=f"{row.words}：{row.explanation}"[:400])
    return row


@transaction.atomic
def write_results(catalogue: DecisionCatalogue, *, by, results: str) -> DecisionCatalogue:
    """Write the year-end account. :raises CatalogueRefused: not in its stage, no words, or personal data in them."""
    catalogue = held(catalogue)
    if not catalogue.takes_results:
        raise CatalogueRefused("开始年终总结后才能填写执行情况。")
    catalogue.results = _fit_for_everybody(results)
    catalogue.save(update_fields=["results"])
    record(WRITTEN, by=by, file=catalogue, summary=catalogue.results[:400])
    return catalogue

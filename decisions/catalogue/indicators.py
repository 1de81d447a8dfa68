"""The figures that catalogues contribute (S3-9c)."""

from decimal import Decimal

from decisions.catalogue.models import PUBLISHED, CatalogueItem, DecisionCatalogue, DeviationExplanation
from portal.casefiles.figures import counted, files_behind
from portal.indicators.registry import Figure, Unit, indicator

SECTION = "decisions"
BASIS = "苏府〔2015〕12号（地方示例）；国令713 第三条第三款"


def _items(scope):
    """Items of catalogues that were published for the years of the period, as they stand after adjustments."""
    return CatalogueItem.objects.filter(
        catalogue__organisation__path__startswith=scope.organisation.path, catalogue__stage__in=PUBLISHED,
        catalogue__year__range=(scope.start.year, scope.end.year), is_withdrawn=False,
    )  # fmt: skip


@indicator(
    "decisions.catalogues", label="公布年度决策事项目录", unit=Unit.COUNT, section=SECTION, basis=BASIS,
    formula="公布日期在期间内的目录件数",
)  # fmt: skip
def catalogues(scope):
    found = DecisionCatalogue.objects.filter(
        organisation__path__startswith=scope.organisation.path, published_on__range=(scope.start, scope.end)
    )
    return counted(found)


@indicator(
    "decisions.catalogue_items", label="决策目录事项", unit=Unit.COUNT, section=SECTION, basis=BASIS,
    formula="期间所在年度已公布目录中的事项数，已调出的不计",
)  # fmt: skip
def items(scope):
    found = _items(scope)
    return counted(found, by="catalogue")


@indicator(
    "decisions.catalogue_items_done", label="决策目录事项完成", unit=Unit.COUNT, section=SECTION, basis=BASIS,
    formula="上述事项中，对应的决策在期间内作出的件数",
)  # fmt: skip
def items_done(scope):
    done = _items(scope).filter(entries__decision__decided_on__range=(scope.start, scope.end)).distinct()
    decided = done.order_by().values("entries__decision")
    return Figure(Decimal(done.count()), files=files_behind(decided))


@indicator(
    "decisions.catalogue_deviations", label="与决策目录的偏差", unit=Unit.COUNT, section=SECTION, basis=BASIS,
    formula="期间内公布执行情况的目录中，已经说明的偏差数",
)  # fmt: skip
def explained(scope):
    found = DeviationExplanation.objects.filter(
        catalogue__organisation__path__startswith=scope.organisation.path,
        catalogue__results_published_on__range=(scope.start, scope.end),
    )
    return counted(found, by="catalogue")

"""What of a catalogue can be found inside. What the public finds is its publication."""

from decisions.catalogue.models import CatalogueItem, DecisionCatalogue
from portal.search.registry import EntryData, searchable


@searchable(
    DecisionCatalogue,
    kind="decision_catalogue",
    label="重大行政决策事项目录",
    related=("organisation",),
    follows={CatalogueItem: lambda item: item.catalogue},
)
def catalogue(catalogue):
    """The file as people at work find it, by every item on it."""
    yield EntryData(
        title=catalogue.title,
        number=catalogue.number,
        body="\n".join(catalogue.items.order_by("number").values_list("title", flat=True)),
        published_on=catalogue.published_on or catalogue.opened_on,
        url_name="inside:case",
        url_args=(str(catalogue.public_id),),
        organisation=catalogue.organisation,
        file=catalogue,
    )

"""Choosing among published documents: by organisation, year, validity and column. Page and open data share it."""

from urllib.parse import urlencode

from django import forms
from django.db.models import Max, Min, OuterRef, Q, QuerySet, Subquery

from portal.moment import today
from portal.organisations.models import Organisation
from portal.publishing.effect import Effect
from portal.publishing.faces import columns
from portal.publishing.models import Publication


class DocumentFilter(forms.Form):
    """GET form; what it does not know is passed over, so that no address of a reader breaks."""

    use_required_attribute = False

    organisation = forms.ChoiceField(label="发文机关", required=False)
    year = forms.ChoiceField(label="公布年份", required=False)
    effect = forms.ChoiceField(label="效力状态", required=False, choices=[("", "全部"), *Effect.choices])
    column = forms.ChoiceField(label="栏目", required=False)

    def __init__(self, data):
        super().__init__(data)
        live = Publication.objects.live()
        # A town without documents is offered too: its empty list is an answer. Whether a unit has any is asked of the
        # index, unit by unit, for its newest; the list of all issuers would be the whole table.
        newest = live.filter(organisation=OuterRef("pk")).values("pk")[:1]
        issuers = (
            Organisation.objects.alias(newest=Subquery(newest))
            .filter(Q(newest__isnull=False) | Q(pk__in=Organisation.objects.towns()))
            .values_list("code", "name")
        )
        span = live.aggregate(first=Min("published_on"), last=Max("published_on"))
        first, last = (span["first"] or today()).year, (span["last"] or today()).year
        self.fields["organisation"].choices = [("", "全部"), *issuers]
        self.fields["year"].choices = [
            ("", "全部"),
            *((str(year), f"{year} 年") for year in range(last, first - 1, -1)),
        ]
        self.fields["column"].choices = [("", "全部"), *((column, column) for column in columns())]
        self.is_valid()

    @property
    def chosen(self) -> dict[str, str]:
        """The conditions in use, by name."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def documents(self) -> QuerySet[Publication]:
        """What is public and fits."""
        chosen = self.chosen
        found = Publication.objects.live()
        if "organisation" in chosen:
            # One value and no join, so that the index of the unit's documents gives the newest at once.
            found = found.filter(organisation=Organisation.objects.filter(code=chosen["organisation"]).values("pk")[:1])
        if "year" in chosen:
            found = found.filter(published_on__year=int(chosen["year"]))
        if "column" in chosen:
            found = found.filter(column=chosen["column"])
        if "effect" in chosen:
            found = found.in_effect(chosen["effect"])
        return found

    def chips(self) -> list[dict]:
        """Each condition with the address that takes it away."""
        return [
            {
                "label": f"{self.fields[name].label}：{dict(self.fields[name].choices)[value]}",
                "url": "?" + urlencode({other: kept for other, kept in self.chosen.items() if other != name}),
            }
            for name, value in self.chosen.items()
        ]

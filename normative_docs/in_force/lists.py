"""The list in force on a day, from what is public."""

from datetime import date

from django import forms
from django.db.models import OuterRef, Q, QuerySet, Subquery

from portal.organisations.models import Organisation
from portal.publishing.effect import Effect
from portal.publishing.models import Publication
from portal.web.forms import DayField


class DayForm(forms.Form):
    """Which day."""

    use_required_attribute = False
    on = DayField(label="日期", error_messages={"required": "请填写日期，例如 2026-03-01"})


class ListForm(DayForm):
    """Which day, and whose documents."""

    organisation = forms.ChoiceField(label="发文机关", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        newest = Publication.objects.live().filter(organisation=OuterRef("pk")).values("pk")[:1]
        issuers = (
            Organisation.objects.alias(newest=Subquery(newest))
            .filter(Q(newest__isnull=False) | Q(pk__in=Organisation.objects.towns()))
            .values_list("code", "name")
        )
        self.fields["organisation"].choices = [("", "全部"), *issuers]


def in_force_on(day: date, organisation: str = "") -> QuerySet[Publication]:
    """Documents that were published and in force on that day.

    :param organisation: code of the issuing authority; empty for all.
    """
    found = Publication.objects.live().filter(published_on__lte=day).in_effect(Effect.IN_FORCE, day)
    if organisation:
        found = found.filter(organisation__code=organisation)
    return found.select_related("organisation").defer("text", "fields")

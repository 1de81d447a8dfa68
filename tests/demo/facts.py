"""What a visitor would notice of the demo: titles, numbers, stages, dates. Keys and random codes are left out."""

from django.apps import apps

from portal.casefiles.models import CaseFile
from portal.deadlines.models import Deadline
from portal.indicators.models import IndicatorValue
from portal.meetings.models import Meeting
from portal.reports.models import ReportSection


def visible_facts() -> list:
    """Plain rows in a fixed order."""
    files = CaseFile.objects.order_by("number").values_list(
        "number", "kind", "title", "organisation__code", "opened_on", "closed_on", "disclosure"
    )
    deadlines = Deadline.objects.order_by("file__number", "code", "id").values_list(
        "file__number", "code", "state", "start_on", "effective_end", "finished_late_by"
    )
    meetings = Meeting.objects.order_by("held_on", "title", "organisation__code").values_list(
        "title", "kind", "held_on", "minutes_number", "organisation__code"
    )
    figures = IndicatorValue.objects.order_by("period_start", "code", "id").values_list("code", "value", "of")
    chapters = ReportSection.objects.order_by("report__number", "position").values_list("code", "text")
    rows = [*files, *_stages(), *deadlines, *meetings, *figures, *chapters]
    return [[str(value) for value in row] for row in rows]


def _stages() -> list[tuple[str, str]]:
    """Every file's number and stage."""
    found = []
    for model in apps.get_models():
        if issubclass(model, CaseFile) and model is not CaseFile:
            found += model.objects.values_list("number", "stage")
    return sorted(found)

"""Whether a document has its interpretation in time: with its publication, at the latest some working days after."""

from dataclasses import dataclass
from datetime import date

from portal.deadlines.stored import stored_calendar
from portal.interpretations.models import Interpretation
from portal.moment import today
from portal.publishing.register import publication_of

WORKING_DAYS = 3
RULE = "解读与文件同步公布，至迟不超过三个工作日（待核）"


@dataclass(frozen=True)
class Timing:
    """When the document went out, until when its interpretation should, and when it did."""

    document_on: date
    due_on: date
    published_on: date | None

    @property
    def is_missing(self) -> bool:
        return self.published_on is None

    @property
    def days_late(self) -> int:
        return max(0, ((self.published_on or today()) - self.due_on).days)

    @property
    def lamp(self) -> dict | None:
        """How late it is, or how long there is still; nothing to say once it came in time."""
        if self.days_late:
            return {"state": "late", "text": f"逾期 {self.days_late} 日"}
        if self.is_missing:
            return {"state": "soon", "text": f"剩 {(self.due_on - today()).days} 日"}
        return None


def timing_of(file) -> Timing | None:
    """``None`` while the document isn't before the public."""
    publication = publication_of(file)
    if publication is None:
        return None
    calendar = stored_calendar(file.organisation.region)
    first = (
        Interpretation.objects.filter(subject_id=file.pk, published_on__isnull=False)
        .order_by("published_on")
        .values_list("published_on", flat=True)
        .first()
    )
    due_on = calendar.add_working_days(publication.published_on, WORKING_DAYS)
    return Timing(publication.published_on, due_on, first)

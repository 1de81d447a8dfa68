"""Which documents are due for post-evaluation: published two years ago, vital interests, important; all three (N10)."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from normative_docs.evaluation import time_limits
from normative_docs.evaluation.models import Evaluation, ImportanceMark
from normative_docs.evaluation.vocabulary import EvaluationKind
from normative_docs.evaluation.workflow import Stage
from normative_docs.filters import in_effect
from normative_docs.models import OF_RECORD, Effect, NormativeDocument
from portal.deadlines.arithmetic import add_months
from portal.deadlines.lamps import Lamp
from portal.deadlines.rules import registry, resolve

ONE_DAY = timedelta(days=1)
_SEEN_AHEAD = 6  # months


def years_of(region: str, on: date) -> int:
    """After how many years the region has documents evaluated."""
    return resolve(time_limits.AGE, on, region if region in registry().regions else None).length


def due_since(document: NormativeDocument) -> date:
    """The day on which the document was, or will be, old enough (发布满二年)."""
    return add_months(document.published_on, 12 * years_of(document.organisation.region, document.published_on))


def published_until(day: date, years: int) -> date:
    """The last day of publication of which the corresponding day so many years later is not after ``day``."""
    back = add_months(day, -12 * years)
    # The 29th of February has its corresponding day on the 28th (民法典 art. 202).
    later = back + ONE_DAY
    return later if add_months(later, 12 * years) <= day else back


_marked = Exists(ImportanceMark.objects.filter(document=OuterRef("pk")))
_important = Q(touches_livelihood=True) | Q(_marked)


def is_important(document: NormativeDocument) -> bool:
    """Marked as important, or on a matter of people's livelihood."""
    return document.touches_livelihood or ImportanceMark.objects.filter(document=document).exists()


def of_age(documents: QuerySet, day: date, region: str) -> QuerySet:
    """Documents in force that have been public long enough and touch vital interests."""
    in_force = in_effect(documents, Effect.IN_FORCE, day).filter(stage__in=OF_RECORD)
    return in_force.filter(touches_vital_interests=True, published_on__lte=published_until(day, years_of(region, day)))


def due(documents: QuerySet, day: date, region: str) -> QuerySet:
    """Of these the important ones that were never evaluated and are not being evaluated."""
    done = Evaluation.objects.filter(document=OuterRef("pk"), evaluation_kind=EvaluationKind.POST)
    return of_age(documents, day, region).filter(_important).exclude(Exists(done.exclude(stage=Stage.ABANDONED)))


def not_marked(documents: QuerySet, day: date, region: str) -> QuerySet:
    """Old enough and of vital interest, but nobody said so far that they are important."""
    return of_age(documents, day, region).exclude(_important)


def coming(documents: QuerySet, day: date, region: str) -> QuerySet:
    """Important documents that come of age within half a year."""
    ahead = add_months(day, _SEEN_AHEAD)
    years = years_of(region, day)
    in_force = in_effect(documents, Effect.IN_FORCE, day).filter(stage__in=OF_RECORD)
    return in_force.filter(
        _important, touches_vital_interests=True, published_on__gt=published_until(day, years),
        published_on__lte=published_until(ahead, years),
    )  # fmt: skip


def lamp_of(document: NormativeDocument, day: date) -> Lamp:
    """Amber once it is due: no rule says by when it has to be done, so it never turns red."""
    since = due_since(document)
    if since > day:
        return Lamp("fine", f"{(since - day).days} 日后满年限")
    passed = (day - since).days
    return Lamp("soon", f"已满年限 {passed} 日" if passed else "今日满年限")

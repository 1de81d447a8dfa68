"""The daily round over lapsed documents: it records what the dates have done already, and tells the town once."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from normative_docs.effects import forget_expiry
from normative_docs.in_force.models import Lapse
from normative_docs.models import OF_RECORD, NormativeDocument
from portal.accounts.authority import holders
from portal.audit import verbs
from portal.audit.record import record
from portal.moment import now
from portal.notifications.messages import notify

LAPSED = verbs.declare("normative_docs.lapsed", "有效期届满，失效")
ONE_DAY = timedelta(days=1)
AT_ONCE = 200
"""Documents recorded in one transaction."""


def lapsed_by(day: date):
    """Documents that lapsed by their own date while in the portal, up to and including that day, not recorded yet.

    What had lapsed before it was registered is no news, and what was ended earlier by an act did not lapse.
    """
    noticed = Lapse.objects.filter(document=OuterRef("pk"), lapsed_on=OuterRef("valid_until") + ONE_DAY)
    known_since = Coalesce("recorded_on", "published_on")
    return (
        NormativeDocument.objects.filter(stage__in=OF_RECORD, valid_until__lt=day)
        .filter(Q(repealed_on__isnull=True) | Q(repealed_on__gt=F("valid_until") + ONE_DAY))
        .alias(known_since=known_since)
        .filter(valid_until__gte=F("known_since"))
        .exclude(Exists(noticed))
        .order_by("valid_until", "pk")
    )


def sweep(day: date) -> int:
    """Record every lapse up to ``day`` and tell each town; how many were new. Run again, or late, it makes good."""
    count = 0
    while True:
        with transaction.atomic():
            found = list(
                lapsed_by(day)
                .select_related("organisation")
                .select_for_update(of=("self",), skip_locked=True)[:AT_ONCE]
            )
            for document in found:
                _note(document)
        count += len(found)
        if len(found) < AT_ONCE:
            return count


def _note(document) -> None:
    on = document.valid_until + ONE_DAY
    Lapse.objects.create(document=document, lapsed_on=on, recorded_at=now())
    record(
        LAPSED, file=document, payload={"lapsed_on": on.isoformat()},
        summary=f"有效期至 {document.valid_until:%Y-%m-%d}，自 {on:%Y-%m-%d} 零时起失效",
    )  # fmt: skip
    forget_expiry(document, None, "有效期已届满")
    notify(
        holders("normative_docs.draft", document.organisation), f"已失效：{document.title}",
        f"有效期至 {document.valid_until:%Y-%m-%d}，自 {on:%Y-%m-%d} 零时起失效，不得再作为行政管理的依据。"
        "继续需要的，应当重新制定、公布。",
        file=document, key=f"lapsed:{document.pk}:{on.isoformat()}",
    )  # fmt: skip

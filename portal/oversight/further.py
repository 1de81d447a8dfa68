"""Sending documents to further recipients (同级人大机构): listed, sent with a number, receipt kept, reminded of."""

from datetime import timedelta

from django.db import transaction

from portal.accounts.authority import holders
from portal.accounts.roles import ROLES
from portal.audit import verbs
from portal.audit.record import record
from portal.documents.rendering.paper import NUMBER_SHAPE
from portal.moment import today
from portal.notifications.messages import notify
from portal.organisations import policy
from portal.organisations.models import Organisation, OrganisationLevel
from portal.oversight.models import FurtherFiling
from portal.oversight.targets import DAYS, TARGETS, targets_of
from portal.workflow.refusals import StepRefused

LISTED = verbs.declare("further.listed", "列入另行报备")
SENT = verbs.declare("further.sent", "另行报备报送")
RECEIVED = verbs.declare("further.received", "另行报备收到回执")
CHUNK = 500


class FurtherRefused(StepRefused):
    """The act can't be done; the message says why, in Chinese."""


def authority_for(issuer: Organisation) -> str:
    """Who keeps these records: the county's own people for its documents, a town's clerks for the town's."""
    return "oversight.report" if issuer.level == OrganisationLevel.COUNTY else "oversight.file"


def in_sight(person):
    """Further filings of the organisations in which the person sees files, or over which the county looks."""
    paths = [
        assignment.organisation.path
        for assignment in person.current_roles()
        if ROLES[assignment.role].authorities & {"oversight.file", "county.see", "casefiles.lead"}
    ]
    issuers = Organisation.objects.none()
    for path in paths:
        issuers = issuers | Organisation.objects.filter(path__startswith=path)
    return FurtherFiling.objects.filter(issuer__in=issuers).select_related("issuer", "subject")


def _due(issuer, published_on):
    return published_on + timedelta(days=policy.value(DAYS.code, issuer, published_on)) if published_on else None


@transaction.atomic
def list_further(subject, *, by, number: str = "", published_on=None) -> list[FurtherFiling]:
    """Put a file on the list of every further recipient that its issuer has; listed twice, it stands once."""
    issuer, made = subject.organisation, []
    for target in targets_of(issuer, today()):
        row, is_new = FurtherFiling.objects.get_or_create(
            subject_id=subject.pk, target=target.code,
            defaults={
                "issuer": issuer, "recipient": target.name(issuer), "title": subject.title,
                "document_number": number, "published_on": published_on,
                "due_on": _due(issuer, published_on or today()),
            },
        )  # fmt: skip
        if is_new:
            made.append(row)
            record(LISTED, by=by, file=subject, summary=row.recipient)
    return made


@transaction.atomic
def enter(*, by, issuer, target: str, title: str, document_number: str, published_on) -> FurtherFiling:
    """List a document that has no file here, such as one of the county's own.

    :raises FurtherRefused: the recipient takes nothing of this issuer, or the document is listed already.
    """
    if target not in TARGETS or not TARGETS[target].is_due_from(issuer, published_on):
        raise FurtherRefused("这个机关的文件不报送该接受机关，或者本地区没有启用。")
    held = Organisation.objects.select_for_update(no_key=True).get(pk=issuer.pk)
    if FurtherFiling.objects.filter(issuer=held, target=target, document_number=document_number).exists():
        raise FurtherRefused("这个文号已经列入。")
    row = FurtherFiling.objects.create(
        issuer=held, target=target, recipient=TARGETS[target].name(held), title=title.strip(),
        document_number=document_number, published_on=published_on, due_on=_due(held, published_on),
    )  # fmt: skip
    record(LISTED, by=by, organisation=held, summary=f"{row.recipient}：《{row.title}》（{document_number}）")
    return row


def _locked(row: FurtherFiling) -> FurtherFiling:
    return FurtherFiling.objects.select_for_update(of=("self",)).select_related("issuer", "subject").get(pk=row.pk)


@transaction.atomic
def mark_sent(row: FurtherFiling, *, by, on, report_number: str) -> FurtherFiling:
    """It was sent on that day under that number. :raises FurtherRefused: sent already, or day or number can't be."""
    row, report_number = _locked(row), report_number.strip()
    if row.sent_on is not None:
        raise FurtherRefused("已经登记报送。")
    if on > today() or (row.published_on and on < row.published_on):
        raise FurtherRefused("报送日期不能早于公布日期，也不能晚于今天。")
    if not NUMBER_SHAPE.fullmatch(report_number):
        raise FurtherRefused("备案报告文号应当写作“云府报〔2026〕1号”。")
    row.sent_on, row.sent_by, row.report_number = on, by, report_number[:60]
    row.save(update_fields=["sent_on", "sent_by", "report_number"])
    _note(SENT, row, by, f"{row.recipient}：{row.report_number}，{on:%Y-%m-%d}")
    return row


@transaction.atomic
def mark_received(row: FurtherFiling, *, by, on, receipt_number: str) -> FurtherFiling:
    """The recipient acknowledged it. :raises FurtherRefused: not sent, acknowledged already, or the day can't be."""
    row = _locked(row)
    if row.sent_on is None or row.received_on is not None:
        raise FurtherRefused("还没有登记报送，或者已经登记回执。")
    if not row.sent_on <= on <= today():
        raise FurtherRefused("收到回执的日期不能早于报送日期，也不能晚于今天。")
    row.received_on, row.receipt_number = on, receipt_number.strip()[:60]
    row.save(update_fields=["received_on", "receipt_number"])
    _note(RECEIVED, row, by, f"{row.recipient}：{row.receipt_number or '回执'}，{on:%Y-%m-%d}")
    return row


def _note(verb: str, row: FurtherFiling, by, summary: str) -> None:
    where = {"file": row.subject} if row.subject_id else {"organisation": row.issuer}
    record(verb, by=by, summary=summary, **where)


def remind(day) -> int:
    """Tell once a week whoever owes a report: those due within a week or overdue; how many rows."""
    owed = (
        FurtherFiling.objects.filter(sent_on__isnull=True, due_on__lte=day + timedelta(days=7))
        .exclude(reminded_on__gt=day - timedelta(days=7))
        .select_related("issuer")
        .order_by("due_on", "id")[:CHUNK]
    )
    told = []
    for row in owed:
        words = "已逾期" if row.due_on < day else "即将到期"
        notify(
            holders(authority_for(row.issuer), row.issuer), f"报送备案{words}：{row.title}"[:200],
            f"应当于 {row.due_on:%Y-%m-%d} 前报送{row.recipient}备案。",
            link=f"/staff/further-filings/{row.public_id}/", key=f"further:{row.pk}:{day:%Y%m%d}",
        )  # fmt: skip
        row.reminded_on = day
        told.append(row)
    FurtherFiling.objects.bulk_update(told, ["reminded_on"])
    return len(told)

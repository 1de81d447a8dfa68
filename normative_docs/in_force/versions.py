"""Versions of a text: the first one at publication, further ones from amendments, and which applies on a day."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from normative_docs.in_force.articles import changes_from, check
from normative_docs.in_force.models import CHANGING, Relation, TextVersion, VersionSource
from normative_docs.models import NormativeDocument
from portal.accounts.authority import holders
from portal.audit import verbs
from portal.audit.record import record
from portal.moment import now
from portal.notifications.messages import notify
from portal.publishing import redaction
from portal.publishing.copying import CHECKLIST
from portal.publishing.redaction import Mark
from portal.publishing.source import source_of
from portal.publishing.standing import newest_copy
from portal.workflow.refusals import StepRefused

PREPARED = verbs.declare("normative_docs.text_prepared", "整理合并文本")
CONFIRMED = verbs.declare("normative_docs.text_confirmed", "确认合并文本")
ONE_DAY = timedelta(days=1)


class VersionRefused(StepRefused):
    message = "合并文本没有保存。"


class NotMatching(VersionRefused):
    """The text isn't what the amendment makes of it, and nobody said why."""


def first_version(document, by=None) -> TextVersion:
    """Version 1, the published text. Called when a document is published or registered; again, it changes nothing."""
    version, _ = TextVersion.objects.get_or_create(
        document_id=document.pk,
        number=1,
        defaults={
            "source": VersionSource.PUBLISHED,
            "text": document.draft_text,
            "effective_from": document.effective_on,
            "is_matching": True,
            "prepared_by": by,
            "prepared_at": now(),
            "confirmed_at": now(),
        },
    )
    return version


def confirmed(document):
    """The versions that apply or applied, oldest first."""
    return TextVersion.objects.filter(document_id=document.pk, confirmed_at__isnull=False).order_by("number")


def newest_confirmed(document) -> TextVersion | None:
    return confirmed(document).last()


def version_on(document, day: date) -> TextVersion | None:
    """The text that applies on that day; before the document takes effect, the published one."""
    found = confirmed(document).filter(Q(effective_from__isnull=True) | Q(effective_from__lte=day)).last()
    return found or confirmed(document).first()


def unconsolidated(document, day: date | None = None):
    """Changes of the text, in force by ``day``, of which no confirmed consolidated text stands yet."""
    open_ones = Relation.objects.filter(target_id=document.pk, kind__in=CHANGING).exclude(
        consolidated__confirmed_at__isnull=False
    )
    return open_ones.filter(on__lte=day) if day is not None else open_ones


def text_before(relation: Relation) -> TextVersion:
    """The confirmed version that the change starts from.

    :raises VersionRefused: an earlier change has no confirmed consolidated text yet.
    """
    earlier = (
        unconsolidated(relation.target).filter(Q(on__lt=relation.on) | Q(on=relation.on, pk__lt=relation.pk)).first()
    )
    if earlier is not None:
        raise VersionRefused(f"{earlier.on:%Y-%m-%d} 的修改还没有确认合并文本，请按先后顺序整理。")
    return newest_confirmed(relation.target) or first_version(relation.target)


def outcome_of(relation: Relation, text: str):
    """The check of a consolidated text against the amendment's list of articles."""
    return check(text_before(relation).text, text, changes_from(relation.articles))


@transaction.atomic
def prepare(relation: Relation, *, by, text: str, mismatch_reason: str = "", hidden_words=()) -> TextVersion:
    """Keep the consolidated text of a change, with its check; kept again, it replaces what was not confirmed yet.

    :param mismatch_reason: why other articles differ than the amendment names; needed when they do.
    :param hidden_words: words that must not be read outside, beyond what was hidden in the text before.
    :raises VersionRefused: empty, unchanged, confirmed already, out of order, or a mismatch without reason.
    """
    NormativeDocument.objects.select_for_update(of=("self",)).only("pk").get(pk=relation.target_id)
    if not relation.how.changes_text:
        raise VersionRefused("这项变动不改变文本。")
    if not text.strip():
        raise VersionRefused("请填写合并文本。")
    version = TextVersion.objects.filter(caused_by=relation).first()
    if version is not None and version.is_confirmed:
        raise VersionRefused("合并文本已经确认，不能再改。")
    before = text_before(relation)
    if before.text.strip() == text.strip():
        raise VersionRefused("合并文本与修改前的文本没有差别。")
    if before.effective_from is not None and relation.on <= before.effective_from:
        raise VersionRefused(f"修改应当晚于现行文本的开始日期（{before.effective_from:%Y-%m-%d}）。")
    outcome = check(before.text, text, changes_from(relation.articles))
    if not outcome.is_matching and not mismatch_reason.strip():
        raise NotMatching(
            f"合并文本与修改决定不逐条相符：{'；'.join(outcome.differences)}。请更正文本；确需如此的，在这里填写理由。"
        )
    version = version or TextVersion(
        document=relation.target, number=before.number + 1, source=VersionSource.CONSOLIDATED, caused_by=relation
    )
    version.text = text
    version.effective_from = relation.on
    version.is_matching, version.check_outcome = outcome.is_matching, outcome.as_dict()
    version.mismatch_reason = "" if outcome.is_matching else mismatch_reason.strip()[:500]
    version.hidden_words = [word.strip() for word in hidden_words if word.strip()]
    version.prepared_by, version.prepared_at = by, now()
    version.save()
    said = "与修改决定逐条相符" if outcome.is_matching else f"与修改决定不逐条相符：{version.mismatch_reason}"
    record(PREPARED, by=by, file=relation.target, summary=f"第 {version.number} 版，{said}", payload=_payload(version))
    notify(
        [person for person in holders("normative_docs.confirm_text", relation.target.organisation) if person != by],
        f"待确认合并文本：{relation.target.title}", f"{relation.on:%Y-%m-%d} 起的修改，{said}。",
        file=relation.target, key=f"text:{version.pk}:{version.digest}",
    )  # fmt: skip
    return version


def proposed_marks(version: TextVersion) -> list[Mark]:
    """What is to be hidden in a consolidated text: what the rules find, what was hidden in the published text, and the
    words that the preparer named. The reviewer decides on each."""
    text = version.text
    marks = list(redaction.propose(text))
    copy = newest_copy(version.document)
    if copy is not None:
        original = source_of(version.document).part("text").text
        for mark in copy.marks.filter(part="text", accepted=True):
            words = original[mark.start : mark.end]
            marks += redaction.occurrences(text, words, mark.replacement, mark.kind, "公布文本中已隐去")
    for words in version.hidden_words:
        marks += redaction.occurrences(text, words, "（已隐去）", "other", "整理人提出")
    return redaction.merged(marks)


@transaction.atomic
def confirm(
    version: TextVersion, *, by, checklist, hidden: set[int] | None = None, added=(), expects: str = ""
) -> TextVersion:
    """The second pair of eyes: the text is right, and what must not be read outside is hidden. Now it is public.

    :param hidden: numbers of the proposed marks to be hidden; all when ``None``.
    :param added: further words to be hidden. :param expects: digest of the text that the reviewer saw.
    :raises VersionRefused: prepared by the same person, changed meanwhile, an open question, or words not found.
    """
    NormativeDocument.objects.select_for_update(of=("self",)).only("pk").get(pk=version.document_id)
    held = TextVersion.objects.select_related("document__organisation", "caused_by").get(pk=version.pk)
    if held.is_confirmed:
        raise VersionRefused("合并文本已经确认。")
    if held.prepared_by_id == by.pk:
        raise VersionRefused("合并文本由您整理，须由另一人确认（四眼原则）。")
    if expects and expects != held.digest:
        raise VersionRefused("合并文本刚刚有改动，请核对后再确认。")
    unanswered = [question.label for question in CHECKLIST if question.code not in set(checklist)]
    if unanswered:
        raise VersionRefused("还没有确认：" + "；".join(unanswered))
    before = text_before(held.caused_by)
    marks = [mark for n, mark in enumerate(proposed_marks(held)) if hidden is None or n in hidden]
    for words in added:
        found = redaction.occurrences(held.text, words, "（已隐去）", "other", "人工添加")
        if not found:
            raise VersionRefused(f"要隐去的“{words}”在文本中没有找到。")
        marks += found
    # The interval before ends the day before this one begins; both or neither.
    before.effective_until = held.effective_from - ONE_DAY
    before.save(update_fields=["effective_until"])
    held.public_text = redaction.apply(held.text, redaction.merged(marks))
    held.checklist = [question.code for question in CHECKLIST]
    held.confirmed_by, held.confirmed_at = by, now()
    held.save()
    record(
        CONFIRMED, by=by, file=held.document, payload=_payload(held),
        summary=f"第 {held.number} 版，自 {held.effective_from:%Y-%m-%d} 起适用，隐去 {len(marks)} 处",
    )  # fmt: skip
    return held


def _payload(version: TextVersion) -> dict:
    return {"version": version.number, "digest": version.digest, "matching": version.is_matching}

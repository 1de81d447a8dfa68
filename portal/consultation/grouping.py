"""Opinions that say the same are put into one group and get one answer (国令713 art. 18: every opinion is answered)."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, Max, Q

from portal.audit import verbs
from portal.audit.record import record
from portal.consultation.anchoring import Line
from portal.consultation.conducting import ANSWERED, ConsultationRefused, answerable, write_answer
from portal.consultation.masking import personal_numbers
from portal.consultation.models import OpinionGroup, PublicComment, PublicConsultation
from portal.moment import now

GROUPED = verbs.declare("consultation.grouped", "归并同类意见")
TAKEN_OUT = verbs.declare("consultation.taken_out", "移出同类意见")

MOST_GROUPED_AT_ONCE = 200


@transaction.atomic
def make_group(consultation: PublicConsultation, numbers: list[int], *, name: str, by) -> OpinionGroup:
    """Put these opinions into a new group; all of them or none.

    :param name: what they say, in a few words; published with the answer.
    :raises ConsultationRefused: no name, or one of them can't be grouped.
    """
    consultation = answerable(consultation.pk)
    name = name.strip()
    if not name:
        raise ConsultationRefused("请用一句话归纳这组意见。", field="name")
    comments = _groupable(consultation, numbers)
    last = consultation.groups.aggregate(last=Max("number"))["last"] or 0
    group = OpinionGroup.objects.create(
        consultation=consultation, number=last + 1, name=name[:120], made_by=by, made_at=now()
    )
    _put_into(group, comments, by)
    return group


@transaction.atomic
def add_to_group(group: OpinionGroup, numbers: list[int], *, by) -> OpinionGroup:
    """Put further opinions into a group. They get its answer if it has one.

    :raises ConsultationRefused: one of them can't be grouped.
    """
    consultation = answerable(group.consultation_id)
    comments = _groupable(consultation, numbers)
    answered = group.comments.exclude(outcome="").order_by("number").first()
    _put_into(group, comments, by)
    if answered is not None:
        for comment in comments:
            write_answer(comment, answered.outcome, answered.answer, comment.content, by)
    return group


@transaction.atomic
def answer_group(group: OpinionGroup, *, outcome: str, answer: str, by, seen: str | None = None) -> list[PublicComment]:
    """Answer every opinion of the group with one outcome and one reason; each is published as it was written.

    May be corrected until the answers are published.

    :param seen: :func:`answer_seen` as the person saw it; another answer since then is a conflict.
    :raises ConsultationRefused: published or withdrawn, no reason, nobody in the group, or somebody was faster.
    """
    consultation = answerable(group.consultation_id)
    comments = list(group.comments.select_for_update(of=("self",)).order_by("number"))
    if not comments:
        raise ConsultationRefused("这一组没有意见。")
    if seen is not None and seen != answer_seen(comments):
        raise ConsultationRefused("这一组刚刚已由他人答复或者增减。您填写的内容没有保存，请核对后再改。")
    for comment in comments:
        write_answer(comment, outcome, answer, comment.content, by)
    shown = "、".join(str(comment.number) for comment in comments)
    record(
        ANSWERED, by=by, file=consultation.file,
        summary=f"{group}（第 {shown} 条意见）：{comments[0].get_outcome_display()}",
    )  # fmt: skip
    return comments


@transaction.atomic
def take_out(comment: PublicComment, *, by) -> PublicComment:
    """Take an opinion out of its group again; an answer that it had from the group goes with it.

    :raises ConsultationRefused: it is in no group, or the answers are published.
    """
    consultation = answerable(comment.consultation_id)
    comment = PublicComment.objects.select_for_update(of=("self",)).select_related("group").get(pk=comment.pk)
    if comment.group_id is None:
        raise ConsultationRefused("这条意见没有归组。")
    group, comment.group = comment.group, None
    comment.outcome = comment.answer = comment.public_text = ""
    comment.answered_by = comment.answered_at = None
    comment.save(update_fields=["group", "outcome", "answer", "public_text", "answered_by", "answered_at"])
    record(TAKEN_OUT, by=by, file=consultation.file, summary=f"第 {comment.number} 条意见移出{group}"[:300])
    return comment


def groups_of(consultation: PublicConsultation):
    """The groups of a round that hold opinions, each with ``total`` and ``open``."""
    return (
        consultation.groups.annotate(total=Count("comments"), open=Count("comments", filter=Q(comments__outcome="")))
        .filter(total__gt=0)
        .order_by("number")
    )


def on_paragraph(lines: Iterable[Line], key: str) -> Q:
    """The opinions on one paragraph, by the key of its place; none for a paragraph that has no opinions."""
    written = [as_written for line in lines if line.place.key == key for as_written in line.written_as]
    found = Q(pk__in=[])
    for article, words, number in written:
        found |= Q(article=article, paragraph=words, draft_number=number)
    return found


def answer_seen(comments) -> str:
    """What a form about a group remembers: who is in it, and its last answer."""
    return "|".join(f"{comment.number}:{comment.answer_seen}" for comment in comments)


def _groupable(consultation: PublicConsultation, numbers: list[int]) -> list[PublicComment]:
    comments = list(
        consultation.comments.select_for_update(of=("self",))
        .filter(number__in=numbers[:MOST_GROUPED_AT_ONCE])
        .order_by("number")
    )
    if not comments:
        raise ConsultationRefused("没有选中意见。")
    done = [str(comment.number) for comment in comments if comment.outcome or comment.group_id]
    if done:
        raise ConsultationRefused(f"第 {'、'.join(done)} 条意见已有答复或者已经归组，没有一并处理。请重新选择。")
    for comment in comments:
        found = personal_numbers(comment.content)
        if found:
            raise ConsultationRefused(f"第 {comment.number} 条意见含有{'、'.join(found)}，须单独遮盖后答复，不能归组。")
    return comments


def _put_into(group: OpinionGroup, comments: list[PublicComment], by) -> None:
    for comment in comments:
        comment.group = group
        comment.save(update_fields=["group"])
    shown = "、".join(str(comment.number) for comment in comments)
    record(GROUPED, by=by, file=group.consultation.file, summary=f"第 {shown} 条意见归入{group}"[:300])

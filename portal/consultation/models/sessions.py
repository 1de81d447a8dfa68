"""Sessions (会): hearings, expert discussions, forums and written consultations on a file, and who takes part.

Law: 重大行政决策程序暂行条例 arts. 14, 16, 17 (for towns by reference).
"""

import uuid
from functools import reduce
from operator import or_

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.casefiles.models import CaseFile
from portal.consultation.models.opinions import PublicComment
from portal.documents.models import Document
from portal.draws.models import Draw
from portal.moment import SHANGHAI, now, today
from portal.receipts.models import TypedDraft


def _changed(*fields: str) -> pgtrigger.Q:
    """The update changes one of these fields."""
    return reduce(or_, (pgtrigger.Q(**{f"old__{field}__df": pgtrigger.F(f"new__{field}")}) for field in fields))


class SessionKind(models.TextChoices):
    HEARING = "hearing", "听证会"
    ARGUMENT = "argument", "论证会"
    FORUM = "forum", "座谈会"
    WRITTEN = "written", "书面征求意见"


class MethodKind(models.TextChoices):
    """How those who speak are found (参加人产生方式), as the notice says it. Law: art. 17."""

    DRAW = "draw", "公开抽取"
    CRITERIA = "criteria", "按公布的条件遴选"
    INVITED = "invited", "邀请"


class SessionQuerySet(models.QuerySet):
    def not_cancelled(self):
        return self.filter(cancelled_at__isnull=True)

    def public(self):
        """What the public may find: every announced session; written consultations with their report."""
        return self.exclude(kind=SessionKind.WRITTEN, report_published_at__isnull=True)


@pghistory.track()
class Session(models.Model):
    """One session on a file, from its announcement to its report.

    ``held_at`` is when it begins (for a written consultation: until when answers are awaited). ``notice_end`` is
    the last day on which the law or the local rule wants it announced; a later announcement says why.
    """

    Kind = SessionKind

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="sessions", verbose_name="案卷")
    number = models.PositiveSmallIntegerField("次序")
    kind = models.CharField("形式", max_length=10, choices=SessionKind.choices)
    title = models.CharField("名称", max_length=200)
    purpose = models.TextField("事项和目的")
    held_at = models.DateTimeField("时间")
    place = models.CharField("地点", max_length=200, blank=True)
    notice = models.TextField("公告内容", blank=True)
    method_kind = models.CharField(
        "参加人产生方式", max_length=8, choices=MethodKind.choices, default=MethodKind.CRITERIA
    )
    method = models.TextField("产生方式的说明", blank=True)
    draw = models.OneToOneField(
        Draw, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="参加人抽取"
    )
    material = models.ManyToManyField(Document, blank=True, related_name="+", verbose_name="会议材料")
    material_sent_on = models.DateField("材料送达日期", null=True, blank=True)
    sign_up_until = models.DateField("报名截止日期", null=True, blank=True)
    speaker_seats = models.PositiveSmallIntegerField("参加人名额", default=0)
    observer_seats = models.PositiveSmallIntegerField("旁听席位", default=0)
    contact_unit = models.CharField("联系单位", max_length=100)
    contact_phone = models.CharField("联系电话", max_length=60)
    notice_end = models.DateField("最迟公告日期", null=True, blank=True)
    rule_basis = models.CharField("期限依据", max_length=200, blank=True)
    shortened_reason = models.CharField("缩短公告时间的理由", max_length=300, blank=True)
    announced_at = models.DateTimeField("公告时间")
    announced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="公告人")
    moved_reason = models.CharField("改期理由", max_length=300, blank=True)
    cancelled_at = models.DateTimeField("取消时间", null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="取消人"
    )
    cancelled_reason = models.CharField("取消理由", max_length=300, blank=True)
    participants_published_at = models.DateTimeField("名单公布时间", null=True, blank=True)
    host = models.CharField("主持人", max_length=60, blank=True)
    recorder = models.CharField("记录人", max_length=60, blank=True)
    observers_present = models.PositiveSmallIntegerField("旁听人数", null=True, blank=True)
    course = models.TextField("会议经过", blank=True)
    record_sealed_at = models.DateTimeField("笔录完成时间", null=True, blank=True)
    record_sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="笔录完成人"
    )
    report = models.TextField("报告", blank=True)
    reported_at = models.DateTimeField("报告入卷时间", null=True, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报告人"
    )
    report_published_at = models.DateTimeField("报告公布时间", null=True, blank=True)
    report_published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报告公布人"
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "听证会、论证会、座谈会"
        verbose_name_plural = "听证会、论证会、座谈会"
        ordering = ("-held_at", "-id")
        indexes = [models.Index(fields=["-held_at", "-id"], name="sessions_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="session_number_once"),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | ~Q(cancelled_reason=""), name="cancelled_session_says_why"
            ),
            models.CheckConstraint(
                condition=Q(reported_at__isnull=True) | (Q(record_sealed_at__isnull=False) & ~Q(report="")),
                name="reported_session_has_record_and_report",
            ),
            models.CheckConstraint(
                condition=Q(report_published_at__isnull=True) | Q(reported_at__isnull=False),
                name="published_report_is_on_file",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="session_is_never_deleted", operation=pgtrigger.Delete),
            # People sign up by the published method, and are drawn from the pool that was published.
            pgtrigger.ReadOnly(name="published_method_stays", fields=["method_kind"]),
            pgtrigger.Protect(
                name="one_draw_for_a_session",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__draw__isnull=False) & _changed("draw"),
            ),
            # The record of what was said is evidence once it is complete.
            pgtrigger.Protect(
                name="sealed_record_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__record_sealed_at__isnull=False)
                & _changed("held_at", "place", "host", "recorder", "observers_present", "course", "record_sealed_at"),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def held_on(self):
        return self.held_at.astimezone(SHANGHAI).date()

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def takes_sign_ups(self) -> bool:
        """Whether anybody may sign up for it at all."""
        return self.sign_up_until is not None and bool(self.speaker_seats or self.observer_seats)

    @property
    def sign_up_is_open(self) -> bool:
        """Until the end of the last day, and never once the session has begun."""
        return (
            self.takes_sign_ups
            and not self.is_cancelled
            and self.record_sealed_at is None
            and today() <= self.sign_up_until
            and now() < self.held_at
        )

    @property
    def has_begun(self) -> bool:
        return now() >= self.held_at

    @property
    def draws_participants(self) -> bool:
        """Whether those who speak are drawn from those who signed up."""
        return self.method_kind == MethodKind.DRAW

    @property
    def days_left(self) -> int:
        """Calendar days left to sign up, the last one included; 0 once it is over."""
        return max((self.sign_up_until - today()).days + 1, 0) if self.sign_up_until else 0

    @property
    def state_label(self) -> str:
        if self.is_cancelled:
            return "已取消"
        if self.report_published_at:
            return "已公布报告"
        if self.reported_at:
            return "报告已入卷"
        if self.record_sealed_at:
            return "正在研究意见"
        if self.has_begun:
            return "已经举行"
        return "正在报名" if self.sign_up_is_open else "等待举行"


class InterestGroup(models.Model):
    """One side that a session wants to hear (利益方), with the seats it gets among those who speak."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="groups", verbose_name="会议")
    order = models.PositiveSmallIntegerField("次序")
    name = models.CharField("利益方", max_length=60)
    seats = models.PositiveSmallIntegerField("名额")

    class Meta:
        verbose_name = "利益方"
        verbose_name_plural = "利益方"
        ordering = ("session", "order")
        constraints = [models.UniqueConstraint(fields=["session", "name"], name="interest_group_once")]

    def __str__(self):
        return self.name


class SignUp(models.Model):
    """What a member of the public handed in to take part: to speak, or to listen (旁听).

    ``seat`` is the observer's seat; the database gives none of them twice. Those who wait have none and move up in
    the order of their numbers. ``drawn_rank`` is the place within its side that the draw gave to who wants to speak.
    """

    class Wish(models.TextChoices):
        SPEAK = "speak", "作为参加人发言"
        LISTEN = "listen", "旁听"

    class State(models.TextChoices):
        APPLIED = "applied", "待确定"
        CHOSEN = "chosen", "已确定为参加人"
        NOT_CHOSEN = "not_chosen", "未入选"
        SEATED = "seated", "已有旁听席位"
        WAITING = "waiting", "旁听候补"
        WITHDRAWN = "withdrawn", "已取消报名"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="sign_ups", verbose_name="会议")
    number = models.PositiveIntegerField("报名序号")
    wish = models.CharField("报名事项", max_length=8, choices=Wish.choices)
    group = models.ForeignKey(InterestGroup, models.PROTECT, null=True, blank=True, related_name="sign_ups",
                              verbose_name="利益方")  # fmt: skip
    sent_from = models.CharField(
        "身份", max_length=12, choices=PublicComment.From.choices, default=PublicComment.From.PERSON
    )
    represents = models.CharField("代表的单位或者群体", max_length=100, blank=True)
    name = models.CharField("姓名", max_length=60)
    contact = models.CharField("联系方式", max_length=100)
    views = models.TextField("主要观点", blank=True)
    submitted_at = models.DateTimeField("报名时间")
    state = models.CharField("状态", max_length=10, choices=State.choices)
    seat = models.PositiveSmallIntegerField("旁听席号", null=True, blank=True)
    drawn_rank = models.PositiveIntegerField("抽取位次", null=True, blank=True)
    withdrawn_at = models.DateTimeField("取消时间", null=True, blank=True)

    class Meta:
        verbose_name = "报名"
        verbose_name_plural = "报名"
        ordering = ("session", "number")
        indexes = [models.Index(fields=["session", "state", "number"], name="sign_ups_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="sign_up_number_once"),
            models.UniqueConstraint(fields=["session", "seat"], name="observer_seat_once"),
            models.CheckConstraint(
                condition=Q(state="seated", seat__isnull=False) | (~Q(state="seated") & Q(seat__isnull=True)),
                name="who_is_seated_has_a_seat",
            ),
            models.UniqueConstraint(
                fields=["session", "name", "contact"], condition=~Q(state="withdrawn"), name="person_signs_up_once"
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="sign_up_stays_as_handed_in",
                fields=[
                    "public_id", "session", "number", "wish", "group", "sent_from", "represents", "name", "contact",
                    "views", "submitted_at",
                ],
            ),
            pgtrigger.Protect(
                name="drawn_rank_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__drawn_rank__isnull=False) & _changed("drawn_rank"),
            ),
            pgtrigger.Protect(name="sign_up_is_never_deleted", operation=pgtrigger.Delete),
        ]  # fmt: skip

    def __str__(self):
        return f"第 {self.number} 号报名"


class Participant(models.Model):
    """Who takes part in a session: chosen from those who signed up, or invited. ``reason`` says why this one."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="participants", verbose_name="会议")
    sign_up = models.OneToOneField(
        SignUp, models.PROTECT, null=True, blank=True, related_name="participant", verbose_name="报名"
    )
    name = models.CharField("姓名", max_length=60)
    capacity = models.CharField("身份或者代表的利益方", max_length=100)
    reason = models.CharField("确定理由", max_length=300)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="确定人")
    added_at = models.DateTimeField("确定时间")
    removed_at = models.DateTimeField("移出时间", null=True, blank=True)
    removed_reason = models.CharField("移出理由", max_length=300, blank=True)
    attended = models.BooleanField("是否到会", null=True, blank=True)

    class Meta:
        verbose_name = "参加人"
        verbose_name_plural = "参加人"
        ordering = ("session", "id")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="participant_is_there_for_a_reason"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | ~Q(removed_reason=""), name="removed_participant_says_why"
            ),
        ]
        triggers = [pgtrigger.Protect(name="participant_is_never_deleted", operation=pgtrigger.Delete)]

    def __str__(self):
        return f"{self.name}（{self.capacity}）"


class VoicedOpinion(models.Model):
    """One opinion voiced at a session, and its answer. The words can't change once the record is complete."""

    Outcome = PublicComment.Outcome

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="opinions", verbose_name="会议")
    number = models.PositiveSmallIntegerField("序号")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="opinions", verbose_name="发言人")
    content = models.TextField("意见内容")
    is_sealed = models.BooleanField("已记入笔录", default=False)
    outcome = models.CharField("处理结果", max_length=12, choices=PublicComment.Outcome.choices, blank=True)
    answer = models.TextField("答复理由", blank=True)
    public_text = models.TextField("公布的意见内容", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)

    class Meta:
        verbose_name = "会上意见"
        verbose_name_plural = "会上意见"
        ordering = ("session", "number")
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="voiced_opinion_number_once"),
            models.CheckConstraint(
                condition=Q(outcome="") | (Q(answered_at__isnull=False) & ~Q(answer="") & ~Q(public_text="")),
                name="answered_voice_has_reason_and_public_text",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="sealed_words_never_change",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__is_sealed=True)
                & _changed("session", "number", "participant", "content", "is_sealed"),
            ),
            pgtrigger.Protect(
                name="sealed_words_are_never_deleted",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__is_sealed=True),
            ),
        ]

    def __str__(self):
        return f"第 {self.number} 条会上意见"

    @property
    def answer_seen(self) -> str:
        """What a form about the answer remembers, so that the second of two clerks is told."""
        return self.answered_at.isoformat() if self.answered_at else ""


class SignUpDraft(TypedDraft):
    """A sign-up that was typed and not yet handed in."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="+", verbose_name="会议")
    sign_up = models.OneToOneField(
        SignUp, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提交的报名"
    )

    class Meta:
        verbose_name = "待提交的报名"
        verbose_name_plural = "待提交的报名"
        indexes = [models.Index(fields=["created_at"], name="sign_up_drafts_by_age")]

    def __str__(self):
        return f"待提交的报名 {self.pk}"

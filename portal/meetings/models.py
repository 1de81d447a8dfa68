"""Meetings, who was there, who said what in which order, and what was decided."""

import hashlib
import uuid

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.accounts.roles import ROLES, Sight
from portal.casefiles.models import CaseFile
from portal.organisations.models import Organisation

_SEALED = (
    "IF EXISTS (SELECT 1 FROM meetings_meeting m WHERE m.id = {meeting} AND m.sealed_at IS NOT NULL) "
    "THEN RAISE EXCEPTION 'minutes are sealed'; END IF; RETURN COALESCE(NEW, OLD);"
)


def sealed_with_its_meeting(meeting: str):
    """Nothing of a sealed meeting changes: lifelong accountability rests on its record (国令713 art. 38)."""
    return pgtrigger.Trigger(
        name="sealed_minutes_stay",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=_SEALED.format(meeting=meeting),
    )


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Meetings of the bodies whose files this person sees whole; the agenda names them all."""
        if not getattr(person, "is_authenticated", False) or not person.is_active:
            return self.none()
        sight = Q(pk__in=[])
        for assignment in person.current_roles():
            if ROLES[assignment.role].sight == Sight.ALL:
                sight |= Q(organisation__path__startswith=assignment.organisation.path)
        return self.filter(sight)


@pghistory.track()
class Meeting(models.Model):
    """A meeting: of a body that deliberates collectively (集体讨论决定), or one that decides no file.

    The second kind has no agenda; ``summary`` says what it was about. Once sealed, a meeting never changes.
    """

    class Kind(models.TextChoices):
        TOWN_HEADS = "town_heads", "乡镇长办公会议"
        JOINT = "joint", "党政联席会议"
        SUBDISTRICT = "subdistrict", "街道主任办公会议"
        OTHER = "other", "其他会议"
        SPECIAL_STUDY = "special_study", "专题研究法治政府建设"
        RULE_OF_LAW_WORK = "rule_of_law_work", "全镇依法行政工作会议"
        MEDIATION_RALLY = "mediation_rally", "行政调解工作动员会"

    # Meetings that decide no file: counted in the annual report, never a gate of a procedure.
    WITHOUT_AGENDA = (Kind.SPECIAL_STUDY, Kind.RULE_OF_LAW_WORK, Kind.MEDIATION_RALLY)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="meetings", verbose_name="机构")
    kind = models.CharField("会议类别", max_length=16, choices=Kind.choices)
    title = models.CharField("会议名称", max_length=120)
    held_on = models.DateField("召开日期")
    place = models.CharField("地点", max_length=100)
    members_due = models.PositiveSmallIntegerField("应出席人数", help_text="有表决权的组成人员总数")
    summary = models.TextField("会议记录", blank=True, help_text="没有议题的会议，写明研究、部署的内容")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="记录人")
    created_at = models.DateTimeField(auto_now_add=True)
    sealed_at = models.DateTimeField("纪要封存时间", null=True, blank=True)
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="封存人"
    )
    minutes_digest = models.CharField("纪要摘要值", max_length=64, blank=True)
    minutes_number = models.PositiveIntegerField("纪要期号", null=True, blank=True, help_text="封存时按机关和年度编号")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "会议"
        verbose_name_plural = "会议"
        ordering = ("-held_on", "-id")
        indexes = [models.Index(fields=["organisation", "-held_on", "-id"], name="meetings_of_organisation")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sealed_at=None)
                | ~Q(kind__in=("special_study", "rule_of_law_work", "mediation_rally"))
                | ~Q(summary=""),
                name="meeting_without_agenda_has_its_record",
                violation_error_message="没有议题的会议，封存前应当填写会议记录。",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="sealed_minutes_stay",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__sealed_at__isnull=False),
            )
        ]

    def __str__(self):
        return self.title

    @property
    def is_sealed(self):
        return self.sealed_at is not None

    @property
    def is_deliberative(self) -> bool:
        """Whether files come before it and are decided; the others only leave a record of themselves."""
        return self.kind not in self.WITHOUT_AGENDA

    @property
    def seen(self) -> str:
        """What a form about the meeting's facts remembers, so that the second of two people is told."""
        parts = (self.kind, self.title, self.held_on.isoformat(), self.place, str(self.members_due), self.summary)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]

    @property
    def quorum(self):
        """More than half of those due (过半数)."""
        return self.members_due // 2 + 1


class Attendance(models.Model):
    """Who was there and how: a member (出席), in attendance (列席), or excused (请假)."""

    class Role(models.TextChoices):
        MEMBER = "member", "出席"
        IN_ATTENDANCE = "in_attendance", "列席"
        EXCUSED = "excused", "请假"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances", verbose_name="会议")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="attendances", verbose_name="人员"
    )
    name = models.CharField("姓名", max_length=40)
    post = models.CharField("职务", max_length=80)
    role = models.CharField("身份", max_length=16, choices=Role.choices)
    is_head = models.BooleanField("主要负责人", default=False)
    is_legal_office = models.BooleanField("法制机构负责人", default=False)

    class Meta:
        verbose_name = "参会人员"
        verbose_name_plural = "参会人员"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["meeting", "name", "post"], name="attendee_once"),
            models.UniqueConstraint(fields=["meeting"], condition=Q(is_head=True), name="one_head_a_meeting"),
        ]
        triggers = [sealed_with_its_meeting("COALESCE(NEW.meeting_id, OLD.meeting_id)")]

    def __str__(self):
        return f"{self.name}（{self.post}）"

    @property
    def seen(self) -> str:
        parts = (self.name, self.post, self.role, str(self.is_head), str(self.is_legal_office))
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


@pghistory.track()
class DeliberationItem(models.Model):
    """One file on the agenda, and what was decided about it."""

    class Result(models.TextChoices):
        PASSED = "passed", "通过"
        AMENDED = "amended", "修改后重新审核"
        DEFERRED = "deferred", "再次讨论"
        REJECTED = "rejected", "不予通过"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items", verbose_name="会议")
    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="deliberations", verbose_name="案卷")
    result = models.CharField("讨论结果", max_length=10, choices=Result.choices, blank=True)
    decision = models.TextField("决定内容", blank=True)
    departure_reason = models.TextField("主要负责人不采纳多数意见的理由", blank=True)

    class Meta:
        verbose_name = "议题"
        verbose_name_plural = "议题"
        ordering = ("meeting", "id")
        constraints = [models.UniqueConstraint(fields=["meeting", "file"], name="file_once_on_the_agenda")]
        triggers = [sealed_with_its_meeting("COALESCE(NEW.meeting_id, OLD.meeting_id)")]

    def __str__(self):
        return f"议题 {self.pk}"

    @property
    def seen(self) -> str:
        parts = (self.result, self.decision, self.departure_reason)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


class Statement(models.Model):
    """What a member said, in the order of speaking; dissent stands word for word."""

    class Stance(models.TextChoices):
        FOR = "for", "同意"
        AGAINST = "against", "不同意"
        RESERVED = "reserved", "保留意见"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(DeliberationItem, models.CASCADE, related_name="statements", verbose_name="议题")
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="statements", verbose_name="发言人")
    order = models.PositiveSmallIntegerField("发言顺序")
    stance = models.CharField("意见", max_length=10, choices=Stance.choices)
    words = models.TextField("发言要点", blank=True)

    class Meta:
        verbose_name = "发言"
        verbose_name_plural = "发言"
        ordering = ("item", "order")
        constraints = [
            models.UniqueConstraint(fields=["item", "order"], name="one_speaker_at_a_time"),
            models.UniqueConstraint(fields=["item", "attendance"], name="speaker_once_an_item"),
            models.CheckConstraint(
                condition=Q(stance="for") | ~Q(words=""),
                name="dissent_has_its_words",
                violation_error_message="不同意或者保留意见的，应当记录其意见和理由。",
            ),
        ]
        triggers = [
            sealed_with_its_meeting(
                "(SELECT i.meeting_id FROM meetings_deliberationitem i WHERE i.id = COALESCE(NEW.item_id, OLD.item_id))"
            )
        ]

    def __str__(self):
        return f"第 {self.order} 位发言"

    @property
    def seen(self) -> str:
        parts = (str(self.order), self.stance, self.words)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]

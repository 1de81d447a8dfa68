"""Papers of a case file (材料), their versions and the bytes behind them.

Nothing here is ever deleted: a paper is withdrawn with a reason, a version is followed by the next
(档案法 arts. 13-14; 机关文件材料归档范围和文书档案保管期限规定 art. 10: drafts stay with the final paper).
"""

import uuid

import pghistory
import pgtrigger
from django.conf import settings
from django.db import connection, models
from django.db.models import Q

from portal.casefiles.models import CaseFile, Disclosure
from portal.documents import digests, kinds
from portal.documents.names import extension_of
from portal.documents.slots import slot_label
from portal.moment import now


class BlobManager(models.Manager):
    def kept(self, digest: str, size: int, content_type: str) -> "Blob":
        """The row of these bytes, made where there is none: one statement for new ones, whoever else stores them too.

        :param size: in bytes.
        """
        blob = self.model(digest=digest, size=size, content_type=content_type)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO documents_blob (digest, size, content_type, stored_at) VALUES (%s, %s, %s, %s) "
                "ON CONFLICT (digest) DO NOTHING RETURNING id",
                [blob.digest, blob.size, blob.content_type, blob.stored_at],
            )
            made = cursor.fetchone()
        if made is None:
            return self.get(digest=digest)
        blob.pk, blob._state.adding, blob._state.db = made[0], False, self.db
        return blob


class Blob(models.Model):
    """The bytes of one or more versions, known by their digest; stored once however often uploaded."""

    digest = models.CharField("摘要值", max_length=digests.LENGTH, unique=True)
    size = models.PositiveBigIntegerField("大小（字节）")
    content_type = models.CharField("内容类型", max_length=100)
    stored_at = models.DateTimeField("存入时间", default=now, editable=False)

    objects = BlobManager()

    class Meta:
        verbose_name = "文件内容"
        verbose_name_plural = "文件内容"
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex=rf"^[0-9a-f]{{{digests.LENGTH}}}$"), name="blob_digest_is_a_digest"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="blob_is_not_empty"),
        ]
        triggers = [pgtrigger.Protect(name="blob_never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return self.digest


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Papers of the files that this person may see."""
        return self.filter(file__in=CaseFile.objects.visible_to(person))

    def in_force(self):
        """Papers that have not been withdrawn."""
        return self.filter(removed_at__isnull=True)


@pghistory.track()
class Document(models.Model):
    """One paper of a file: what it is (its slot), whether it may be public, and that it is still in the file."""

    public_id = models.UUIDField("公开编号", default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="documents", verbose_name="案卷")
    slot = models.CharField("材料代码", max_length=60)
    title = models.CharField("材料名称", max_length=200, blank=True)
    disclosure = models.CharField("公开属性", max_length=12, choices=Disclosure.choices)
    disclosure_reason = models.CharField("不公开或依申请公开的理由", max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    created_at = models.DateTimeField("登记时间", default=now, editable=False)
    removed_at = models.DateTimeField("撤下时间", null=True, blank=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="撤下人",
    )
    removal_reason = models.CharField("撤下理由", max_length=300, blank=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "材料"
        verbose_name_plural = "材料"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["file", "slot", "title"], condition=Q(removed_at__isnull=True), name="paper_once_in_its_slot"
            ),
            models.CheckConstraint(
                condition=Q(disclosure="proactive") | ~Q(disclosure_reason=""),
                name="undisclosed_paper_says_why",
                violation_error_message="依申请公开或不予公开的，应当填写理由。",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removal_reason="")
                | Q(removed_at__isnull=False) & ~Q(removal_reason=""),
                name="withdrawn_paper_says_why",
                violation_error_message="撤下材料应当填写理由。",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="paper_is_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="paper_stays_in_its_file", fields=["public_id", "file", "slot", "created_at"]),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        """The name that people see: its own title, else that of its slot."""
        return self.title or slot_label(self.slot)

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None

    @property
    def current(self) -> "DocumentVersion | None":
        """The newest version."""
        return self.versions.select_related("blob", "uploaded_by").order_by("-number").first()


class DocumentVersion(models.Model):
    """One version of a paper, as it was handed in; only its extracted text is filled in later."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions", verbose_name="材料")
    number = models.PositiveSmallIntegerField("版本号")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="versions", verbose_name="内容")
    name = models.CharField("文件名", max_length=255)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="uploads", verbose_name="上传人"
    )
    uploaded_at = models.DateTimeField("上传时间", default=now)
    page_count = models.PositiveIntegerField("页数", null=True, blank=True)
    text = models.TextField("文字内容", blank=True)
    has_text_layer = models.BooleanField("有文字层", null=True, blank=True)
    read_at = models.DateTimeField("文字提取时间", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "材料版本"
        verbose_name_plural = "材料版本"
        ordering = ("document", "number")
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_numbers_start_at_one"),
            models.CheckConstraint(condition=~Q(name=""), name="version_has_a_file_name"),
        ]
        triggers = [
            pgtrigger.Protect(name="version_is_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="version_stays_as_handed_in",
                fields=["document", "number", "blob", "name", "uploaded_by", "uploaded_at", "page_count"],
            ),
        ]

    def __str__(self):
        return f"{self.name}（第 {self.number} 版）"

    @property
    def kind(self) -> kinds.FileKind:
        return kinds.kind_of(self.name)

    @property
    def extension(self) -> str:
        return extension_of(self.name)

    @property
    def warning(self) -> str:
        """What the person who hands in should know although the file was accepted; empty when nothing."""
        if self.kind is kinds.PDF and self.has_text_layer is False:
            return "这份 PDF 没有文字层（可能是扫描件），已接收，但无法检索和自动核对其文字。有电子原件的，请一并上传。"
        return ""

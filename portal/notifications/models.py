"""Messages to people inside the portal, and the e-mails waiting to go out."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Notification(models.Model):
    """One message to one person. ``key`` makes a message once-only for its reader."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications", verbose_name="收件人"
    )
    subject = models.CharField("标题", max_length=200)
    body = models.TextField("内容", blank=True)
    link = models.CharField("链接", max_length=300, blank=True)
    key = models.CharField("去重键", max_length=160, blank=True)
    created_at = models.DateTimeField("时间")
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)
    emailed_at = models.DateTimeField("邮件发出时间", null=True, blank=True)

    class Meta:
        verbose_name = "通知"
        verbose_name_plural = "通知"
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["reader", "-id"], name="notifications_of_reader"),
            models.Index(fields=["reader"], condition=Q(read_at__isnull=True), name="unread_notifications"),
            models.Index(fields=["created_at"], condition=Q(emailed_at__isnull=True), name="unmailed_notifications"),
        ]
        constraints = [models.UniqueConstraint(fields=["reader", "key"], condition=~Q(key=""), name="reader_told_once")]

    def __str__(self):
        return self.subject

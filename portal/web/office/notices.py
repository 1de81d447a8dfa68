"""``/staff/notifications/``: what the portal told this person."""

from django.contrib import messages
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from portal.accounts.views import first_page
from portal.moment import now
from portal.notifications.models import Notification
from portal.web.keyset import KeysetPage
from portal.web.office.access import OwnPage
from portal.web.tables import Cell, Column, Row, Table
from portal.web.templatetags.portal import stamp


def unread(request) -> int:
    """For the badge in the masthead, which a page shows twice (wide and narrow) and asks for once."""
    if not hasattr(request, "unread_notifications"):
        waiting = Notification.objects.filter(reader=request.user, read_at__isnull=True)
        request.unread_notifications = waiting.count()
    return request.unread_notifications


class NotificationsView(OwnPage):
    """The list; ``?state=unread`` shows only what was not read. POST marks as read: the ticked ones, or all."""

    def get(self, request):
        own = Notification.objects.filter(reader=request.user)
        only_unread = request.GET.get("state") == "unread"
        if only_unread:
            own = own.filter(read_at__isnull=True)
        page = KeysetPage(own, request, order=[(F("id"), True)])
        here = request.path
        context = {
            "title": "通知",
            "crumbs": [("首页", first_page(request.user)), ("通知", "")],
            "tabs": [
                {"label": "全部", "url": here, "current": not only_unread},
                {"label": "未读", "url": f"{here}?state=unread", "current": only_unread, "count": unread(request)},
            ],
            "table": Table(
                label="通知",
                columns=[Column("标题", kind="title"), Column("内容"), Column("时间", kind="date"), Column("状态")],
                rows=[self._row(entry) for entry in page.rows],
                count_text=page.count_text,
                pager=page.pager,
                stack=True,
                bulk={
                    "url": here,
                    "acts": [{"value": "picked", "label": "标为已读"}, {"value": "all", "label": "全部标为已读"}],
                },
                empty={
                    "title": "没有未读的通知。" if only_unread else "还没有通知。",
                    "text": "轮到您办理、期限临近和办理结果都会通知到这里。",
                },
            ),
        }
        return render(request, "office/notifications.html", context)

    def post(self, request):
        own = Notification.objects.filter(reader=request.user, read_at__isnull=True)
        if request.POST.get("act") != "all":
            own = own.filter(pk__in=[key for key in request.POST.getlist("pick") if key.isdigit()])
        read = own.update(read_at=now())
        messages.success(request, f"{read} 条通知已标为已读。", extra_tags="已读")
        return redirect("office:notifications")

    @staticmethod
    def _row(entry):
        read = entry.read_at is not None
        return Row(
            key=str(entry.pk),
            name=entry.subject,
            cells=[
                Cell(entry.subject, kind="title", url=reverse("office:notification", args=[entry.pk])),
                Cell(entry.body, stack_label="内容"),
                Cell(stamp(entry.created_at), kind="date", stack_label="时间"),
                Cell(tag="已读" if read else "未读", tag_kind="" if read else "now"),
            ],
        )


class NotificationView(OwnPage):
    """Opens what the message is about, and notes that it was read."""

    def get(self, request, pk):
        entry = get_object_or_404(Notification, pk=pk, reader=request.user)
        if entry.read_at is None:
            Notification.objects.filter(pk=pk).update(read_at=now())
        # Only addresses of this site: the text of a message must not lead people away.
        inside = entry.link.startswith("/") and not entry.link.startswith("//")
        return redirect(entry.link if inside else "office:notifications")

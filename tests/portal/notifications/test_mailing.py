"""People with an address get their unread messages by mail: one letter a run, each message once."""

import socket
from datetime import timedelta

import pytest
from django.core import mail

from portal.moment import now
from portal.notifications.mailing import send_waiting
from portal.notifications.messages import notify
from portal.notifications.models import Notification
from portal.notifications.tasks import mail_notifications


@pytest.fixture
def clerk(world):
    return addressed(world["lt_clerk"])


def addressed(person):
    person.email = f"{person.username}@example.org"
    person.save(update_fields=["email"])
    return person


def unmailed():
    return Notification.objects.filter(emailed_at=None)


def test_all_that_is_new_comes_in_one_letter(clerk, settings):
    settings.SITE_DOMAIN = "fz.example.gov.cn"
    notify([clerk], "报备期限将至", "还有一个工作日。", link="/staff/cases/1/")
    notify([clerk], "收到审核意见", "")
    assert mail_notifications() == 2
    (letter,) = mail.outbox
    assert letter.to == ["lt_clerk@example.org"]
    assert letter.subject == "您有 2 条新通知"
    assert letter.body.index("报备期限将至") < letter.body.index("收到审核意见")
    assert "https://fz.example.gov.cn/staff/cases/1/" in letter.body
    assert "还有一个工作日" not in letter.body
    assert not unmailed().exists()


def test_without_a_domain_the_letter_has_no_links(clerk, settings):
    settings.SITE_DOMAIN = ""
    notify([clerk], "报备期限将至", "", link="/staff/cases/1/")
    send_waiting()
    assert "/staff/cases/" not in mail.outbox[0].body


def test_nothing_is_mailed_twice(clerk):
    notify([clerk], "报备期限将至", "")
    assert (send_waiting(), send_waiting(), len(mail.outbox)) == (1, 0, 1)


def test_each_person_has_a_letter_of_their_own(clerk, world):
    notify([clerk, addressed(world["lt_head"]), world["lt_legal"]], "会议通知", "")
    assert send_waiting() == 2
    assert sorted(letter.to[0] for letter in mail.outbox) == ["lt_clerk@example.org", "lt_head@example.org"]
    assert unmailed().get().reader == world["lt_legal"]


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(created_at=now() - timedelta(days=3, minutes=1)),
        lambda rows: rows.update(read_at=now()),
    ],
    ids=["old", "read"],
)
def test_old_and_read_messages_are_not_mailed(clerk, change):
    notify([clerk], "报备期限将至", "")
    change(Notification.objects.all())
    assert (send_waiting(), mail.outbox) == (0, [])


def test_a_closed_account_gets_no_mail(clerk):
    clerk.is_active = False
    clerk.save(update_fields=["is_active"])
    notify([clerk], "报备期限将至", "")
    assert send_waiting() == 0


def test_what_cannot_be_sent_waits_for_the_next_run(clerk, settings):
    notify([clerk], "报备期限将至", "")
    with socket.create_server(("127.0.0.1", 0)) as server:
        unused = server.getsockname()[1]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", unused
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert send_waiting() == 0
    assert unmailed().count() == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_waiting() == 1


def test_a_run_sends_so_many_and_leaves_the_rest(clerk):
    for number in range(3):
        notify([clerk], f"第 {number + 1} 条", "")
    assert (send_waiting(limit=2), send_waiting(limit=2)) == (2, 1)


def test_the_run_is_on_the_schedule(settings):
    tasks = [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]
    assert mail_notifications.name in tasks

"""Messages to oneself, and the work that runs behind the pages."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.jobs.models import Job
from portal.notifications.messages import notify
from portal.notifications.models import Notification

pytestmark = pytest.mark.django_db


def other_client(world, username):
    client = Client()
    client.force_login(world[username], backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_masthead_counts_what_is_unread(world, as_person):
    notify([world["lt_clerk"]], "期限将至", "剩 1 个工作日", link="/staff/cases/")
    client = as_person("lt_clerk")
    assert (
        '<span class="count count-act">1<span class="visually-hidden"> 条未读' in client.get("/staff/").content.decode()
    )
    client.post(reverse("office:notifications"), {"act": "all"})
    assert "count-act" not in client.get("/staff/account/").content.decode()


def test_opening_a_message_leads_to_its_matter_and_marks_it_read(world, as_person):
    notify([world["lt_clerk"]], "期限将至", "", link="/staff/cases/")
    entry = Notification.objects.get()
    assert as_person("lt_clerk").get(reverse("office:notification", args=[entry.pk])).url == "/staff/cases/"
    entry.refresh_from_db()
    assert entry.read_at is not None


def test_a_message_never_leads_to_another_site(world, as_person):
    notify([world["lt_clerk"]], "看这里", "", link="//elsewhere.example/")
    entry = Notification.objects.get()
    assert as_person("lt_clerk").get(reverse("office:notification", args=[entry.pk])).url == reverse(
        "office:notifications"
    )


def test_the_messages_of_others_do_not_exist(world, as_person):
    notify([world["qh_clerk"]], "清河镇的事", "")
    client = as_person("lt_clerk")
    entry = Notification.objects.get()
    assert client.get(reverse("office:notification", args=[entry.pk])).status_code == 404
    assert "清河镇的事" not in client.get(reverse("office:notifications")).content.decode()
    client.post(reverse("office:notifications"), {"act": "picked", "pick": [str(entry.pk)]})
    entry.refresh_from_db()
    assert entry.read_at is None


def test_ticked_messages_are_marked_and_the_rest_stays(world, as_person):
    notify([world["lt_clerk"]], "甲", "")
    notify([world["lt_clerk"]], "乙", "")
    first = Notification.objects.order_by("id").first()
    client = as_person("lt_clerk")
    client.post(reverse("office:notifications"), {"act": "picked", "pick": [str(first.pk), "x"]})
    page = client.get(reverse("office:notifications"), {"state": "unread"})
    assert [row.name for row in page.context["table"].rows] == ["乙"]


@pytest.fixture
def job(world):
    return Job.objects.create(
        kind="test.work",
        label="2025 年度报告",
        asked_by=world["lt_clerk"],
        state="running",
        progress=40,
        message="正在排版",
    )


def test_a_running_job_shows_its_progress_and_is_asked_again(job, as_person):
    client = as_person("lt_clerk")
    address = reverse("office:job", args=[job.public_id])
    page = client.get(address).content.decode()
    assert f'hx-get="{address}"' in page
    assert "进行中 40%" in page
    assert '<meta http-equiv="refresh"' in page
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<div class="job"')
    assert "正在排版" in part


def test_a_finished_job_leads_to_its_result_and_is_asked_no_more(job, as_person):
    Job.objects.filter(pk=job.pk).update(state="done", result_url="/staff/result/")
    page = as_person("lt_clerk").get(reverse("office:job", args=[job.public_id])).content.decode()
    assert '<a href="/staff/result/">查看结果</a>' in page
    assert "hx-get" not in page


def test_a_failed_job_is_put_back_by_its_owner(job, as_person):
    Job.objects.filter(pk=job.pk).update(state="failed", message="未能完成：磁盘已满", attempts=3)
    client = as_person("lt_clerk")
    page = client.get(reverse("office:job", args=[job.public_id])).content.decode()
    assert "失败，可重试" in page
    assert "磁盘已满" in page
    client.post(reverse("office:job-retry", args=[job.public_id]))
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("waiting", 0)


def test_others_do_not_see_it_but_whoever_runs_the_system_does(job, world):
    address = reverse("office:job", args=[job.public_id])
    assert other_client(world, "lt_legal").get(address).status_code == 404
    assert other_client(world, "lt_legal").post(reverse("office:job-retry", args=[job.public_id])).status_code == 404
    assert other_client(world, "sysadmin").get(address).status_code == 200
    assert "2025 年度报告" not in other_client(world, "lt_legal").get(reverse("office:jobs")).content.decode()
    assert "王建国" in other_client(world, "sysadmin").get(reverse("office:jobs")).content.decode()


def test_the_list_of_all_jobs_costs_the_same_for_few_and_for_many(world, as_person, django_assert_max_num_queries):
    Job.objects.bulk_create(Job(kind="t", label=f"任务 {n}", asked_by=world["lt_clerk"]) for n in range(20))
    client = as_person("sysadmin")
    with django_assert_max_num_queries(12):
        client.get(reverse("office:jobs"))

"""The audit administrator asks and proves the record; the system administrator sees what runs."""

import pytest
from django.urls import reverse

from normative_docs.recording import open_draft
from portal.audit.models import AuditEntry
from portal.audit.verification import make_anchor
from portal.jobs import queue
from portal.jobs.models import Job
from portal.moment import today
from portal.web.office.audit_check import ask_for_verification

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(world):
    return open_draft(by=world["lt_clerk"], organisation=world.longtan, title="甲办法", disclosure="proactive")


@pytest.fixture
def auditor(as_person):
    return as_person("auditor")


def asked(client, **query):
    page = client.get(reverse("office:audit"), query)
    return [row.name.split(" ")[-1] for row in page.context["table"].rows]


def test_the_record_is_asked_by_person_act_file_unit_and_day(world, file, auditor):
    open_draft(by=world["qh_clerk"], organisation=world.qinghe, title="乙办法", disclosure="proactive")
    assert asked(auditor) == ["file.opened", "file.opened"]
    assert asked(auditor, person="lt_clerk") == ["file.opened"]
    assert asked(auditor, person="王建国") == ["file.opened"]
    assert asked(auditor, number=file.number) == ["file.opened"]
    assert asked(auditor, organisation=world.longtan.pk) == ["file.opened"]
    assert asked(auditor, verb="file.moved") == []
    assert len(asked(auditor, since=today().isoformat(), until=today().isoformat())) == 2
    assert asked(auditor, until="2020-01-01") == []


def test_the_record_names_files_but_opens_none(world, file, auditor):
    page = auditor.get(reverse("office:audit")).content.decode()
    assert file.number in page
    assert str(file.public_id) not in page
    assert auditor.get(reverse("inside:case", args=[file.public_id])).status_code in (403, 404)


def test_a_whole_record_is_proven_and_the_proof_recorded(world, file, auditor):
    make_anchor()
    page = auditor.post(reverse("office:audit-chains"), follow=True).content.decode()
    assert "全部完整" in page
    entry = AuditEntry.objects.get(verb="audit.verified")
    assert entry.person == world["auditor"]
    assert entry.payload["faults"] == []
    assert "固化值表" in page


def test_a_forged_entry_is_named(world, file, auditor, as_owner):
    from django.db import connection

    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_auditentry SET summary = '改过' WHERE file_id = %s", [file.pk])
        cursor.execute("ALTER TABLE audit_auditentry ENABLE TRIGGER USER")
    page = auditor.post(reverse("office:audit-chains"), follow=True).content.decode()
    assert "内容与摘要值不符" in page
    assert f"file:{file.pk}" in page


def test_a_long_record_is_proven_by_the_worker_once_at_a_time(world, file):
    first = ask_for_verification(world["auditor"])
    assert ask_for_verification(world["auditor"]) == first
    done = queue.run(first.pk)
    assert (done.state, done.result_url) == (Job.State.DONE, reverse("office:audit-chains"))
    assert AuditEntry.objects.filter(verb="audit.verified").count() == 1


def test_asking_costs_the_same_for_few_and_for_many(world, auditor, django_assert_max_num_queries):
    for number in range(12):
        open_draft(by=world["lt_clerk"], organisation=world.longtan, title=f"办法{number}", disclosure="proactive")
    with django_assert_max_num_queries(14):
        auditor.get(reverse("office:audit"))


def test_the_system_page_names_every_part_and_its_state(world, as_person):
    page = as_person("sysadmin").get(reverse("office:system")).content.decode()
    for part in ("数据库", "消息服务", "后台进程", "任务队列", "磁盘", "审计固化", "PostgreSQL"):
        assert part in page


def test_a_failed_job_is_something_to_look_into(world, as_person):
    Job.objects.create(kind="t", label="报告", state="failed")
    findings = as_person("sysadmin").get(reverse("office:system")).context["findings"]
    assert {finding.what: finding.word for finding in findings}["失败待重试的任务"] == "请留意"

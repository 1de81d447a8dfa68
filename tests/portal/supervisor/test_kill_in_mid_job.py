"""kill -9 of the worker and of the database while a job runs: nothing committed is lost, and the job is done or says
失败，可重试. Once for real: a clerk asks for the annual report by the page; processes are killed by their numbers."""

import json
import os
import re
import signal
import subprocess
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest
import requests

from portal.supervisor.layout import PROJECT, WEB_ROLE
from tests.portal.supervisor.running import portal, wait_until_ready
from tests.processes import children_of, parent_of

pytestmark = pytest.mark.full

PASSWORD = "云溪-Demo-2026"
COUNTY_WITH_A_LONG_REPORT = f"""
from portal.demo.county import build_county
from portal.reports.writing import digest_of, start_report, write
world = build_county({PASSWORD!r})
clerk = world["lt_clerk"]
report = start_report(by=clerk, organisation=world.longtan, year=2025)
words = "各村各单位按照要求组织实施，取得了预期的效果，群众反映良好，并继续巩固。"
text = chr(10).join(f"第{{number}}项工作已经完成，{{words}}" for number in range(250))
section = report.sections.get(code="next_year")
write(section, by=clerk, text=text, seen=digest_of(section))
print(report.public_id)
"""
LAST_PAPERS = "id = (SELECT max(id) FROM jobs_job WHERE kind = 'reports.paper')"
STARTS, TAKES, COMES_BACK = 40, 180, 90  # seconds


@dataclass
class JobRow:
    state: str
    attempts: int
    progress: int
    run_by: str
    message: str


class Site:
    """The portal of a test: its rows, its processes, and a clerk at its pages."""

    def __init__(self, layout, variables):
        self.layout, self.variables = layout, variables
        self.report = manage(variables, "shell", "-v", "0", "-c", COUNTY_WITH_A_LONG_REPORT).strip().splitlines()[-1]
        self.paper = f"/staff/cases/{self.report}/annual-report/paper/"
        self.browser = requests.Session()
        self.post("/staff/sign-in/", "/staff/sign-in/", username="lt_clerk", password=PASSWORD)

    def get(self, path: str) -> str:
        answer = self.browser.get(f"http://127.0.0.1:{self.variables['PORT']}{path}", timeout=30)
        assert answer.status_code == 200, (answer.status_code, path)
        return answer.text

    def post(self, page: str, path: str, **values) -> None:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(page)).group(1)
        address = f"http://127.0.0.1:{self.variables['PORT']}{path}"
        values |= {"csrfmiddlewaretoken": token}
        answer = self.browser.post(address, values, headers={"Referer": address}, timeout=30)
        assert answer.status_code == 200, (answer.status_code, path)

    @property
    def case(self) -> str:
        return f"/staff/cases/{self.report}/"

    def press(self, label: str) -> None:
        """The button that makes the report's papers, under whatever name the page gives it now."""
        form = next(form for form in re.findall(r"<form.*?</form>", self.get(self.case), re.S) if self.paper in form)
        assert label in form
        self.post(self.case, self.paper)

    def rows(self, query: str) -> list[tuple]:
        address = self.layout.database_url(WEB_ROLE)
        with closing(psycopg2.connect(address)) as connection, connection, connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()

    @property
    def job(self) -> JobRow:
        columns = "state, attempts, progress, run_by, message"
        return JobRow(*self.rows(f"SELECT {columns} FROM jobs_job WHERE {LAST_PAPERS}")[0])

    def wait_for(self, seconds: float, *states: str, attempts: int = 0) -> JobRow:
        """The job once it is in one of these states, and if running, in the midst of setting the pages."""
        deadline = time.monotonic() + seconds
        found = None
        while time.monotonic() < deadline:
            try:
                found = self.job
            except psycopg2.OperationalError:
                time.sleep(0.2)
                continue
            in_the_midst = found.state != "running" or found.progress >= 20
            if found.state in states and in_the_midst and found.attempts >= attempts:
                return found
            time.sleep(0.1)
        raise AssertionError(f"{states} not seen within {seconds} s: {found}\n{self.logs()}")

    def logs(self) -> str:
        return "\n".join(
            f"── {name}\n" + (self.layout.logs / name).read_text(encoding="utf-8", errors="replace")[-2500:]
            for name in ("worker.log", "beat.log", "postgres.log")
        )

    def kill(self, *numbers: int) -> None:
        """kill -9, only what works in the folder of this test or for it; one that has just ended by itself is gone."""
        for number in numbers:
            with suppress(FileNotFoundError, ProcessLookupError):
                environment = Path(f"/proc/{number}/environ").read_bytes()
                at_work_in = os.readlink(f"/proc/{number}/cwd")
                assert str(self.layout.var).encode() in environment or at_work_in == str(self.layout.postgres_data)
                os.kill(number, signal.SIGKILL)

    def kill_worker(self, running: JobRow) -> None:
        """The process that does the job, and the one above it that would have noticed."""
        child = int(running.run_by.rpartition(":")[2])
        self.kill(parent_of(child), child)

    @property
    def postmaster(self) -> int:
        return int((self.layout.postgres_data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])

    def kill_database(self) -> None:
        self.kill(self.postmaster, *children_of(self.postmaster))

    def papers(self) -> set[tuple]:
        """Slot, number of versions and size of what lies in the file; each with its bytes on the disk."""
        versions = self.rows(
            "SELECT d.slot, v.number, b.digest, b.size FROM documents_documentversion v "
            "JOIN documents_document d ON d.id = v.document_id JOIN documents_blob b ON b.id = v.blob_id"
        )
        for _, _, digest, size in versions:
            (place,) = self.layout.media.rglob(digest)
            assert place.stat().st_size == size
        return {(slot, number) for slot, number, _, _ in versions}


def manage(variables, *words: str) -> str:
    """What a management command prints on its standard output."""
    command = [str(PROJECT / "bin" / "portal"), "manage", *words]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def site(layout, variables):
    running = portal("up", variables, start_new_session=True)
    try:
        assert wait_until_ready(variables, 170)["status"] == "ok"
        yield Site(layout, variables)
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGINT)
        try:
            running.communicate(timeout=20)
        finally:
            if running.poll() is None:
                os.killpg(running.pid, signal.SIGKILL)


def test_a_killed_worker_or_database_loses_nothing(site):
    # The worker once: the next one takes the job up and ends it.
    site.press("生成草稿文本")
    site.kill_worker(site.wait_for(STARTS, "running"))
    assert site.wait_for(TAKES, "done").attempts == 2
    papers = {("ar_pdf", 1), ("ar_docx", 1)}
    assert site.papers() == papers

    # The worker at every try: the page says 失败，可重试, and its button does it.
    site.press("生成草稿文本")
    for attempt in (1, 2, 3):
        site.kill_worker(site.wait_for(COMES_BACK, "running", attempts=attempt))
    failed = site.wait_for(COMES_BACK, "failed")
    assert "中断" in failed.message
    assert "失败，可重试" in site.get(site.case)
    site.press("重试")
    site.wait_for(TAKES, "done")
    assert site.papers() == papers

    # The database with all its processes.
    known = site.rows("SELECT count(*), max(id) FROM audit_auditentry")
    site.press("生成草稿文本")
    site.wait_for(STARTS, "running")
    killed = site.postmaster
    site.kill_database()
    ended = site.wait_for(COMES_BACK + TAKES, "done", "failed")
    if ended.state == "failed":
        assert "失败，可重试" in site.get(site.case)
        site.press("重试")
        site.wait_for(TAKES, "done")
    assert wait_until_ready(site.variables, 30)["status"] == "ok"
    assert site.postmaster != killed
    assert site.papers() == papers
    assert site.rows("SELECT count(*), max(id) FROM audit_auditentry") >= known

    # Nobody rang for this one: the sweep comes by, so clock and worker are whole again.
    site.rows(f"UPDATE jobs_job SET state = 'waiting', attempts = 0 WHERE {LAST_PAPERS} RETURNING id")
    site.wait_for(COMES_BACK + TAKES, "done")
    assert site.papers() == papers
    assert json.loads(manage(site.variables, "verify_audit", "--json"))["whole"]
    assert "第249项" in site.get(f"{site.case}annual-report/next_year/")

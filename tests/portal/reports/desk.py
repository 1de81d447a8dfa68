"""A town's annual report on its way, day by day, and the records that it counts."""

from datetime import date

from normative_docs.recording import open_draft
from portal.demo.walking import cast_of
from portal.jobs import queue
from portal.jobs.models import Job
from portal.moment import clock_set_to
from portal.publishing.rehearsal import reviewed_for_the_public
from portal.reports.models import AnnualReport
from portal.reports.writing import digest_of, newest_job, start_report, write
from portal.workflow.perform import perform

YEAR = 2025
WORDS = {
    "measures_services": "梳理便民服务事项四十二项，清理证明事项三项。",
    "measures_enforcement": "综合执法队持证上岗，执法信息按期公示。",
    "measures_disputes": "开展法治宣传进村活动，调解组织覆盖全部村（社区）。",
    "shortcomings": "个别文件征求意见的范围不够宽，原因是座谈会场次偏少。",
    "next_year": "一季度完成文件清理，年内组织四次集中学法。",
}


def record_document(world, *, on: date, number: str, clerk="lt_clerk", effective_on=None, valid_until=None):
    """An existing normative document, recorded on that day."""
    person = world[clerk]
    with clock_set_to(on):
        document = open_draft(
            by=person, organisation=person.organisation.town(), title=f"关于规范村级事务的通知（{number}）",
            disclosure="proactive", draft_text="第一条　村级事务按月公开。", document_number=number,
            issued_on=on.replace(day=1), effective_on=effective_on or on, valid_until=valid_until or date(2029, 12, 31),
        )  # fmt: skip
        return perform(document, "register_existing", by=person)


class Desk:
    """One report under way. ``day`` is where its clock stands."""

    def __init__(self, world, town="longtan", year=YEAR, day=date(2026, 1, 12)):
        self.cast, self.year, self.day = cast_of(world, town), year, day
        self.document: AnnualReport | None = None

    def on(self):
        return clock_set_to(self.day)

    def step(self, code, by, note="", **data):
        with self.on():
            self.document = perform(self.document, code, by=by, note=note, data=data)
        return self.document

    def start(self):
        with self.on():
            self.document = start_report(by=self.cast.clerk, organisation=self.cast.town, year=self.year)
        return self.document

    def write(self, code, text):
        section = self.document.sections.get(code=code)
        with self.on():
            return write(section, by=self.cast.clerk, text=text, seen=digest_of(section))

    def write_all(self):
        for code, text in WORDS.items():
            self.write(code, text)

    def hand_in(self):
        return self.step("hand_in", self.cast.clerk)

    def approve(self):
        return self.step("approve", self.cast.head)

    def make_paper(self) -> Job:
        """The worker does what was asked for."""
        with self.on():
            done = queue.run(newest_job(self.document).pk)
        self.document.refresh_from_db()
        return done

    def submit(self):
        county = self.cast.town.county().name
        return self.step("submit", self.cast.clerk, recipients=[county, "中共云溪县委员会"], more="")

    def review_public_text(self):
        with self.on():
            reviewed_for_the_public(self.document, by=self.cast.clerk, reviewer=self.cast.head)

    def publish(self):
        return self.step("publish", self.cast.clerk)

    def walk(self, until: str):
        """Everything up to and including the named act, in lawful order."""
        acts = (
            self.start, self.write_all, self.hand_in, self.approve, self.make_paper, self.submit,
            self.review_public_text, self.publish,
        )  # fmt: skip
        for act in acts:
            act()
            if act.__name__ == until:
                return self.document
        raise AssertionError(f"no act {until}")

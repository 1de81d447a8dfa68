"""Walking a file through its procedure as its people would, day by day: what the demo and the tests have in common.

Each act is a method that takes the day it happens on; all state changes go through ``perform()``. An app adds the acts
of its own procedure.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from portal.consultation.articles import paragraphs_of
from portal.consultation.conducting import answer_comment, receive_comment
from portal.consultation.standing import newest as newest_consultation
from portal.deadlines.stored import stored_calendar
from portal.legal_review.checklist import questions_for
from portal.legal_review.reviewing import add_finding, answer_checklist, newest, request_review, respond
from portal.meetings.models import Attendance, DeliberationItem, Meeting, Statement
from portal.moment import clock_set_to
from portal.publishing.rehearsal import reviewed_for_the_public
from portal.workflow.perform import perform

ONE_DAY = timedelta(days=1)


@dataclass
class Cast:
    """Who does what for one town."""

    town: object
    clerk: object
    legal: object
    head: object
    county_reviewer: object
    county_supervisor: object
    others: tuple = field(default=())


def cast_of(world, town: str) -> Cast:
    """The people of a town; where it has no legal office, the county reviews."""
    prefix = {"longtan": "lt", "qinghe": "qh", "baishi": "bs", "dongcheng": "dc"}[town]
    return Cast(
        world.units[town],
        world[f"{prefix}_clerk"],
        world.people.get(f"{prefix}_legal"),
        world[f"{prefix}_head"],
        world["county_reviewer"],
        world["county_supervisor"],
    )


class FileJourney:
    """One file (``document``) under way. ``day`` is where its clock stands."""

    # What the drafter answers to opinions, in turn; and what the meeting says when it agrees.
    answers: tuple[str, ...] = ("意见合理，已采纳。", "部分采纳，写入实施细则。", "与上位规定不一致，不采纳。")
    agreed = "会议同意。"

    def __init__(self, cast: Cast, start: date):
        self.cast, self.day = cast, start
        self.document = None

    def workday(self, days: int = 1) -> date:
        """Move on by so many working days and say where that is."""
        calendar = stored_calendar(self.cast.town.region)
        while days:
            self.day += ONE_DAY
            days -= calendar.is_working_day(self.day)
        return self.day

    def on(self, day: date | None = None):
        if day is not None:
            self.day = day
        return clock_set_to(self.day)

    def _step(self, code, by, note="", **data):
        self.document = perform(self.document, code, by=by, note=note, data=data)
        return self.document

    def comment(self, *comments, days: int = 3):
        """Citizens write in, a few days after the opening; about the whole draft where it has no such paragraph."""
        consultation = newest_consultation(self.document)
        paragraphs = paragraphs_of(consultation.draft_text)
        with self.on(min(self.day + timedelta(days=days), consultation.closes_on)):
            return [
                receive_comment(
                    consultation,
                    content=content,
                    article=article if article in paragraphs else "",
                    name=name,
                    name_is_public=bool(name),
                )[0]
                for article, content, name in comments
            ]

    def ask_county(self, step: str, matter: str, conclusion: str = "agreed", reply: str = "同意按所报草案办理。"):
        """The town asks the county by a step of the file; the county answers the next working day."""
        with self.on():
            self._step(step, self.cast.clerk, matter=matter)
            request = self.document.county_requests.get(stage="preparing")
            perform(request, "submit", by=self.cast.clerk)
        self.workday()
        with self.on():
            return perform(
                request, "answer", by=self.cast.county_reviewer, data={"conclusion": conclusion, "reply": reply}
            )

    def answer(self, publish: bool = True):
        """After the closing day every opinion is answered and the answers published."""
        consultation = newest_consultation(self.document)
        self.day = max(self.day, consultation.closes_on)
        self.workday()
        with self.on():
            for number, comment in enumerate(consultation.comments.filter(outcome="")):
                outcome = ("adopted", "partly", "not_adopted")[number % 3]
                answer_comment(comment, outcome=outcome, answer=self.answers[number % 3], by=self.cast.clerk)
            if publish:
                self._step("publish_answers", self.cast.clerk)

    @property
    def reviewer(self):
        return self.cast.county_reviewer if self.document.reviewed_by_county else self.cast.legal

    def find(
        self,
        clause="第六条",
        problem="收取保证金没有法律、法规依据。",
        basis="国办发〔2018〕37号",
        suggestion="删去本条第二款。",
    ):
        with self.on():
            return add_finding(
                newest(self.document),
                by=self.reviewer,
                clause=clause,
                problem=problem,
                basis=basis,
                suggestion=suggestion,
            )

    def respond_to_findings(self):
        with self.on():
            for finding in newest(self.document).findings.filter(response=""):
                respond(finding, by=self.cast.clerk, response="accepted", reason="已按意见修改。")

    def hold_meeting(self, result=DeliberationItem.Result.PASSED) -> Meeting:
        cast = self.cast
        meeting = Meeting.objects.create(
            organisation=cast.town,
            kind=Meeting.Kind.TOWN_HEADS,
            title=f"{self.day.year}年第{self.day.month}次镇长办公会议",
            held_on=self.day,
            place="二楼会议室",
            members_due=5,
            recorded_by=cast.clerk,
        )
        members = [
            Attendance(meeting=meeting, name=name, post=post, role=Attendance.Role.MEMBER)
            for name, post in (("徐文", "副镇长"), ("马超", "副镇长"), ("罗敏", "党委委员"))
        ]
        members.append(self._attending(meeting, cast.head, Attendance.Role.MEMBER, is_head=True))
        others = []
        if cast.legal is not None:
            others.append(self._attending(meeting, cast.legal, Attendance.Role.IN_ATTENDANCE, is_legal_office=True))
        Attendance.objects.bulk_create(members + others)
        item = DeliberationItem.objects.create(
            meeting=meeting,
            file_id=self.document.pk,
            result=result,
            decision=self.agreed if result == "passed" else "会议要求修改后再议。",
        )
        passed = result == DeliberationItem.Result.PASSED
        statements = []
        for order, member in enumerate(members, start=1):
            reserved = order == 2 or not passed
            statements.append(
                Statement(
                    item=item,
                    attendance=member,
                    order=order,
                    stance=Statement.Stance.RESERVED if reserved else Statement.Stance.FOR,
                    words="建议过渡期再长一些。" if reserved else "同意。",
                )
            )
        Statement.objects.bulk_create(statements)
        return meeting

    def _attending(self, meeting: Meeting, person, role, **facts) -> Attendance:
        post = person.post_on(self.day)
        return Attendance(meeting=meeting, person=person, name=person.full_name, post=post, role=role, **facts)

    def open_another_round(self):
        """A further round of review, without opinion yet."""
        request_review(self.document, by=self.cast.clerk, reviewing_body=newest(self.document).reviewing_body)

    def review_public_copy(self):
        """The clerk marks, another person reviews what goes out, and the worker makes it."""
        with self.on():
            reviewed_for_the_public(self.document, by=self.cast.clerk, reviewer=self.cast.head)

    def answer_list(self, failing: str = ""):
        """The reviewer answers every question of the review list; ``failing`` names the one that is not met."""
        with self.on():
            answers = {question.code: (question.code != failing, "") for question in questions_for(self.document)}
            answer_checklist(newest(self.document), answers)

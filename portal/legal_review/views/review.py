"""``/staff/cases/<uuid>/review/``: what was sent, by when, what was found, what was answered, what was concluded."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from portal.accounts.authority import may
from portal.legal_review import notes
from portal.legal_review.checklist import questions_for, word_for
from portal.legal_review.letters import newest_job
from portal.legal_review.papers import OPINION_LETTER
from portal.legal_review.reviewing import rounds
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url, identity_of, step_url
from portal.web.inside.clocks import clock_views
from portal.web.inside.papers import paper_rows
from portal.web.office.jobs import shown
from portal.web.templatetags.portal import stamp
from portal.workflow.perform import require_authority
from portal.workflow.refusals import NotAuthorised

OPINION_STEP = "issue_opinion"


class ReviewPage(FileView):
    """A page about the review of a file, of any procedure that has the step ``issue_opinion``.

    Who may take that step may write findings; the drafter's side responds.
    """

    changes = "casefiles.handle"

    def dispatch(self, request, *args, **kwargs):
        self._rounds = None
        return super().dispatch(request, *args, **kwargs)

    @property
    def step(self):
        """:raises Http404: a procedure without legality review."""
        try:
            return self.file.workflow.transition(OPINION_STEP)
        except KeyError as unknown:
            raise Http404 from unknown

    @property
    def all_rounds(self) -> list:
        if self._rounds is None:
            self._rounds = rounds(self.file)
            for review in self._rounds:
                review.file = self.file
        return self._rounds

    @property
    def review(self):
        """The newest round, or ``None``."""
        return self.all_rounds[0] if self.all_rounds else None

    def barred(self) -> str:
        """Why this person may not review this file, in Chinese; empty for the reviewer."""
        try:
            require_authority(self.file, self.step, self.request.user)
        except NotAuthorised as refusal:
            return refusal.message
        if self.review is not None and self.review.requested_by_id == self.request.user.pk:
            return "送审人不能审核自己送审的文稿。"
        return ""

    @property
    def is_under_review(self) -> bool:
        return self.review is not None and not self.review.is_concluded and self.file.stage in self.step.sources

    def may_review(self) -> bool:
        return self.is_under_review and not self.barred()

    def may_respond(self) -> bool:
        review = self.review
        return (
            review is not None
            and not self.file.is_closed
            and review.reviewer_id != self.request.user.pk
            and not self._is_reviewing_side()
            and may(self.request.user, "casefiles.handle", self.file.organisation)
        )

    def _is_reviewing_side(self) -> bool:
        """Whoever may review this file does not answer for the drafter."""
        return may(self.request.user, self.step.authority_on(self.file), self.file.organisation)

    def address(self, name: str = "staff-review", **kwargs) -> str:
        return reverse(f"legal_review:{name}", kwargs={"public_id": self.file.public_id, **kwargs})

    def frame(self, title: str) -> dict:
        here = f"合法性{word_for(self.file)}"
        crumbs = [("工作台", reverse("inside:worklist")), (self.file.title, case_url(self.file))]
        crumbs += [(here, "")] if title == here else [(here, self.address()), (title, "")]
        return {"title": title, "crumbs": crumbs, "file": self.file, "identity": identity_of(self.file)}


class ReviewView(ReviewPage):
    def get(self, request, public_id):
        review = self.review
        context = self.frame(f"合法性{word_for(self.file)}") | {
            "review": review,
            "rounds": self.all_rounds,
            "case_url": case_url(self.file),
            "notes": notes.summaries(self.file),
        }
        if review is not None:
            context |= self._of_review(review)
        return render(request, "legal_review/review.html", context)

    def _of_review(self, review) -> dict:
        may_review, barred = self.may_review(), self.barred()
        findings = list(review.findings.select_related("responded_by"))
        checks = {check.code: check for check in review.checks.all()}
        questions = questions_for(self.file)
        papers = paper_rows(self.file, self.request.user)
        letters = [row for row in papers if row.get("document") and row["document"].slot == OPINION_LETTER.code]
        may_respond = self.may_respond()
        return {
            "facts": self._facts(review),
            "papers": [row for row in papers if row not in letters],
            "given": sum(1 for row in papers if row.get("name") and row not in letters),
            "missing": sum(row.get("state") == "due" for row in papers),
            "clocks": clock_views(self._clocks(review)),
            "checks": [{"question": question, "answer": checks.get(question.code)} for question in questions],
            "open_checks": sum(question.code not in checks for question in questions),
            "findings": [self._finding(finding, may_review, may_respond) for finding in findings],
            "waiting": sum(not finding.response for finding in findings),
            "may_review": may_review,
            "barred": barred if self.is_under_review else "",
            "checklist_url": self.address("staff-checklist"),
            "new_finding_url": self.address("staff-new-finding"),
            "opinion_url": step_url(self.file, OPINION_STEP),
            "letters": letters,
            "letter_url": self.address("staff-letter") if review.is_concluded and not self.file.is_closed else "",
            **_job_context(newest_job(review), self.request.user),
        }

    def _facts(self, review) -> list[dict]:
        rows = [
            {"key": "轮次", "value": f"第 {review.round} 次"},
            {"key": "审核机构", "value": review.reviewing_body.name},
            {"key": "送审", "value": f"{review.requested_by.full_name}　{review.requested_on:%Y-%m-%d}"},
            {"key": "材料齐备", "value": f"{review.pack_complete_on:%Y-%m-%d}"},
        ]
        if review.is_concluded:
            rows += [
                {"key": "结论", "value": review.get_conclusion_display()},
                {"key": "意见书文号", "value": review.opinion_number, "is_number": True},
                {"key": "审核人", "value": f"{review.reviewer.full_name}　{stamp(review.concluded_at)}"},
                {"key": "审核意见", "lines": review.opinion.splitlines(), "wide": True},
            ]
        return rows

    def _clocks(self, review):
        """The limits of this round: those that start when the text goes to review, for the first time or again."""
        here = set(self.step.sources)
        codes = set()
        for step in self.file.workflow.transitions:
            if step.target in here or (step.target is None and here & set(step.sources)):
                codes |= set(step.starts)
        return (
            self.file.deadlines.filter(code__in=codes, start_on__gte=review.requested_on)
            .prefetch_related("suspensions")
            .select_related("extension")
        )

    def _finding(self, finding, may_review, may_respond) -> dict:
        return {
            "finding": finding,
            "edit_url": self.address("staff-finding", number=finding.number) if may_review else "",
            "remove_url": self.address("staff-remove-finding", number=finding.number) if may_review else "",
            "respond_url": self.address("staff-response", number=finding.number) if may_respond else "",
        }


def _job_context(asked, person) -> dict:
    """The last job as ``components/job.html`` shows it; only who asked may follow it and try again."""
    if asked is None:
        return {"job": None, "job_url": ""}
    if asked.asked_by_id != person.pk:
        return {"job": shown(asked) | {"retry_url": "", "url": ""}, "job_url": ""}
    return {"job": shown(asked) | {"url": ""}, "job_url": reverse("office:job", args=[asked.public_id])}

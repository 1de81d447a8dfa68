"""Walking a document through its procedure as its people would, day by day. The demo and the tests use it.

Each act is a method that takes the day it happens on; all state changes go through ``perform()``.
"""

from datetime import date, timedelta

from django.core.files.base import ContentFile

from normative_docs.clause_check.checking import newest_check
from normative_docs.clause_check.deciding import decide
from normative_docs.demo.texts import DraftText
from normative_docs.effects import comment_clock
from normative_docs.gates import BASIS_TEXTS, DRAFT, FAIR_COMPETITION, FINAL_TEXT, NOTES, OPINIONS, OWN_REVIEW
from normative_docs.models import NormativeDocument
from normative_docs.models.recognition import QUESTIONS
from normative_docs.recognising import recognise
from normative_docs.recording import draft_recognised
from portal.casefiles.models import Disclosure
from portal.consultation.standing import newest as newest_consultation
from portal.deadlines.forecast import reckon_for
from portal.demo.typesetter import set_ahead
from portal.demo.walking import ONE_DAY, Cast, FileJourney
from portal.documents.attach import attach
from portal.documents.papers import missing_papers
from portal.legal_review.models import Conclusion
from portal.meetings.minutes import seal
from portal.meetings.models import DeliberationItem
from portal.oversight.kinds import filing_kinds
from portal.oversight.models import Filing
from portal.publishing.renditions import paper_of
from portal.workflow.perform import perform


class Journey(FileJourney):
    """One normative document under way."""

    agreed = "会议同意印发。"

    def __init__(self, cast: Cast, text: DraftText | None, start: date):
        super().__init__(cast, start)
        self.text = text
        if text is not None:
            self.answers = text.answers

    @property
    def _final_text(self) -> str:
        return f"{self.text.title}\n\n{self.text.body}"

    def expect_publication(self):
        """The formal text may be set while the document is still on its way."""
        set_ahead(paper_of(FINAL_TEXT.label, self._final_text))

    def open(self, **fields):
        """立项: the file with its facts."""
        text = self.text
        with self.on():
            recognition = recognise(
                by=self.cast.clerk,
                organisation=self.cast.town,
                title=text.title,
                form=text.kind,
                answers={question.code: True for question in QUESTIONS},
                reason=text.recognition,
            )
            self.document = draft_recognised(
                recognition,
                by=self.cast.clerk,
                disclosure=Disclosure.PROACTIVE,
                necessity=text.necessity,
                research=text.research,
                draft_text=text.body,
                drafting_notes=text.notes,
                legal_basis=text.basis,
                topic=text.topic,
                affects_market=text.affects_market,
                contact_name=self.cast.clerk.full_name,
                contact_phone="0000-6128001",
                handling_unit=self.cast.clerk.organisation,
                **fields,
            )
        return self.document

    def consult(self, closes_on: date | None = None, shortened_reason: str = ""):
        """Open the consultation; by default it closes the day after the minimum."""
        with self.on():
            shortest = reckon_for(self.cast.town, comment_clock(self.document), self.day).effective_end
            end = closes_on or shortest + ONE_DAY
            self._step(
                "open_consultation",
                self.cast.clerk,
                summary=self.text.summary,
                closes_on=end,
                shortened_reason=shortened_reason,
                contact_unit=self.cast.clerk.organisation.name,
                contact_phone="0000-6128001",
                contact_email="",
                contact_address="",
            )
        return newest_consultation(self.document)

    def pack(self):
        """Hand in the papers that the review asks for."""
        slots = [DRAFT, NOTES, BASIS_TEXTS, OPINIONS, OWN_REVIEW]
        if self.document.affects_market:
            slots.append(FAIR_COMPETITION)
        with self.on():
            for slot in slots:
                words = {DRAFT: self.text.body, NOTES: self.text.notes, BASIS_TEXTS: self.text.basis}
                content = f"{self.text.title}\n{slot.label}\n\n{words.get(slot, slot.label)}"
                attach(
                    self.document, slot.code, ContentFile(content.encode(), name=f"{slot.label}.txt"), self.cast.clerk
                )

    def send_to_review(self):
        with self.on():
            self._step("send_to_review", self.cast.clerk)

    def conclude(self, conclusion=Conclusion.LAWFUL, opinion="主体、权限、程序、内容符合规定，同意提请集体讨论。"):
        """The reviewer answers the list and issues the opinion."""
        self.answer_list(failing="" if conclusion == Conclusion.LAWFUL else "no_burden")
        with self.on():
            self._step("issue_opinion", self.reviewer, conclusion=conclusion, opinion=opinion)

    def rework(self, text: str):
        """The drafter changes the text and sends it to review again."""
        self.respond_to_findings()
        with self.on():
            self.document.draft_text = text
            self.document.save(update_fields=["draft_text"])
            self._step("resubmit", self.cast.clerk)

    def deliberate(self, result=DeliberationItem.Result.PASSED):
        """Put to the meeting once the review time is over; members first, head last, minutes sealed."""
        self.respond_to_findings()
        minimum = self.document.deadlines.filter(code="nd_legality_review_min").order_by("-id").first()
        while self.day <= minimum.effective_end:
            self.workday()
        with self.on():
            self._step("put_to_deliberation", self.cast.clerk)
            meeting = self.hold_meeting(result)
            seal(meeting, by=self.cast.clerk)
        return meeting

    def adopt(self):
        with self.on():
            self._step("adopt", self.cast.clerk)

    def answer_list(self, failing: str = ""):
        """The reviewer goes through the hints on the clauses too, which an opinion needs."""
        super().answer_list(failing)
        with self.on():
            self._decide_hints()

    def _decide_hints(self):
        """The reviewer goes through the hints on the clauses, which an opinion needs."""
        if not isinstance(self.document, NormativeDocument):
            return
        held = newest_check(self.document)
        for hint in held.hints.filter(decision="open") if held else ():
            decide(hint, by=self.reviewer, decision="accepted", reason="已提请起草单位统一表述。")

    def prepare_signing(self, effective_on: date | None = None, valid_until: date | None = None, reason: str = ""):
        """Dates and the formal text into the file."""
        document = self.document
        with self.on():
            document.effective_on = effective_on or self.day + timedelta(days=40)
            two_years_on = document.effective_on.replace(year=document.effective_on.year + 2, day=1) - ONE_DAY
            document.valid_until = valid_until or two_years_on
            document.validity_text = f"有效期至{document.valid_until:%Y年%-m月%-d日}"
            document.commencement_reason = reason
            document.save(update_fields=["effective_on", "valid_until", "validity_text", "commencement_reason"])
            content = ContentFile(self._final_text.encode(), name="正式文本.txt")
            attach(document, FINAL_TEXT.code, content, self.cast.clerk)

    def sign(self, effective_on: date | None = None, valid_until: date | None = None, reason: str = ""):
        """Dates and formal text in, then the head signs and the numbers are given."""
        self.prepare_signing(effective_on, valid_until, reason)
        with self.on():
            self._step("sign", self.cast.head)

    def publish(self):
        """The copy for the public is reviewed by another person, then published; the filing limit runs."""
        self.review_public_copy()
        with self.on():
            self._step("publish", self.cast.clerk)

    @property
    def filing(self) -> Filing:
        return Filing.objects.get(subject_id=self.document.pk)

    def submit_filing(self):
        with self.on():
            filing = self.filing
            for slot in missing_papers(filing, filing_kinds[filing.filing_kind].papers):
                words = f"{slot.label}\n\n{self.text.title}（{self.document.document_number}）已经公布，现报送备案。"
                attach(filing, slot.code, ContentFile(words.encode(), name=f"{slot.label}.txt"), self.cast.clerk)
            return perform(filing, "submit", by=self.cast.clerk)

    def accept_filing(self):
        with self.on():
            return perform(self.filing, "accept", by=self.cast.county_reviewer)

    def record_filing(self):
        with self.on():
            return perform(
                self.filing,
                "record",
                by=self.cast.county_supervisor,
                data={"opinion": "经审查，未发现问题，准予备案。"},
            )

    def walk(self, until: str, comments=()):
        """Everything up to and including the named act, in lawful order."""
        acts = (
            "open",
            "consult",
            "answer",
            "review",
            "opinion",
            "deliberate",
            "adopt",
            "sign",
            "publish",
            "submit",
            "accept",
            "record",
        )
        last = acts.index(until)
        self.open()
        if last >= acts.index("consult"):
            self.workday()
            self.consult()
            self.comment(*comments)
        if last >= acts.index("answer"):
            self.answer()
            self.pack()
        if last >= acts.index("review"):
            self.send_to_review()
        if last >= acts.index("opinion"):
            self.workday(3)
            self.conclude()
        if last >= acts.index("deliberate"):
            self.deliberate()
        if last >= acts.index("adopt"):
            self.adopt()
        if last >= acts.index("sign"):
            self.workday()
            self.sign()
        if last >= acts.index("publish"):
            self.workday()
            self.publish()
        if last >= acts.index("submit"):
            self.workday(2)
            self.submit_filing()
        if last >= acts.index("accept"):
            self.workday()
            self.accept_filing()
        if last >= acts.index("record"):
            self.workday(2)
            self.record_filing()
        return self.document

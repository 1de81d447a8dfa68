"""What the public asked about a file: the list, one question with its answer, and the review of the answer."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, When
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.accounts.authority import may
from portal.consultation.asking import EXPLAIN, REVIEW
from portal.consultation.conducting import ConsultationRefused
from portal.consultation.explaining import answer_question, send_back, settle
from portal.consultation.masking import masked_contact, masked_name
from portal.consultation.matters import has_course, matter_url
from portal.consultation.models import PublicQuestion
from portal.consultation.question_forms import ExplanationForm, ReviewForm
from portal.moment import SHANGHAI
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url, identity_of
from portal.web.inside.writing import crumbs
from portal.web.keyset import KeysetPage
from portal.web.tables import Cell, Column, Row, Table
from portal.web.templatetags.portal import stamp

HERE = "公众提问"
State = PublicQuestion.State
SHOWN_OF_A_QUESTION = 80
REVIEW_IDS = "id_review_%s"  # both forms may stand on one page
WAITING_FIRST = Case(
    *(When(state=state, then=place) for place, state in enumerate(State.values)), default=len(State.values)
)
TAG_KINDS = {State.ASKED: "now", State.ANSWERED: "soon", State.SETTLED: ""}


class _QuestionPage(FileView):
    """A page about the questions of one file, of a kind that can be asked about."""

    def dispatch(self, request, *args, **kwargs):
        self.number = kwargs.get("number")
        return super().dispatch(request, *args, **kwargs)

    def address(self, name="staff-questions", **kwargs) -> str:
        return reverse(f"consultation:{name}", kwargs={"public_id": self.file.public_id, **kwargs})

    def may_change(self):
        return self.holds(EXPLAIN) or self.holds(REVIEW)

    def holds(self, authority) -> bool:
        return may(self.request.user, authority, self.file.organisation)

    def require_course(self) -> None:
        """:raises Http404: nobody can ask about this kind of file."""
        if not has_course(self.file.kind):
            raise Http404


class QuestionsView(_QuestionPage):
    """``/staff/cases/<uuid>/questions/``: what waits for an answer first, then what waits for a review."""

    def get(self, request, public_id):
        self.require_course()
        state = request.GET.get("state", "")
        questions = self.file.public_questions.all()
        if state in State.values:
            questions = questions.filter(state=state)
        page = KeysetPage(questions, request, order=[(WAITING_FIRST, False), (F("number"), False)])
        table = Table(
            label=HERE,
            columns=[
                Column("序号", kind="number"), Column("问题", kind="title"), Column("提出日期", kind="date"),
                Column("状态"), Column("公布"),
            ],
            rows=[self._row(question) for question in page.rows],
            count_text=page.count_text,
            pager=page.pager,
            empty={"title": "还没有人提问。", "text": "公众在事项进程页面提出的问题会列在这里。"}
            if not state
            else {"title": "没有这种状态的问题。", "url": self.address(), "link": "看全部"},
            stack=True,
        )  # fmt: skip
        tabs = [{"label": "全部", "url": self.address(), "current": state not in State.values, "count": None}]
        tabs += [
            {"label": label, "url": f"{self.address()}?state={code}", "current": code == state, "count": None}
            for code, label in State.choices
        ]
        context = {
            "title": HERE, "crumbs": crumbs(self.file, (HERE, "")), "file": self.file,
            "identity": identity_of(self.file), "tabs": tabs, "table": table, "public_url": matter_url(self.file),
            "back_url": case_url(self.file),
        }  # fmt: skip
        return render(request, "consultation/questions.html", context)

    def _row(self, question) -> Row:
        words = question.content
        if len(words) > SHOWN_OF_A_QUESTION:
            words = f"{words[:SHOWN_OF_A_QUESTION]}…"
        published = "—" if question.state != State.SETTLED else "只答复本人" if question.for_asker_only else "已公布"
        return Row(
            key=str(question.number),
            name=str(question),
            cells=[
                Cell(question.number, kind="number", stack_label="序号"),
                Cell(words, kind="title", url=self.address("staff-question", number=question.number)),
                Cell(f"{question.asked_at.astimezone(SHANGHAI):%Y-%m-%d}", kind="date", stack_label="提出日期"),
                Cell(tag=question.get_state_display(), tag_kind=TAG_KINDS[question.state], stack_label="状态"),
                Cell(published, kind="nowrap", stack_label="公布"),
            ],
        )


class QuestionView(_QuestionPage):
    """``/staff/cases/<uuid>/questions/<number>/``: answer it, or review the answer of another."""

    def get(self, request, public_id, number):
        return self._page(self._question())

    def post(self, request, public_id, number):
        question = self._question()
        if request.POST.get("act") == "review":
            return self._review(question)
        if not self.holds(EXPLAIN):
            raise PermissionDenied("答复公众提问，由经办人办理。")
        form = ExplanationForm(request.POST)
        if not form.is_valid():
            return self._page(question, form=form, status=422)
        try:
            answer_question(question, by=request.user, **form.cleaned_data)
        except ConsultationRefused as refusal:
            question = self._question()
            self._keep(form, refusal, question)
            return self._page(question, form=form, status=409)
        messages.success(request, f"{question}，待另一人审核。", extra_tags="已保存答复")
        return redirect(self.address())

    def _review(self, question):
        if not self.holds(REVIEW):
            raise PermissionDenied("审核对公众提问的答复，由负责人办理。")
        form = ReviewForm(self.request.POST, auto_id=REVIEW_IDS)
        if not form.is_valid():
            return self._page(question, review=form, status=422)
        given, by = form.cleaned_data, self.request.user
        try:
            if given["verdict"] == "back":
                send_back(question, by=by, reason=given["reason"], seen=given["seen"])
            else:
                settle(question, by=by, seen=given["seen"])
        except ConsultationRefused as refusal:
            question = self._question()
            self._keep(form, refusal, question)
            return self._page(question, review=form, status=409)
        done = "已退回修改" if given["verdict"] == "back" else "已审核"
        messages.success(self.request, f"{question}。", extra_tags=done)
        return redirect(self.address())

    @staticmethod
    def _keep(form, refusal, question) -> None:
        """What was typed stays; the next try is made knowing how the question stands now."""
        form.data = form.data.copy()
        form.data["seen"] = question.seen
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)

    def _question(self) -> PublicQuestion:
        self.require_course()
        found = (
            self.file.public_questions.select_related("answered_by", "reviewed_by").filter(number=self.number).first()
        )
        if found is None:
            raise Http404
        return found

    def _page(self, question, form=None, review=None, status=200):
        waits = question.state != State.SETTLED
        if form is None and waits and self.holds(EXPLAIN):
            form = ExplanationForm(
                initial={
                    "public_text": question.public_text or question.content, "answer": question.answer,
                    "for_asker_only": question.for_asker_only, "seen": question.seen,
                }
            )  # fmt: skip
        own = question.answered_by_id == self.request.user.pk
        if review is None and question.state == State.ANSWERED and self.holds(REVIEW) and not own:
            review = ReviewForm(initial={"seen": question.seen}, auto_id=REVIEW_IDS)
        facts = [
            {"key": "提出时间", "value": stamp(question.asked_at), "is_number": True},
            {"key": "问题", "lines": question.content.splitlines()},
            {"key": "姓名或者单位", "value": masked_name(question.name) or "未填写"},
            {"key": "联系方式", "value": masked_contact(question.contact) or "未填写"},
        ]
        answer_facts = []
        if question.answer:
            answer_facts = [
                {"key": "公布的问题", "lines": question.public_text.splitlines()},
                {"key": "答复", "lines": question.answer.splitlines()},
                {"key": "公布", "value": "只答复本人" if question.for_asker_only else "审核后公布"},
                {"key": "答复人", "value": f"{question.answered_by.full_name}　{stamp(question.answered_at)}"},
            ]
            if question.reviewed_by:
                reviewed = f"{question.reviewed_by.full_name}　{stamp(question.reviewed_at)}"
                answer_facts.append({"key": "审核人", "value": reviewed})
        context = {
            "title": str(question), "crumbs": crumbs(self.file, (HERE, self.address()), (str(question), "")),
            "file": self.file, "identity": identity_of(self.file), "question": question,
            "tag_kind": TAG_KINDS[question.state], "facts": facts, "answer_facts": answer_facts,
            "form": next((each for each in (form, review) if each is not None and each.is_bound), None),
            "answering": form, "review": review, "back_url": self.address(),
        }  # fmt: skip
        return render(self.request, "consultation/question.html", context, status=status)

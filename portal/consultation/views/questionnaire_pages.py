"""The questionnaires of a file as its people see them: list, opening, results, export, acts."""

from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from portal.accounts.authority import may
from portal.audit.record import record
from portal.consultation.models import AnswerItem, Question, Questionnaire
from portal.consultation.opinion_table import MOST_AT_ONCE
from portal.consultation.questionnaire_forms import FindingsForm, OpenForm, ProlongForm, QuestionRows
from portal.consultation.questionnaires import (
    EXPORTED,
    QuestionnaireRefused,
    open_questionnaire,
    prolong,
    publish_results,
    results,
    withdraw_questionnaire,
)
from portal.consultation.session_forms import ReasonForm
from portal.consultation.views.session_acts import Act
from portal.consultation.views.session_pages import put_error
from portal.moment import SHANGHAI, today
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url, identity_of
from portal.web.inside.register import XLSX
from portal.web.spreadsheet import Note, workbook

TEXTS_SHOWN = 100

ACTS = {
    "prolong": Act(
        "延长问卷", "公众会看到新的截止日期。", "延长", lambda each, data, files: ProlongForm(data), prolong
    ),
    "withdraw": Act(
        "撤下问卷",
        "撤下后，原网址显示撤下的日期和理由；已收到的答卷保留在案。",
        "撤下问卷",
        lambda each, data, files: ReasonForm(data),
        withdraw_questionnaire,
        "casefiles.lead",
    ),
    "publish": Act(
        "公布问卷结果",
        "公布各题的人数和比例，文字题的回答不公布；公布后不能再改。",
        "公布结果",
        lambda each, data, files: FindingsForm(data),
        publish_results,
    ),
}


def _period(questionnaire: Questionnaire) -> str:
    return f"{questionnaire.opens_on:%Y-%m-%d} 至 {questionnaire.closes_on:%Y-%m-%d}"


class QuestionnairePage(FileView):
    """A page about the questionnaires of one file."""

    changes = "consultation.run"

    def questionnaire(self, number) -> Questionnaire:
        """:raises Http404: one that the file never had."""
        found = get_object_or_404(
            Questionnaire.objects.select_related("opened_by"), file_id=self.file.pk, number=number
        )
        found.file = self.file
        return found

    def address(self, name: str = "staff-questionnaires", **kwargs) -> str:
        return reverse(f"consultation:{name}", kwargs={"public_id": self.file.public_id, **kwargs})

    def frame(self, title: str, questionnaire: Questionnaire | None = None) -> dict:
        crumbs = [
            ("工作台", reverse("inside:worklist")), (self.file.title, case_url(self.file)), ("问卷调查", self.address())
        ]  # fmt: skip
        if questionnaire is not None:
            crumbs.append((questionnaire.title, self.address("staff-questionnaire", number=questionnaire.number)))
        if crumbs[-1][0] != title:
            crumbs.append((title, ""))
        return {
            "title": title, "crumbs": crumbs, "file": self.file, "identity": identity_of(self.file),
            "questionnaire": questionnaire,
        }  # fmt: skip

    @property
    def may_run(self) -> bool:
        return may(self.request.user, "consultation.run", self.file.organisation) and not self.file.is_closed


class QuestionnairesView(QuestionnairePage):
    """``/staff/cases/<uuid>/questionnaires/``"""

    def get(self, request, public_id):
        found = Questionnaire.objects.filter(file_id=self.file.pk).annotate(returned=Count("answers"))
        context = self.frame("问卷调查") | {
            "questionnaires": list(found.order_by("-number")),
            "open_url": self.address("staff-questionnaire-open") if self.may_run else "",
        }
        return render(request, "consultation/questionnaires.html", context)


class OpenView(QuestionnairePage):
    """The questions as rows, a check page, the opening. What was typed travels in the form."""

    def get(self, request, public_id):
        self._require()
        unit = self.file.handling_unit or self.file.organisation
        form = OpenForm(initial={"contact_unit": unit.name, "opens_on": today()})
        return self._form_page(form, QuestionRows(prefix="questions"))

    def post(self, request, public_id):
        self._require()
        act = request.POST.get("act", "check")
        data = request.POST
        if act == "more":
            return self._form_page(
                OpenForm(initial=data.dict()), self._one_more(QuestionRows(data, prefix="questions"))
            )
        form, rows = OpenForm(data), QuestionRows(data, prefix="questions")
        valid = form.is_valid() & rows.is_valid()
        if not valid or act == "edit":
            return self._form_page(form, rows, 200 if valid else 422)
        if act == "open" and data.get("declaration") == "yes":
            try:
                opened = open_questionnaire(
                    self.file, by=request.user, questions=rows.asked(), **form.cleaned_data
                )  # fmt: skip
            except QuestionnaireRefused as refusal:
                put_error(form, refusal)
                return self._form_page(form, rows, 409)
            messages.success(request, opened.title, extra_tags="已发布问卷")
            return redirect(self.address("staff-questionnaire", number=opened.number))
        return self._check_page(form, rows, "请先确认这一项。" if act == "open" else "")

    def _require(self):
        if not self.may_run:
            raise PermissionDenied("案卷已经办结，或者您没有发布问卷的权限。")

    @staticmethod
    def _one_more(rows):
        """The rows as typed and an empty one behind them; nothing is judged while rows are added."""
        typed = [
            {"text": row["text"].value(), "kind": row["kind"].value() or Question.Kind.SINGLE,
             "options": row["options"].value(), "required": bool(row["required"].value())}
            for row in rows.forms
        ]  # fmt: skip
        more = QuestionRows(prefix="questions", initial=typed)
        more.extra = 1
        return more

    def _form_page(self, form, rows, status=200):
        problems = [
            (f"id_{row.prefix}-{name}", message)
            for row in (rows.forms if rows.is_bound else ())
            for name, errors in row.errors.items()
            for message in errors
        ] + [("", message) for message in (rows.non_form_errors() if rows.is_bound else ())]
        context = self.frame("发布问卷") | {
            "open_form": form,
            "rows": rows,
            "problems": problems,
            "page_has_errors": bool(problems or form.errors),
            "back_url": self.address(),
        }
        return render(self.request, "consultation/questionnaire_open.html", context, status=status)

    def _check_page(self, form, rows, error):
        facts = form.cleaned_data
        shown = [
            {"key": "标题", "value": facts["title"]},
            {"key": "调查目的", "lines": facts["purpose"].splitlines()},
            {"key": "填答时间", "value": f"{facts['opens_on']:%Y-%m-%d} 至 {facts['closes_on']:%Y-%m-%d}"},
            {"key": "联系方式", "value": f"{facts['contact_unit']}　{facts['contact_phone']}"},
        ]
        kinds = dict(Question.Kind.choices)
        for order, asked in enumerate(rows.asked(), start=1):
            need = "必答" if asked.required else "选答"
            shown.append(
                {"key": f"第 {order} 题", "lines": [f"{asked.text}（{kinds[asked.kind]}，{need}）",
                                                  *(f"○ {option}" for option in asked.options)]}
            )  # fmt: skip
        hidden = [
            (name, value) for name in self.request.POST for value in self.request.POST.getlist(name)
            if name not in ("csrfmiddlewaretoken", "act", "declaration")
        ]  # fmt: skip
        context = self.frame("核对问卷") | {
            "rows": shown,
            "hidden": hidden,
            "action": self.address("staff-questionnaire-open"),
            "declaration": "题目没有诱导，不收集姓名、电话等个人信息；发布后题目不能修改。",
            "declaration_error": error,
            "page_has_errors": bool(error),
            "act": "open",
            "button": "发布问卷",
        }
        return render(self.request, "consultation/check_typed.html", context, status=422 if error else 200)


class QuestionnaireView(QuestionnairePage):
    """``/staff/cases/<uuid>/questionnaires/<number>/``: counts, percentages, texts."""

    def get(self, request, public_id, number):
        questionnaire = self.questionnaire(number)
        context = self.frame(questionnaire.title, questionnaire) | {
            "facts": [
                {"key": "填答时间", "value": _period(questionnaire)},
                {"key": "发布人", "value": questionnaire.opened_by.full_name},
                {"key": "调查目的", "lines": questionnaire.purpose.splitlines(), "wide": True},
            ],
            "results": results(questionnaire, texts=TEXTS_SHOWN),
            "acts": [(ACTS[code].title, self.address("staff-questionnaire-act", number=number, act=code))
                     for code in self._open_acts(questionnaire)],
            "export_url": self.address("staff-questionnaire-export", number=number),
            "public_url": reverse(
                "consultation:public-questionnaire", kwargs={"public_id": questionnaire.public_id}
            ),
        }  # fmt: skip
        return render(request, "consultation/questionnaire.html", context)

    def _open_acts(self, questionnaire) -> list[str]:
        if not self.may_run or questionnaire.withdrawn_at or questionnaire.results_published_at:
            return []
        acts = ["prolong"] if today() <= questionnaire.closes_on else ["publish"]
        if may(self.request.user, "casefiles.lead", self.file.organisation):
            acts.append("withdraw")
        return acts


class ActView(QuestionnairePage):
    """``/staff/cases/<uuid>/questionnaires/<number>/<act>/``"""

    def act(self) -> Act:
        """:raises Http404: no such act."""
        if self.kwargs["act"] not in ACTS:
            raise Http404
        return ACTS[self.kwargs["act"]]

    def may_change(self):
        return may(self.request.user, self.act().authority, self.file.organisation)

    def get(self, request, public_id, number, act):
        questionnaire = self.questionnaire(number)
        if not self.may_change():
            raise PermissionDenied("您没有办理这一项的权限。")
        return self._page(questionnaire, self.act().form(questionnaire, None, None))

    def post(self, request, public_id, number, act):
        questionnaire, declared = self.questionnaire(number), self.act()
        form = declared.form(questionnaire, request.POST, request.FILES)
        if not form.is_valid():
            return self._page(questionnaire, form, 422)
        given = {name: value for name, value in form.cleaned_data.items() if name != "confirmed"}
        try:
            declared.do(questionnaire, by=request.user, **given)
        except QuestionnaireRefused as refusal:
            put_error(form, refusal)
            return self._page(questionnaire, form, 409)
        messages.success(request, questionnaire.title, extra_tags=f"{declared.title}：已办理")
        return redirect(self.address("staff-questionnaire", number=number))

    def _page(self, questionnaire, form, status=200):
        declared = self.act()
        context = self.frame(declared.title, questionnaire) | {
            "form": form, "lead": declared.lead, "button": declared.button,
            "back_url": self.address("staff-questionnaire", number=questionnaire.number),
        }  # fmt: skip
        return render(self.request, "consultation/form.html", context, status=status)


class ExportView(QuestionnairePage):
    """All answers as XLSX, one row each, choices in words."""

    def get(self, request, public_id, number):
        questionnaire = self.questionnaire(number)
        questions = list(questionnaire.questions.all())
        answers = list(questionnaire.answers.all()[:MOST_AT_ONCE])
        given: dict[tuple[int, int], list[str]] = {}
        words = {question.pk: dict(question.choices) for question in questions}
        items = AnswerItem.objects.filter(answer__in=[answer.pk for answer in answers]).order_by("answer", "choice")
        for answer, question, choice, text in items.values_list("answer", "question", "choice", "text"):
            given.setdefault((answer, question), []).append(text if choice is None else words[question][choice])
        heads = ["序号", "提交时间", *(f"{question.order}. {question.text}" for question in questions)]
        data = [
            [
                answer.number, f"{answer.submitted_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
                *("；".join(given.get((answer.pk, question.pk), ())) for question in questions),
            ]
            for answer in answers
        ]  # fmt: skip
        person = request.user
        notes = [
            Note("问卷", questionnaire.title),
            Note("填答时间", _period(questionnaire)),
            Note("导出人", f"{person.full_name}（{person.post_on(today())}）"),
            Note("导出日期", today()),
            Note("行数", len(data)),
            Note("说明", "答卷不记名。文字题的回答只供内部研究，不公布。"),
        ]
        content = workbook("答卷", heads, data, notes)
        record(EXPORTED, by=person, file=self.file, summary=f"{questionnaire.title}，{len(data)} 份答卷")
        response = HttpResponse(content, content_type=XLSX)
        name = f"问卷结果_{self.file.number}_{today():%Y%m%d}.xlsx"
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
        response["X-Content-Type-Options"] = "nosniff"
        return response

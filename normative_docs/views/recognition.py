"""Is it a normative document at all? Asked before a draft is opened; the answers are kept either way."""

from django import forms
from django.contrib import messages
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from normative_docs.models import Recognition
from normative_docs.models.recognition import FORMS, QUESTIONS
from normative_docs.recognising import attach_recognition, conclusion_of, recognise
from normative_docs.views.people import town_of
from portal.accounts.roles import ROLES, Sight
from portal.web.inside.access import FileView, InsideView
from portal.web.inside.case_page import case_url
from portal.web.keyset import KeysetPage
from portal.web.tables import Cell, Column, Row, Table
from portal.workflow.refusals import StepRefused

YES_NO = (("yes", "是"), ("no", "否"))


class RecognitionForm(forms.Form):
    """The guided questions; every one must be answered."""

    title = forms.CharField(label="标题", max_length=200, help_text="例如：龙潭镇农村住房建设管理办法")
    form = forms.ChoiceField(label="拟用文种", choices=FORMS, help_text="会议纪要、抄告单不得用来制发规范性文件。")
    reason = forms.CharField(
        label="认定理由",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="结合内容说明：影响谁的什么权利义务，对谁适用，怎样反复适用，怎样公开。",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            field = forms.ChoiceField(label=question.text, choices=YES_NO, widget=forms.RadioSelect)
            field.basis = question.basis
            self.fields[question.code] = field
        self.order_fields(["title", "form", *(question.code for question in QUESTIONS), "reason"])

    def answers(self) -> dict[str, bool]:
        return {question.code: self.cleaned_data[question.code] == "yes" for question in QUESTIONS}


def result_url(recognition: Recognition) -> str:
    return reverse("normative_docs:recognition", args=[recognition.public_id])


class RecogniseView(InsideView):
    """``/staff/normative-documents/recognitions/new/``"""

    authority = "normative_docs.draft"

    def get(self, request):
        town_of(request.user)
        return self._page(RecognitionForm())

    def post(self, request):
        town = town_of(request.user)
        form = RecognitionForm(request.POST)
        if not form.is_valid():
            return self._page(form, 422)
        data = form.cleaned_data
        try:
            recognition = recognise(
                by=request.user, organisation=town, title=data["title"], form=data["form"],
                answers=form.answers(), reason=data["reason"],
            )  # fmt: skip
        except StepRefused as refusal:
            form.add_error(None, refusal.message)
            return self._page(form, 403)
        return redirect(result_url(recognition))

    def _page(self, form, status=200):
        context = {
            "title": "认定是否属于规范性文件",
            "crumbs": [
                ("工作台", reverse("inside:worklist")),
                ("新建事项", reverse("inside:start")),
                ("规范性文件认定", ""),
            ],
            "lead": "先逐项回答，系统据此判断是否属于行政规范性文件；回答和理由留存备查。",
            "form": form,
            "button": "得出结论",
            "back_url": reverse("inside:start"),
        }
        return render(self.request, "inside/form.html", context, status=status)


class RecogniseFileView(FileView):
    """``/staff/cases/<uuid>/recognition/``: for a file that was opened without, such as one read from an original."""

    kinds = ("normative_docs",)
    authority = changes = "normative_docs.draft"

    def get(self, request, public_id):
        known = getattr(self.file, "recognition", None)
        if known is not None:
            return redirect(result_url(known))
        return self._page(RecognitionForm(initial={"title": self.file.title, "form": self.file.document_kind}))

    def post(self, request, public_id):
        form = RecognitionForm(request.POST)
        if not form.is_valid():
            return self._page(form, 422)
        data = form.cleaned_data
        try:
            attach_recognition(
                self.file, by=request.user, title=data["title"], form=data["form"], answers=form.answers(),
                reason=data["reason"],
            )  # fmt: skip
        except StepRefused as refusal:
            form.add_error(None, refusal.message)
            return self._page(form, 409)
        messages.success(request, "属于行政规范性文件。", extra_tags="已认定")
        return redirect(case_url(self.file))

    def _page(self, form, status=200):
        context = {
            "title": "认定是否属于规范性文件",
            "crumbs": [("工作台", reverse("inside:worklist")), (self.file.title, case_url(self.file)), ("认定", "")],
            "form": form,
            "button": "得出结论",
            "back_url": case_url(self.file),
        }
        return render(self.request, "inside/form.html", context, status=status)


class RecognitionView(InsideView):
    """``/staff/normative-documents/recognitions/<uuid>/``: the answers, and what follows from them."""

    authority = "casefiles.see"

    def get(self, request, public_id):
        recognition = (
            visible_recognitions(request.user)
            .filter(public_id=public_id)
            .select_related("organisation", "recognised_by", "document")
            .first()
        )
        if recognition is None:
            raise Http404
        context = {
            "title": "规范性文件认定",
            "crumbs": [
                ("工作台", reverse("inside:worklist")),
                ("规范性文件认定", reverse("normative_docs:recognitions")),
                (recognition.title, ""),
            ],
            "recognition": recognition,
            "conclusion": conclusion_of(recognition),
            "answers": [
                {"key": question.text, "value": "是" if recognition.answers.get(question.code) else "否", "wide": True}
                for question in QUESTIONS
            ],
            "rows": [
                {"key": "标题", "value": recognition.title, "wide": True},
                {"key": "拟用文种", "value": recognition.get_form_display()},
                {"key": "拟制发机关", "value": recognition.organisation.name},
                {"key": "认定人", "value": recognition.recognised_by.full_name},
                {"key": "认定日期", "value": f"{recognition.recognised_on:%Y-%m-%d}", "is_number": True},
                {"key": "认定理由", "value": recognition.reason, "wide": True},
            ],
            "document_url": case_url(recognition.document) if recognition.document else "",
        }
        return render(request, "normative_docs/recognition.html", context)


class RecognitionsView(InsideView):
    """``/staff/normative-documents/recognitions/``: what was looked at, normative or not."""

    authority = "casefiles.see"

    def get(self, request):
        page = KeysetPage(
            visible_recognitions(request.user).select_related("organisation", "recognised_by"),
            request,
            order=[(F("id"), True)],
        )
        rows = [
            Row(
                key=str(row.public_id),
                name=row.title,
                cells=[
                    Cell(row.title, kind="title", url=result_url(row), sub=row.get_form_display()),
                    Cell(
                        tag="不得这样制发" if row.is_alarm else ("属于" if row.is_normative else "不属于"),
                        tag_kind="dead" if row.is_alarm else ("live" if row.is_normative else ""),
                        stack_label="结论",
                    ),
                    Cell(row.organisation.short_name, kind="nowrap", stack_label="机关"),
                    Cell(row.recognised_by.full_name, kind="nowrap", stack_label="认定人"),
                    Cell(f"{row.recognised_on:%Y-%m-%d}", kind="date", stack_label="日期"),
                ],
            )
            for row in page.rows
        ]
        table = Table(
            label="规范性文件认定记录",
            columns=[
                Column("标题", kind="title"), Column("结论"), Column("机关"), Column("认定人"),
                Column("日期", kind="date"),
            ],
            rows=rows,
            count_text=page.count_text,
            pager=page.pager,
            stack=True,
            empty={"title": "还没有认定记录。", "text": "起草前先认定是否属于行政规范性文件。"},
        )  # fmt: skip
        context = {
            "title": "规范性文件认定",
            "crumbs": [("工作台", reverse("inside:worklist")), ("规范性文件认定", "")],
            "table": table,
        }
        return render(request, "normative_docs/recognitions.html", context)


def visible_recognitions(person):
    """Those of the towns whose every file the person may see; a draft's title is nobody else's business yet."""
    towns = {
        assignment.organisation.town()
        for assignment in person.current_roles()
        if ROLES[assignment.role].sight == Sight.ALL
    }
    return Recognition.objects.filter(organisation__in=[town for town in towns if town is not None])

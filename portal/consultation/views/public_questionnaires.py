"""问卷调查 for everybody: what is asked now, the form, the thanks, and the counted results."""

import uuid

from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from portal.consultation.front import questionnaire_entry
from portal.consultation.models import Questionnaire
from portal.consultation.questionnaire_forms import AnswerForm
from portal.consultation.questionnaires import QuestionnaireRefused, answer_questionnaire, results
from portal.consultation.subjects import subject_of
from portal.consultation.views.tabs import kind_tabs
from portal.moment import SHANGHAI, today
from portal.receipts.limits import Limit
from portal.web.display import public_page
from portal.web.errors import Gone, count
from portal.web.keyset import KeysetPage

TABS = (("open", "正在进行"), ("closed", "已截止"), ("published", "已公布结果"))
EMPTY = {
    "open": "现在没有正在进行的问卷调查。",
    "closed": "没有已经截止、等待公布结果的问卷。",
    "published": "还没有公布过问卷结果。",
}
ANSWERED = Limit("questionnaire-answer", tries=10, seconds=3600)
TOO_MANY = "同一网络一小时内提交的答卷太多，请稍后再提交。"


def in_state(state: str):
    """Questionnaires that the public may read, of one tab."""
    shown = Questionnaire.objects.public().filter(opens_on__lte=today()).select_related("file__organisation")
    if state == "open":
        return shown.filter(closes_on__gte=today())
    return shown.filter(closes_on__lt=today(), results_published_at__isnull=state == "closed")


def public_questionnaire(public_id) -> Questionnaire:
    """:raises Http404: there never was one. :raises Gone: it was taken down; its reason stays."""
    found = get_object_or_404(
        Questionnaire.objects.filter(opens_on__lte=today()).select_related("file__organisation"), public_id=public_id
    )
    if found.withdrawn_at:
        raise Gone(found.title, found.withdrawn_reason, found.withdrawn_at.astimezone(SHANGHAI).date())
    return found


def _crumbs(*more):
    return [
        ("首页", "/"), ("意见征集", reverse("consultation:public-list")),
        ("问卷调查", reverse("consultation:public-questionnaires") if more else ""), *more,
    ]  # fmt: skip


@method_decorator(public_page(60), name="dispatch")
class QuestionnaireListView(View):
    """``/consultations/questionnaires/``"""

    def get(self, request):
        state = request.GET.get("tab", "open")
        if state not in dict(TABS):
            state = "open"
        order = [(F("closes_on"), state != "open"), (F("id"), state != "open")]
        page = KeysetPage(in_state(state), request, order=order, sizes=(20, 50))
        here = reverse("consultation:public-questionnaires")
        context = {
            "title": "问卷调查",
            "crumbs": _crumbs(),
            "column": {
                "name": "问卷调查", "type": "公众参与", "description": "本地区乡镇（街道）向公众进行的问卷调查及其结果",
                "keywords": "问卷调查,公众参与",
            },
            "kinds": kind_tabs("public-questionnaires"),
            "tabs": [
                {"label": label, "url": f"{here}?tab={code}", "current": code == state, "count": None}
                for code, label in TABS
            ],
            "state_label": dict(TABS)[state],
            "questionnaires": [questionnaire_entry(questionnaire) for questionnaire in page.rows],
            "empty": EMPTY[state],
            "pager": page.pager,
            "count_text": page.count_text,
        }  # fmt: skip
        return render(request, "consultation/public_questionnaires.html", context)


@method_decorator(public_page(60), name="dispatch")
class QuestionnaireDetailView(View):
    """``…/questionnaires/<uuid>/``: what it is for; once published, what came of it.

    Texts are never public.
    """

    def get(self, request, public_id):
        questionnaire = public_questionnaire(public_id)
        published = questionnaire.results_published_at
        context = {
            "title": questionnaire.title,
            "crumbs": _crumbs((questionnaire.title, "")),
            "column": {"name": "问卷调查", "type": "公众参与"},
            "article": {
                "title": questionnaire.title, "published_at": questionnaire.opened_at,
                "source": questionnaire.file.organisation.name, "description": questionnaire.purpose[:120],
                "url": request.build_absolute_uri(request.path),
            },
            "questionnaire": questionnaire,
            "subject": subject_of(questionnaire.file),
            "answer_url": reverse("consultation:public-answer", kwargs={"public_id": public_id})
            if questionnaire.is_open
            else "",
            "results": results(questionnaire) if published else None,
            "published_on": published.astimezone(SHANGHAI).date() if published else None,
        }  # fmt: skip
        return render(request, "consultation/public_questionnaire.html", context)


@method_decorator((never_cache, csrf_protect), name="dispatch")
class AnswerView(View):
    """``…/questionnaires/<uuid>/answer/``: the questions as a form. Sent twice, it is one answer."""

    def get(self, request, public_id):
        questionnaire = public_questionnaire(public_id)
        if not questionnaire.is_open:
            return self._closed(questionnaire)
        return self._page(questionnaire, AnswerForm(questionnaire=questionnaire, initial={"token": uuid.uuid4()}))

    def post(self, request, public_id):
        questionnaire = public_questionnaire(public_id)
        if not questionnaire.is_open:
            return self._closed(questionnaire)
        form = AnswerForm(request.POST, questionnaire=questionnaire)
        if not form.is_valid():
            return self._page(questionnaire, form, 422)
        count(ANSWERED, request, TOO_MANY)
        try:
            answer_questionnaire(questionnaire, form.answers(), form_token=form.cleaned_data["token"])
        except QuestionnaireRefused as refusal:
            form.add_error(None, refusal.message)
            return self._page(questionnaire, form, 409)
        return redirect("consultation:public-answered", public_id=questionnaire.public_id)

    def _closed(self, questionnaire):
        status = 409 if self.request.method == "POST" else 200
        return render(self.request, "consultation/questionnaire_closed.html", self._frame(questionnaire), status=status)

    @staticmethod
    def _frame(questionnaire) -> dict:
        here = reverse("consultation:public-questionnaire", kwargs={"public_id": questionnaire.public_id})
        return {
            "title": "填写问卷", "crumbs": _crumbs((questionnaire.title, here), ("填写问卷", "")),
            "questionnaire": questionnaire, "back_url": here,
        }  # fmt: skip

    def _page(self, questionnaire, form, status=200):
        context = self._frame(questionnaire) | {"form": form}
        return render(self.request, "consultation/questionnaire_answer.html", context, status=status)


@method_decorator(public_page(60), name="dispatch")
class AnsweredView(View):
    """``…/questionnaires/<uuid>/answered/``: thanks, and when the results are published."""

    def get(self, request, public_id):
        questionnaire = public_questionnaire(public_id)
        here = reverse("consultation:public-questionnaire", kwargs={"public_id": public_id})
        context = {
            "title": "答卷已提交", "crumbs": _crumbs((questionnaire.title, here), ("答卷已提交", "")),
            "questionnaire": questionnaire, "back_url": here,
        }  # fmt: skip
        return render(request, "consultation/questionnaire_answered.html", context)

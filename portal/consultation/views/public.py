"""意见征集 for every reader: what runs, what is over, what became of the opinions."""

from datetime import datetime, time
from urllib.parse import urlencode

from django.db.models import Count, F
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View

from portal.consultation.anchoring import Anchors, lines_of
from portal.consultation.front import entry
from portal.consultation.matters import matter_url
from portal.consultation.models import PublicComment, PublicConsultation, Session
from portal.consultation.versions import drafts_of
from portal.consultation.views.tabs import kind_tabs
from portal.documents.comparison import changes, compared
from portal.moment import SHANGHAI, today
from portal.web.display import public_page
from portal.web.errors import Gone
from portal.web.keyset import KeysetPage

TABS = (("open", "正在征集"), ("closed", "已截止"), ("answered", "已反馈"))
EMPTY = {
    "open": "现在没有正在征集意见的草案。",
    "closed": "没有已经截止、等待反馈的征求意见。",
    "answered": "还没有公布过意见采纳情况。",
}
PAGES = (20, 50)


def in_state(state: str):
    """Consultations that the public may read, of one tab."""
    shown = PublicConsultation.objects.public().filter(opened_on__lte=today()).select_related("file__organisation")
    if state == "open":
        return shown.filter(closes_on__gte=today(), answers_published_at__isnull=True)
    over = shown.filter(closes_on__lt=today())
    return over.filter(answers_published_at__isnull=state == "closed")


def public_consultation(public_id) -> PublicConsultation:
    """The consultation at this address.

    :raises Http404: there never was one. :raises Gone: it was taken down; its reason stays.
    """
    found = get_object_or_404(
        PublicConsultation.objects.filter(opened_on__lte=today()).select_related(
            "file__organisation", "file__handling_unit"
        ),
        public_id=public_id,
    )
    if found.withdrawn_at:
        raise Gone(found.title, found.withdrawn_reason, found.withdrawn_at.astimezone(SHANGHAI).date())
    return found


@method_decorator(public_page(60), name="dispatch")
class ListView(View):
    """``/consultations/``"""

    def get(self, request):
        state = request.GET.get("tab", "open")
        if state not in dict(TABS):
            state = "open"
        order = (
            [(F("closes_on"), False), (F("id"), False)]
            if state == "open"
            else [(F("closes_on"), True), (F("id"), True)]
        )
        page = KeysetPage(in_state(state), request, order=order, sizes=PAGES)
        here = reverse("consultation:public-list")
        context = {
            "title": "意见征集",
            "crumbs": [("首页", "/"), ("意见征集", "")],
            "column": {
                "name": "意见征集", "type": "公众参与", "description": "本地区乡镇（街道）公开征求意见的草案及其反馈",
                "keywords": "意见征集,征求意见,公众参与",
            },
            "kinds": kind_tabs("public-list"),
            "tabs": [
                {"label": label, "url": f"{here}?tab={code}", "current": code == state, "count": None}
                for code, label in TABS
            ],
            "state_label": dict(TABS)[state],
            "consultations": [entry(consultation) for consultation in page.rows],
            "empty": EMPTY[state],
            "pager": page.pager,
            "count_text": page.count_text,
            "feed_url": reverse("consultation:public-feed"),
        }  # fmt: skip
        return render(request, "consultation/public_list.html", context)


@method_decorator(public_page(60), name="dispatch")
class DetailView(View):
    """``/consultations/<uuid>/``: notice, notes, draft by article, and on the same page what became of the opinions."""

    def get(self, request, public_id):
        consultation = public_consultation(public_id)
        drafts = drafts_of(consultation)
        anchors = Anchors(drafts[-1].text)
        lines = lines_of(
            anchors,
            consultation.comments.order_by().values("article", "paragraph", "draft_number").annotate(total=Count("pk")),
        )
        context = {
            "title": consultation.title,
            "crumbs": [("首页", "/"), ("意见征集", reverse("consultation:public-list")), (consultation.title, "")],
            "column": {"name": "意见征集", "type": "公众参与"},
            "article": {
                "title": consultation.title,
                "published_at": datetime.combine(consultation.opened_on, time.min, SHANGHAI),
                "source": consultation.file.organisation.name,
                "description": consultation.summary[:120],
                "url": request.build_absolute_uri(request.path),
            },
            "consultation": consultation,
            "facts": notice_facts(consultation),
            "total": sum(line.total for line in lines),
            "draft": drafts[-1],
            "earlier": _earlier(consultation, drafts),
            "clauses": _clauses(consultation, drafts[-1].number, anchors, lines),
            "changed": [line for line in lines if line.place.is_changed],
            "comment_url": _comment_url(consultation) if consultation.is_open else "",
            "matter_url": matter_url(consultation.file),
            "sessions": _sessions(consultation.file),
            "results": _results(request, consultation, anchors) if consultation.answers_published_at else None,
        }
        return render(request, "consultation/public_detail.html", context)


def _sessions(file) -> list[dict]:
    """Hearings and forums on the matter, so that whoever reads the draft finds where to sign up."""
    return [
        {
            "title": session.title, "held_at": session.held_at, "state": session.state_label,
            "url": reverse("consultation:public-session", kwargs={"public_id": session.public_id}),
        }
        for session in Session.objects.public().not_cancelled().filter(file_id=file.pk).order_by("held_at", "pk")
    ]  # fmt: skip


def notice_facts(consultation) -> list[dict]:
    """The notice as rows of summary.html: period, basis, who drafts, how to reach them."""
    days = (consultation.closes_on - consultation.opened_on).days
    opened, closes = consultation.opened_on, consultation.closes_on
    file = consultation.file
    rows = [
        {"key": "征求时间", "value": f"{_written(opened)}至{_written(closes)}（{days} 日）", "wide": True},
        {"key": "起草单位", "value": (file.handling_unit or file.organisation).name},
        {"key": "联系方式", "value": f"{consultation.contact_unit}　{consultation.contact_phone}"},
        {"key": "期限依据", "value": consultation.rule_basis, "wide": True},
    ]
    if consultation.shortened_reason:
        rows.append({"key": "缩短期限的理由", "value": consultation.shortened_reason, "wide": True})
    if consultation.contact_email:
        rows.append({"key": "电子邮箱", "value": consultation.contact_email})
    if consultation.contact_address:
        rows.append({"key": "书面意见", "value": f"{consultation.contact_address}（信封注明“征求意见”）", "wide": True})
    return rows


def _written(day) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _comment_url(consultation) -> str:
    return reverse("consultation:public-comment", kwargs={"public_id": consultation.public_id})


def draft_url(consultation, number: int) -> str:
    return reverse("consultation:public-draft", kwargs={"public_id": consultation.public_id, "number": number})


def _earlier(consultation, drafts) -> list[dict]:
    """Every version with its address, the current one first; nothing while there is only one."""
    if len(drafts) == 1:
        return []
    return [{"draft": draft, "url": draft_url(consultation, draft.number)} for draft in reversed(drafts)]


def _clauses(consultation, number, anchors, lines) -> list[dict]:
    """The paragraphs of the current version, each with how many opinions there are about it and where to add one."""
    counts = {line.place.key: line.total for line in lines}
    form = _comment_url(consultation) if consultation.is_open else ""
    return [
        {
            "anchor": clause.anchor,
            "number": clause.number,
            "label": clause.label,
            "text": clause.text,
            "is_heading": clause.is_heading,
            "count": counts.get(clause.label, 0) if clause.label else 0,
            "say_url": f"{form}?{urlencode({'article': clause.label, 'version': number})}"
            if form and clause.label
            else "",
        }
        for clause in anchors.clauses
    ]


def _results(request, consultation, anchors) -> dict:
    """Totals, and the opinions page by page in the words confirmed for publication."""
    comments = consultation.comments.select_related("group").defer("content", "contact")
    totals = dict(
        comments.order_by().values_list("outcome").annotate(total=Count("pk")).values_list("outcome", "total")
    )
    page = KeysetPage(comments, request, order=[(F("number"), False)], sizes=(50, 100))
    return {
        "comments": [{"comment": comment, "place": anchors.of(comment)} for comment in page.rows],
        "pager": page.pager if page.has_previous or page.has_next else None,
        "total": sum(totals.values()),
        "totals": [(label, totals.get(code, 0)) for code, label in PublicComment.Outcome.choices],
        "published_on": consultation.answers_published_at.astimezone(SHANGHAI).date(),
    }


@method_decorator(public_page(60), name="dispatch")
class DraftView(View):
    """``/consultations/<uuid>/drafts/<number>/``: one version of the draft; ``?against=`` marks what differs."""

    def get(self, request, public_id, number):
        consultation = public_consultation(public_id)
        drafts = drafts_of(consultation)
        draft = next((draft for draft in drafts if draft.number == number), None)
        if draft is None:
            raise Http404
        wanted = request.GET.get("against", "")
        before = next((other for other in drafts if str(other.number) == wanted and other.number != number), None)
        here, home = draft_url(consultation, number), reverse("consultation:public-list")
        notice = reverse("consultation:public-detail", kwargs={"public_id": consultation.public_id})
        lines = compared(draft.text, before.text if before else None)
        tabs = [{"label": f"第{number}稿全文", "url": here, "current": before is None, "count": None}]
        tabs += [
            {"label": f"与第{other.number}稿的不同", "url": f"{here}?against={other.number}",
             "current": before is other, "count": None}
            for other in drafts if other.number != number
        ]  # fmt: skip
        context = {
            "title": f"{consultation.title}第{number}稿",
            "crumbs": [("首页", "/"), ("意见征集", home), (consultation.title, notice), (f"第{number}稿", "")],
            "column": {"name": "意见征集", "type": "公众参与"},
            "consultation": consultation,
            "draft": draft,
            "is_current": draft is drafts[-1],
            "before": before,
            "lines": lines,
            "changes": changes(lines) if before else 0,
            "tabs": tabs if len(drafts) > 1 else [],
            "notice_url": notice,
        }
        return render(request, "consultation/public_draft.html", context)


@method_decorator(public_page(300), name="dispatch")
class FeedView(View):
    """``/consultations/index.json``: open data of the list; the newest first, ``next`` leads on."""

    def get(self, request):
        shown = PublicConsultation.objects.public().filter(opened_on__lte=today()).select_related("file__organisation")
        page = KeysetPage(
            shown.annotate(comments_received=Count("comments")), request,
            order=[(F("opened_on"), True), (F("id"), True)], sizes=(100,),
        )  # fmt: skip
        here = request.build_absolute_uri(request.path)
        following = page.pager.next_url
        payload = {"count": page.count_text, "next": f"{here}{following}" if following else None}
        payload["results"] = [_open_data(request, consultation) for consultation in page.rows]
        response = JsonResponse(payload, json_dumps_params={"ensure_ascii": False})
        response["Access-Control-Allow-Origin"] = "*"
        return response


def _open_data(request, consultation) -> dict:
    published = consultation.answers_published_at
    return {
        "id": str(consultation.public_id),
        "title": consultation.title,
        "organisation": consultation.file.organisation.name,
        "opened_on": consultation.opened_on.isoformat(),
        "closes_on": consultation.closes_on.isoformat(),
        "state": consultation.state_label,
        "summary": consultation.summary,
        "comments_received": consultation.comments_received,
        "answers_published_on": published.astimezone(SHANGHAI).date().isoformat() if published else None,
        "url": request.build_absolute_uri(
            reverse("consultation:public-detail", kwargs={"public_id": consultation.public_id})
        ),
    }

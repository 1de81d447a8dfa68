"""Signing up for a session: form, check, receipt; and taking it back by the receipt. No step needs a script."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from portal.consultation.models import SignUp
from portal.consultation.models.opinions import PublicComment
from portal.consultation.session_forms import GiveUpForm, SignUpForm
from portal.consultation.session_notice import SessionRefused
from portal.consultation.sign_up_status import standing_words
from portal.consultation.signing_up import COUNTER, hand_in
from portal.consultation.taking_part import RECEIPT_KIND, withdraw_sign_up
from portal.consultation.views.public_sessions import public_session, require_sign_up
from portal.receipts.confirmation import confirmation
from portal.receipts.issue import find_receipt
from portal.receipts.limits import Limit
from portal.receipts.views import GUESSED, NOT_FOUND
from portal.web.errors import count
from portal.web.templatetags.portal import stamp

HANDED_IN = Limit("session-sign-up", tries=10, seconds=3600)
TYPED = Limit("session-sign-up-draft", tries=40, seconds=3600)
TOO_MANY = "同一网络一小时内提交的报名太多，请稍后再提交，或者打电话报名。"
TOO_MANY_GUESSES = "查询次数太多。为保护报名人的信息，同一网络 15 分钟内最多可以试 5 次。"


@method_decorator((never_cache, csrf_protect), name="dispatch")
class _Step(View):
    """A step about one session, found as ``self.session``; once sign-up is over its page says so."""

    def dispatch(self, request, *args, **kwargs):
        self.session = public_session(kwargs["public_id"])
        require_sign_up(self.session)
        return super().dispatch(request, *args, **kwargs)

    def address(self, name: str, **kwargs) -> str:
        return reverse(f"consultation:{name}", kwargs={"public_id": self.session.public_id, **kwargs})

    def draft(self, token):
        """:raises Http404: an address that no draft has (any more)."""
        found = COUNTER.find(token, session=self.session)
        if found is None:
            raise Http404
        return found

    def closed(self):
        context = self.frame("会议报名") | {"back_url": self.address("public-session")}
        status = 409 if self.request.method == "POST" else 200
        return render(self.request, "consultation/sign_up_closed.html", context, status=status)

    def frame(self, title: str) -> dict:
        session = self.session
        return {
            "title": title,
            "crumbs": [
                ("首页", "/"), ("意见征集", reverse("consultation:public-list")),
                ("听证与座谈", reverse("consultation:public-sessions")),
                (session.title, self.address("public-session")), (title, ""),
            ],
            "session": session,
        }  # fmt: skip


class SignUpView(_Step):
    """``…/sessions/<uuid>/sign-up/``; ``?draft=`` brings back what was typed."""

    def get(self, request, public_id):
        if not self.session.sign_up_is_open:
            return self.closed()
        token = request.GET.get("draft", "")
        draft = COUNTER.find(token, session=self.session) if token else None
        form = SignUpForm(initial=dict(draft.answers) if draft else None, session=self.session)
        return self._page(form, token if draft else "")

    def post(self, request, public_id):
        if not self.session.sign_up_is_open:
            return self.closed()
        form = SignUpForm(request.POST, session=self.session)
        token = request.POST.get("draft", "")[:64]
        if not form.is_valid():
            return self._page(form, token, 422)
        count(TYPED, request, TOO_MANY)
        token = COUNTER.keep(form.cleaned_data, token, session=self.session)
        return redirect(self.address("public-sign-up-check", token=token))

    def _page(self, form, token="", status=200):
        context = self.frame("会议报名") | {"form": form, "token": token, "back_url": self.address("public-session")}
        return render(self.request, "consultation/sign_up.html", context, status=status)


class CheckView(_Step):
    """``…/sessions/<uuid>/sign-up/<token>/``: look once more, then hand in.

    Sent twice, it is handed in once.
    """

    def get(self, request, public_id, token):
        draft = self.draft(token)
        if draft.sign_up_id:
            return redirect(self.address("public-sign-up-receipt", token=token))
        return self._page(draft, token) if self.session.sign_up_is_open else self.closed()

    def post(self, request, public_id, token):
        draft = self.draft(token)
        if draft.sign_up_id is None:
            if not self.session.sign_up_is_open:
                return self.closed()
            if request.POST.get("declaration") != "yes":
                return self._page(draft, token, "请先确认这一项。", 422)
            count(HANDED_IN, request, TOO_MANY)
            try:
                hand_in(self.session, token)
            except SessionRefused as refusal:
                self.session.refresh_from_db()
                return self._page(draft, token, refusal.message, 409) if self.session.sign_up_is_open else self.closed()
        return redirect(self.address("public-sign-up-receipt", token=token))

    def _page(self, draft, token, error="", status=200):
        answers = {name: draft.answers.get(name, "") for name in COUNTER.fields}
        number = answers["group"]
        group = self.session.groups.filter(order=number).first() if number else None
        rows = [
            {"key": "会议", "value": self.session.title},
            {"key": "时间", "value": stamp(self.session.held_at), "is_number": True},
            {"key": "报名事项", "value": SignUp.Wish(answers["wish"]).label},
        ]
        if group:
            rows.append({"key": "利益方", "value": group.name})
        rows += [
            {"key": "身份", "value": PublicComment.From(answers["sent_from"]).label},
            {"key": "代表的单位或者群体", "value": answers["represents"] or "不填写"},
            {"key": "姓名", "value": answers["name"]},
            {"key": "联系电话", "value": answers["contact"]},
            {"key": "主要观点", "lines": answers["views"].splitlines() or ["不填写"]},
        ]
        context = self.frame("核对报名") | {
            "rows": rows,
            "action": self.address("public-sign-up-check", token=token),
            "back_url": f"{self.address('public-sign-up')}?draft={token}",
            "declaration_error": error,
            "page_has_errors": bool(error),
        }
        return render(self.request, "consultation/sign_up_check.html", context, status=status)


class ReceiptView(_Step):
    """``…/sessions/<uuid>/sign-up/<token>/receipt/``: number and query code.

    The code is shown for a quarter of an hour.
    """

    def get(self, request, public_id, token):
        draft = self.draft(token)
        if draft.sign_up_id is None:
            return redirect(self.address("public-sign-up-check", token=token))
        handed_in = COUNTER.receipt_of(draft, token)
        session, signed_up = self.session, draft.sign_up
        signed_up.session = session
        context = self.frame("报名回执") | {
            "receipt": confirmation(
                handed_in.receipt,
                handed_in.code,
                request=request,
                number_label="回执编号",
                facts=[
                    ("会议", session.title), ("时间", stamp(session.held_at)), ("地点", session.place),
                    ("报名序号", f"第 {signed_up.number} 号"), ("报名事项", signed_up.get_wish_display()),
                    ("现在的状态", standing_words(signed_up)),
                ],
                nexts=_nexts(signed_up, session),
            ),
            "code_is_shown": bool(handed_in.code),
            "detail_url": self.address("public-session"),
        }  # fmt: skip
        return render(request, "consultation/sign_up_receipt.html", context)


def _nexts(signed_up, session) -> list[tuple[str, str]]:
    listen = signed_up.wish == SignUp.Wish.LISTEN
    first = (
        ("等候递补", "有人取消时按报名先后递补，凭编号和查询码随时可以查询。")
        if signed_up.state == SignUp.State.WAITING
        else ("凭回执入场", "请按公告的时间到场，携带有效身份证件。")
        if listen
        else ("公开抽取参加人", f"报名 {session.sign_up_until:%Y-%m-%d} 截止后公开抽取，凭编号和查询码可以查询结果。")
        if session.draws_participants
        else ("确定参加人", f"报名 {session.sign_up_until:%Y-%m-%d} 截止后，按公告的方式确定参加人并公布名单。")
    )
    return [
        first,
        ("不能参加的", "凭编号和查询码取消报名，把名额让给别人。"),
        ("公布会议报告", "会议报告、各方意见和采纳情况在会议公告的同一页面公布。"),
    ]


@method_decorator(sensitive_post_parameters("code"), name="dispatch")
class GiveUpView(_Step):
    """``…/sessions/<uuid>/withdraw/``: number and code take the sign-up back.

    The answer is the response itself.
    """

    def get(self, request, public_id):
        return self._page(GiveUpForm())

    def post(self, request, public_id):
        form = GiveUpForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        count(GUESSED, request, TOO_MANY_GUESSES, when_away_allow=False)
        receipt = find_receipt(*form.typed())
        signed_up = None
        if receipt is not None and receipt.kind == RECEIPT_KIND:
            signed_up = SignUp.objects.select_related("session").filter(
                public_id=receipt.subject_uuid, session=self.session
            ).first()  # fmt: skip
        if signed_up is None:
            form.add_error(None, NOT_FOUND)
            return self._page(form, status=422)
        GUESSED.take_back(request)
        try:
            withdraw_sign_up(signed_up)
        except SessionRefused as refusal:
            form.add_error(None, refusal.message)
            return self._page(form, status=409)
        return self._page(None, done=signed_up.number)

    def _page(self, form, *, done=0, status=200):
        context = self.frame("取消报名") | {"form": form, "done": done, "back_url": self.address("public-session")}
        return render(self.request, "consultation/give_up.html", context, status=status)

"""One's own account: sessions in use, password, second factor."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from portal.accounts import second_factor, sessions
from portal.accounts.access import SignedInView
from portal.accounts.acts import tell
from portal.accounts.forms import FirstCodeForm, OwnPasswordForm, PasswordForm
from portal.accounts.models import SignedInSession
from portal.accounts.passwords import change_password
from portal.accounts.views import first_page

ACCOUNT = "账号与安全"


def _crumbs(person, *below):
    return [("首页", first_page(person)), (ACCOUNT, reverse("accounts:account")), *((label, "") for label in below)]


class AccountView(SignedInView):
    """``/staff/account/``"""

    def get(self, request):
        person = request.user
        context = {
            "title": ACCOUNT,
            "crumbs": _crumbs(person)[:2],
            "facts": [
                {"key": "用户名", "value": person.username},
                {"key": "姓名", "value": person.full_name},
                {"key": "所在机构", "value": person.organisation.name},
                {
                    "key": "角色",
                    "lines": [
                        f"{held.get_role_display()}（{held.organisation}，自 {held.valid_from:%Y-%m-%d} 起"
                        + (f"至 {held.valid_until:%Y-%m-%d}" if held.valid_until else "")
                        + "）"
                        for held in person.current_roles()
                    ]
                    or ["没有角色，请联系安全管理员。"],
                },
                {
                    "key": "上次改密",
                    "value": f"{person.password_changed_at:%Y-%m-%d}" if person.password_changed_at else "尚未修改过",
                    "change_url": reverse("accounts:password"),
                },
                {
                    "key": "动态口令",
                    "value": self._second_factor(person),
                    "change_url": reverse("accounts:second-factor"),
                },
            ],
            "sessions": SignedInSession.objects.filter(person=person),
            "this_key": request.session.session_key,
        }
        return render(request, "accounts/account.html", context)

    @staticmethod
    def _second_factor(person) -> str:
        if not second_factor.has_second_factor(person):
            return "未启用"
        return f"已启用，剩余恢复码 {second_factor.recovery_codes_left(person)} 个"


class KeepView(SignedInView):
    """``/staff/account/keep/``: says that the person is still there; answers when the session now ends."""

    def get(self, request):
        return HttpResponse(status=204, headers={"X-Session-Ends": request.session_ends_at.isoformat()})


class EndSessionView(SignedInView):
    """Ends one of one's own sessions (``pk``), or all but this one."""

    http_method_names = ["post"]

    def post(self, request, pk=None):
        own = SignedInSession.objects.filter(person=request.user)
        if pk is None:
            others = own.exclude(session_key=request.session.session_key)
        else:
            others = own.filter(pk=get_object_or_404(own, pk=pk).pk)
        ended = sessions.end(others)
        tell("account.session_ended", by=request.user, about=request.user, summary=f"结束 {ended} 个会话")
        messages.success(request, f"已结束 {ended} 个登录会话。", extra_tags="已结束")
        return redirect("accounts:account")


@method_decorator(sensitive_post_parameters(), name="dispatch")
class PasswordView(SignedInView):
    """``/staff/account/password/``; whoever must change the password finds no other page open."""

    def get(self, request):
        return self._page(PasswordForm(request.user))

    def post(self, request):
        form = PasswordForm(request.user, request.POST)
        if not form.is_valid():
            return self._page(form, 422)
        person = request.user
        change_password(person, form.cleaned_data["new_password"], by=person)
        before = request.session.session_key
        update_session_auth_hash(request, person)  # this session goes on under a new key; all others are dead
        sessions.moved(before, request.session.session_key)
        sessions.end(SignedInSession.objects.filter(person=person).exclude(session_key=request.session.session_key))
        request.session.pop(sessions.MUST_CHANGE_FOR_AGE, None)
        messages.success(request, "密码已修改，其他登录会话已全部退出。", extra_tags="已修改密码")
        return redirect(first_page(person))

    def _page(self, form, status=200):
        person = self.request.user
        context = {
            "title": "修改密码",
            "crumbs": _crumbs(person, "修改密码"),
            "form": form,
            "set_by_others": person.must_change_password,
            "too_old": self.request.session.get(sessions.MUST_CHANGE_FOR_AGE, False),
            "rules": password_validators_help_texts(),
        }
        return render(self.request, "accounts/password.html", context, status=status)


class SecondFactorView(SignedInView):
    """``/staff/account/second-factor/``: switch it on with a first code, or see that it is on."""

    def get(self, request):
        return self._page()

    def post(self, request):
        if second_factor.has_second_factor(request.user):
            return redirect("accounts:second-factor")
        form = FirstCodeForm(request.POST)
        if form.is_valid():
            codes = second_factor.confirm(request.user, form.cleaned_data["code"])
            if codes is not None:
                return _codes_page(request, codes, "动态口令已启用")
            form.add_error("code", "验证码不正确。请确认手机时间准确，再填新显示的验证码。")
        return self._page(first=form, status=422)

    def _page(self, first=None, status=200):
        return _second_factor_page(self.request, first=first, status=status)


class RemoveSecondFactorView(SignedInView):
    """Switches it off, after the password."""

    http_method_names = ["post"]

    def post(self, request):
        form = OwnPasswordForm(request.user, request.POST)
        if not form.is_valid():
            return _second_factor_page(request, own=form, status=422)
        second_factor.remove(request.user, by=request.user)
        messages.success(request, "动态口令已停用，今后登录只需密码。", extra_tags="已停用")
        return redirect("accounts:account")


class RecoveryCodesView(SignedInView):
    """New recovery codes, after the password; shown once."""

    http_method_names = ["post"]

    def post(self, request):
        if not second_factor.has_second_factor(request.user):
            return redirect("accounts:second-factor")
        form = OwnPasswordForm(request.user, request.POST)
        if not form.is_valid():
            return _second_factor_page(request, own=form, status=422)
        return _codes_page(request, second_factor.new_recovery_codes(request.user), "已生成新的恢复码")


def _second_factor_page(request, *, first=None, own=None, status=200):
    """The page in one of its two states: to be set up, or in use."""
    person = request.user
    context = {"title": "动态口令", "crumbs": _crumbs(person, "动态口令")}
    if second_factor.has_second_factor(person):
        context |= {
            "is_on": True,
            "form": own or OwnPasswordForm(person),
            "left": second_factor.recovery_codes_left(person),
        }
    else:
        device = second_factor.prepared(person)
        context |= {
            "form": first or FirstCodeForm(),
            "address": device.config_url,
            "secret": second_factor.secret_of(device),
        }
    return render(request, "accounts/second_factor.html", context, status=status)


def _codes_page(request, codes, heading):
    context = {
        "title": "恢复码",
        "crumbs": _crumbs(request.user, "恢复码"),
        "codes": codes,
        "heading": heading,
    }
    return render(request, "accounts/recovery_codes.html", context)

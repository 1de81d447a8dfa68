"""The door: signing in (with a code, where the person has one), signing out."""

from axes.handlers.proxy import AxesProxyHandler
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View
from django_otp import login as note_device

from portal.accounts import second_factor, sessions
from portal.accounts.acts import tell
from portal.accounts.authority import may
from portal.accounts.forms import CodeForm, SignInForm
from portal.accounts.models import Person, SignedInSession

BACKEND = "django.contrib.auth.backends.ModelBackend"
PENDING = "sign_in_pending"
PENDING_SECONDS = 5 * 60
WRONG = "用户名或者密码不正确，或者账号已经停用。"
REASONS = {
    sessions.IDLE: "您有一段时间没有操作，为保护信息安全已自动退出，请重新登录。",
    sessions.ABSOLUTE: "本次登录已到最长时间，请重新登录。",
    sessions.ENDED: "这次登录已在其他地方被结束，或者账号状态有变化，请重新登录。",
}
# Administrators have no worklist; each kind begins at its own page.
FIRST_PAGES = (
    ("security.people", "office:people"),
    ("audit.read", "office:audit"),
    ("system.run", "office:system"),
)


def first_page(person: Person) -> str:
    """Where the person's work begins, by audience."""
    audience = person.audience()
    if audience == "admin":
        return next((reverse(name) for authority, name in FIRST_PAGES if may(person, authority)), _account())
    if not person.current_roles():
        return _account()
    return reverse("inside:county-worklist" if audience == "county" else "inside:worklist")


def _account() -> str:
    return reverse("accounts:account")


def _safe(request, wanted: str) -> str:
    """The wanted address if it is a page of this site, else nothing: a link must not lead people away."""
    known = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if known else ""


def _enter(request, person: Person, wanted: str, device=None):
    """Sign in under a new session key, and go to work."""
    with transaction.atomic():
        login(request, person, backend=BACKEND)
        if device is not None:
            note_device(request, device)
        tell("account.signed_in", by=person, about=person, second_factor=device is not None)
    return redirect(_safe(request, wanted) or first_page(person))


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class SignInView(View):
    """``/staff/sign-in/``, for town, county and administrators alike."""

    def get(self, request):
        wanted = request.GET.get("next", "")
        if request.user.is_authenticated:
            return redirect(_safe(request, wanted) or first_page(request.user))
        return self._page(request, SignInForm(initial={"next": wanted}))

    def post(self, request):
        form = SignInForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, 422)
        username = form.cleaned_data["username"].strip()
        was_locked = not AxesProxyHandler.is_allowed(request, {"username": username})
        person = authenticate(request, username=username, password=form.cleaned_data["password"])
        if person is None:
            self._note_failure(request, username, was_locked)
            form.add_error(None, WRONG)
            return self._page(request, form, 422)
        if second_factor.has_second_factor(person):
            request.session.cycle_key()
            request.session[PENDING] = {
                "person": person.pk,
                "at": timezone.now().timestamp(),
                "hash": person.get_session_auth_hash(),
                "next": form.cleaned_data["next"],
            }
            return redirect("accounts:second-step")
        return _enter(request, person, form.cleaned_data["next"])

    @staticmethod
    def _note_failure(request, username: str, was_locked: bool) -> None:
        if was_locked:
            return  # The pause is on record once; repeating it for each try would only fill the chain.
        person = Person.objects.select_related("organisation").filter(username=username).first()
        # A name that nobody has may be a password in the wrong box: it is not kept.
        summary = f"账号 {person.username}" if person else "账号不存在"
        tell("account.sign_in_failed", about=person, summary=summary)
        if getattr(request, "axes_locked_out", False):
            tell("account.locked", about=person, summary=summary)

    @staticmethod
    def _page(request, form, status=200):
        context = {
            "title": "登录",
            "form": form,
            "reason": REASONS.get(request.GET.get("reason", ""), ""),
            "action": reverse("accounts:sign-in"),
        }
        return render(request, "accounts/sign_in.html", context, status=status)


@method_decorator([never_cache, sensitive_post_parameters("code")], name="dispatch")
class SecondStepView(View):
    """``/staff/sign-in/code/``: the password was right; now the code."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.pending = request.session.get(PENDING) or {}
        self.person = None
        if timezone.now().timestamp() - self.pending.get("at", 0) < PENDING_SECONDS:
            person = Person.objects.filter(pk=self.pending["person"], is_active=True).first()
            if person is not None and person.get_session_auth_hash() == self.pending["hash"]:
                self.person = person

    def dispatch(self, request, *args, **kwargs):
        if self.person is None:
            request.session.pop(PENDING, None)
            return redirect("accounts:sign-in")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self._page(CodeForm())

    def post(self, request):
        form = CodeForm(request.POST)
        if not form.is_valid():
            return self._page(form, 422)
        try:
            device = second_factor.check(self.person, form.cleaned_data["code"])
        except second_factor.CodeRefused as refused:
            # Counted like a wrong password: too many from one address close the door there.
            user_login_failed.send(__name__, credentials={"username": self.person.username}, request=request)
            tell("account.sign_in_failed", about=self.person, summary=f"账号 {self.person.username}，验证码不正确")
            form.add_error("code", str(refused))
            return self._page(form, 422)
        del request.session[PENDING]
        return _enter(request, self.person, self.pending.get("next", ""), device)

    def _page(self, form, status=200):
        return render(self.request, "accounts/second_step.html", {"title": "填写验证码", "form": form}, status=status)


@method_decorator(never_cache, name="dispatch")
class SignOutView(View):
    """``/staff/sign-out/``, by POST alone: a link on another site must not sign anybody out."""

    def get(self, request):
        return HttpResponseNotAllowed(["POST"])

    def post(self, request):
        if request.user.is_authenticated:
            with transaction.atomic():
                SignedInSession.objects.filter(session_key=request.session.session_key).delete()
                tell("account.signed_out", by=request.user, about=request.user)
            logout(request)
            messages.success(request, "您已退出登录。", extra_tags="已退出")
        return redirect("accounts:sign-in")

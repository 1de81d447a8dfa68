"""``/staff/people/``: accounts and roles, kept by the security administrator. No business data here."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F, Prefetch, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_variables

from portal.accounts import administering
from portal.accounts.models import Person, RoleAssignment
from portal.accounts.second_factor import has_second_factor
from portal.moment import today
from portal.web.inside.access import InsideView
from portal.web.keyset import KeysetPage
from portal.web.office.filtering import chips
from portal.web.office.people_forms import AccountForm, GrantForm, HoldersFilter, NewAccountForm, PeopleFilter, units_of
from portal.web.tables import Cell, Column, Row, Table

HERE = "人员与权限"


class PeoplePage(InsideView):
    """A page about accounts within the security administrator's county."""

    authority = "security.people"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.person = None

    def units(self):
        return units_of(self.request.user)

    def people(self):
        return Person.objects.filter(organisation__in=self.units()).select_related("organisation")

    def load(self, username) -> Person:
        """:raises Http404: no such account in this county."""
        self.person = get_object_or_404(self.people(), username=username)
        return self.person

    def tabs(self, current):
        pages = (("people", "账号"), ("holders", "谁持有什么角色"))
        return [{"label": label, "url": reverse(f"office:{name}"), "current": name == current} for name, label in pages]

    def crumbs(self, *below):
        return [(HERE, reverse("office:people")), *((label, "") for label in below)]


class PeopleView(PeoplePage):
    def get(self, request):
        form = PeopleFilter(request.GET, units=self.units())
        people = self.people()
        if form.is_valid():
            people = self._narrowed(people, form.cleaned_data)
        in_force = RoleAssignment.objects.in_force().select_related("organisation").order_by("id")
        people = people.prefetch_related(Prefetch("role_assignments", queryset=in_force, to_attr="roles_now"))
        page = KeysetPage(people, request, order=[(F("username"), False)])
        context = {
            "title": HERE,
            "crumbs": self.crumbs(),
            "tabs": self.tabs("people"),
            "filter_form": form,
            "chips": chips(request, form),
            "table": Table(
                label="账号",
                columns=[
                    Column("姓名", kind="title"), Column("用户名"), Column("机构"), Column("角色"), Column("状态"),
                ],
                rows=[self._row(person) for person in page.rows],
                count_text=page.count_text,
                pager=page.pager,
                stack=True,
                empty={"title": "没有符合条件的账号。", "url": request.path, "link": "清除筛选"},
            ),
        }  # fmt: skip
        return render(request, "office/people.html", context)

    @staticmethod
    def _narrowed(people, wanted):
        if wanted["q"]:
            people = people.filter(Q(username__icontains=wanted["q"]) | Q(full_name__icontains=wanted["q"]))
        if wanted["organisation"]:
            people = people.filter(organisation__path__startswith=wanted["organisation"].path)
        if wanted["role"]:
            holding = RoleAssignment.objects.in_force().filter(role=wanted["role"])
            people = people.filter(pk__in=holding.values("person"))
        if wanted["state"]:
            people = people.filter(is_active=wanted["state"] == "active")
        return people

    @staticmethod
    def _row(person):
        roles = "、".join(dict.fromkeys(held.get_role_display() for held in person.roles_now))
        return Row(
            key=person.username,
            name=person.full_name,
            cells=[
                Cell(person.full_name, kind="title", url=reverse("office:person", args=[person.username])),
                Cell(person.username, kind="no", stack_label="用户名"),
                Cell(person.organisation.name, stack_label="机构"),
                Cell(roles or "没有角色", stack_label="角色"),
                Cell(tag="启用" if person.is_active else "已停用", tag_kind="live" if person.is_active else "dead"),
            ],
        )


class HoldersView(PeoplePage):
    """Who holds, held or will hold what."""

    def get(self, request):
        form = HoldersFilter(request.GET, units=self.units())
        held = RoleAssignment.objects.filter(organisation__in=self.units()).select_related("person", "organisation")
        if form.is_valid():
            wanted = form.cleaned_data
            if wanted["role"]:
                held = held.filter(role=wanted["role"])
            if wanted["organisation"]:
                held = held.filter(organisation__path__startswith=wanted["organisation"].path)
            if wanted["on"]:
                held = held.in_force(wanted["on"])
        page = KeysetPage(held, request, order=[(F("role"), False), (F("id"), False)])
        context = {
            "title": "谁持有什么角色",
            "crumbs": self.crumbs("谁持有什么角色"),
            "tabs": self.tabs("holders"),
            "filter_form": form,
            "chips": chips(request, form),
            "table": Table(
                label="角色持有情况",
                columns=[
                    Column("角色", kind="title"), Column("姓名"), Column("机构"), Column("起始", kind="date"),
                    Column("截止", kind="date"), Column("状态"),
                ],
                rows=[self._row(assignment) for assignment in page.rows],
                count_text=page.count_text,
                pager=page.pager,
                stack=True,
                empty={"title": "没有符合条件的角色。", "url": request.path, "link": "清除筛选"},
            ),
        }  # fmt: skip
        return render(request, "office/people.html", context)

    @staticmethod
    def _row(held):
        if held.valid_from > today():
            tag, kind = "未到期", ""
        elif held.valid_until and held.valid_until < today():
            tag, kind = "已到期", "dead"
        else:
            tag, kind = "持有", "live"
        return Row(
            key=str(held.pk),
            name=str(held),
            cells=[
                Cell(held.get_role_display(), kind="title"),
                Cell(held.person.full_name, url=reverse("office:person", args=[held.person.username])),
                Cell(held.organisation.name, stack_label="机构"),
                Cell(f"{held.valid_from:%Y-%m-%d}", kind="date", stack_label="起始"),
                Cell(f"{held.valid_until:%Y-%m-%d}" if held.valid_until else "长期", kind="date", stack_label="截止"),
                Cell(tag=tag, tag_kind=kind),
            ],
        )


@method_decorator(sensitive_variables("password"), name="post")
class NewPersonView(PeoplePage):
    def get(self, request):
        return self._page(NewAccountForm(units=self.units()))

    def post(self, request):
        form = NewAccountForm(request.POST, units=self.units())
        if not form.is_valid():
            return self._page(form, 422)
        person, password = administering.create_account(by=request.user, **form.cleaned_data)
        return _initial_password(self, person, password, "账号已建立")

    def _page(self, form, status=200):
        context = {"title": "建立账号", "crumbs": self.crumbs("建立账号"), "form": form, "button": "建立账号"}
        return render(self.request, "office/person_form.html", context, status=status)


class PersonView(PeoplePage):
    """One account: facts, roles, what can be done with it."""

    def get(self, request, username):
        return person_page(self, self.load(username))


def person_page(view, person, *, grant=None, problem="", status=200):
    held = person.role_assignments.select_related("organisation").order_by("-valid_from", "-id")
    context = {
        "title": person.full_name,
        "crumbs": view.crumbs(person.full_name),
        "subject": person,
        "is_own": person.pk == view.request.user.pk,
        "facts": [
            {"key": "用户名", "value": person.username, "is_number": True},
            {"key": "姓名", "value": person.full_name},
            {"key": "所在机构", "value": person.organisation.name},
            {"key": "电话", "value": person.phone, "is_number": True},
            {"key": "电子邮箱", "value": person.email},
            {"key": "状态", "value": "启用" if person.is_active else "已停用"},
            {"key": "动态口令", "value": "已启用" if has_second_factor(person) else "未启用"},
            {"key": "密码", "value": "下次登录须修改" if person.must_change_password else "本人设定"},
        ],
        "held": held,
        "today": today(),
        "form": grant or GrantForm(units=view.units()),
        "problems": [("", problem)] if problem else [],
        "page_has_errors": bool(problem),
    }
    return render(view.request, "office/person.html", context, status=status)


class EditPersonView(PeoplePage):
    def get(self, request, username):
        person = self.load(username)
        return self._page(AccountForm(instance=person, units=self.units()))

    def post(self, request, username):
        person = self.load(username)
        form = AccountForm(request.POST, instance=Person.objects.get(pk=person.pk), units=self.units())
        if not form.is_valid():
            return self._page(form, 422)
        administering.edit_account(person, by=request.user, **form.cleaned_data)
        messages.success(request, "账号资料已修改。", extra_tags="已修改")
        return redirect("office:person", username=person.username)

    def _page(self, form, status=200):
        context = {
            "title": f"修改资料：{self.person.full_name}",
            "crumbs": self.crumbs(self.person.full_name, "修改资料"),
            "form": form,
            "button": "保存",
        }
        return render(self.request, "office/person_form.html", context, status=status)


class ActOnPersonView(PeoplePage):
    """Disabling, enabling, resetting the password: one button each, after a page that asks again."""

    ACTS = {
        "disable": ("停用账号", "停用后不能登录，已登录的会话立即失效；办理记录和任职记录保留。"),
        "enable": ("恢复账号", "恢复后可以用原来的密码登录。"),
        "reset": ("重置密码", "系统生成初始密码，只显示一次；原密码和动态口令作废，已登录的会话立即失效。"),
    }

    def get(self, request, username, act):
        person, (label, text) = self._asked(username, act)
        context = {
            "title": f"{label}：{person.full_name}", "crumbs": self.crumbs(person.full_name, label),
            "subject": person, "label": label, "text": text,
        }  # fmt: skip
        return render(request, "office/person_act.html", context)

    @method_decorator(sensitive_variables("password"))
    def post(self, request, username, act):
        person, (label, _) = self._asked(username, act)
        try:
            if act == "reset":
                password = administering.reset_password(person, by=request.user)
                return _initial_password(self, person, password, "密码已重置")
            (administering.disable_account if act == "disable" else administering.enable_account)(
                person, by=request.user
            )
        except administering.ActRefused as refused:
            return person_page(self, person, problem=str(refused), status=409)
        messages.success(request, f"{person.full_name}（{person.username}）：{label}已办理。", extra_tags="已办理")
        return redirect("office:person", username=username)

    def _asked(self, username, act):
        if act not in self.ACTS:
            raise Http404
        return self.load(username), self.ACTS[act]


class GrantView(PeoplePage):
    http_method_names = ["post"]

    def post(self, request, username):
        person = self.load(username)
        form = GrantForm(request.POST, units=self.units())
        if not form.is_valid():
            return person_page(self, person, grant=form, status=422)
        try:
            held = administering.grant_role(person, by=request.user, **form.cleaned_data)
        except administering.ActRefused as refused:
            return person_page(self, person, grant=form, problem=str(refused), status=409)
        except ValidationError as refused:
            for field, errors in refused.message_dict.items():
                form.add_error(field if field in form.fields else None, errors)
            return person_page(self, person, grant=form, status=409)
        messages.success(request, f"已授予{held.get_role_display()}（{held.organisation}）。", extra_tags="已授予")
        return redirect("office:person", username=username)


class WithdrawView(PeoplePage):
    http_method_names = ["post"]

    def post(self, request, username, pk):
        person = self.load(username)
        held = get_object_or_404(person.role_assignments, pk=pk)
        try:
            administering.withdraw_role(held, by=request.user, on=today())
        except administering.ActRefused as refused:
            return person_page(self, person, problem=str(refused), status=409)
        messages.success(request, f"{held.get_role_display()}自今日起撤销。", extra_tags="已撤销")
        return redirect("office:person", username=username)


def _initial_password(view, person, password, heading):
    """The only time the password is seen; the page is not stored anywhere."""
    context = {
        "title": "初始密码", "crumbs": view.crumbs(person.full_name, "初始密码"), "subject": person,
        "password": password, "heading": heading,
    }  # fmt: skip
    return render(view.request, "office/initial_password.html", context)

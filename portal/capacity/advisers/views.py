"""Pages of legal advisers for those who enter or look after them."""

from django.shortcuts import render
from django.urls import reverse

from portal.capacity.advisers import appointing
from portal.capacity.advisers.filters import AdviserFilter
from portal.capacity.advisers.forms import AdviserForm
from portal.capacity.advisers.models import AdviserAppointment
from portal.capacity.forms import EndForm
from portal.capacity.keeping import KEEP_ADVISERS, SEE_ADVISERS, as_day, keeper_of, kept_by
from portal.capacity.pages import EntryView, crumbs, done, form_page, put_beside, register_url
from portal.capacity.refusals import EntryRefused
from portal.moment import today
from portal.web.inside.access import InsideView
from portal.web.inside.register import Register, RegisterColumn, register
from portal.web.tables import Cell

REGISTER_LABEL = "法律顾问台账"


def _register_crumb():
    return REGISTER_LABEL, register_url("advisers")


class NewAdviser(InsideView):
    """``/staff/advisers/new/``"""

    authority = KEEP_ADVISERS

    def get(self, request):
        return self._page(AdviserForm(keeper=self._keeper()))

    def post(self, request):
        form = AdviserForm(request.POST, keeper=self._keeper())
        if not form.is_valid():
            return self._page(form, 422)
        try:
            adviser = appointing.enter(by=request.user, facts=form.facts)
        except EntryRefused as refusal:
            put_beside(form, refusal)
            return self._page(form, 409)
        return done(request, adviser, "已登记", reverse("capacity:adviser", args=[adviser.public_id]))

    def _keeper(self):
        return kept_by(self.request.user, KEEP_ADVISERS)

    def _page(self, form, status=200):
        keeper = self._keeper()
        lead = f"聘任机关：{keeper.name}。" if keeper.parent_id is not None else ""
        return form_page(
            self.request, form, title="登记法律顾问", trail=[_register_crumb(), ("登记", "")], button="登记",
            back_url=register_url("advisers"), lead=lead, status=status,
        )  # fmt: skip


class AdviserView(EntryView):
    """``/staff/advisers/<uuid>/``"""

    authority = SEE_ADVISERS
    in_sight = appointing.in_sight
    key = "adviser_id"
    keep = KEEP_ADVISERS

    def organisation(self):
        return self.entry.organisation

    def get(self, request, adviser_id):
        adviser, (word, kind) = self.entry, self.entry.state(today())
        context = {
            "title": adviser.name,
            "crumbs": crumbs(_register_crumb(), (adviser.name, "")),
            "adviser": adviser,
            "state": {"text": word, "kind": kind},
            "facts": [
                {"key": "聘任机关", "value": adviser.organisation.name},
                {"key": "类别", "value": adviser.get_kind_display()},
                {"key": "单位", "value": adviser.firm},
                {"key": "身份", "value": adviser.get_profession_display()},
                {"key": "执业证号", "value": adviser.licence_number, "is_number": True},
                {"key": "选聘方式", "value": adviser.get_selection_display()},
                {"key": "聘任日期", "value": as_day(adviser.appointed_from), "is_number": True},
                {"key": "聘期至", "value": as_day(adviser.appointed_until) or "没有约定期限", "is_number": True},
                {"key": "聘任文号", "value": adviser.notice_number, "is_number": True},
                {"key": "年费用（元）", "value": adviser.fee, "is_number": True},
                *self._ending(adviser),
                {"key": "服务范围", "value": adviser.duties, "wide": True},
            ],
            "may_change": self.may_change() and not adviser.ended_on,
        }
        return render(request, "capacity/adviser.html", context)

    @staticmethod
    def _ending(adviser: AdviserAppointment):
        if adviser.ended_on is None:
            return []
        return [
            {"key": "提前结束", "value": as_day(adviser.ended_on), "is_number": True},
            {"key": "结束理由", "value": adviser.end_reason},
        ]


class ChangeAdviser(AdviserView):
    """``/staff/advisers/<uuid>/edit/``"""

    authority = KEEP_ADVISERS
    only_keepers = True

    def get(self, request, adviser_id):
        return self._form(AdviserForm(instance=self.entry, keeper=keeper_of(self.entry.organisation)))

    def post(self, request, adviser_id):
        form = AdviserForm(request.POST, instance=self.entry, keeper=keeper_of(self.entry.organisation))
        if not form.is_valid():
            return self._form(form, 422)
        try:
            adviser = appointing.change(self.entry, by=request.user, facts=form.facts)
        except EntryRefused as refusal:
            put_beside(form, refusal)
            return self._form(form, 409)
        return done(request, adviser, "已修改", self.url())

    def url(self):
        return reverse("capacity:adviser", args=[self.entry.public_id])

    def _form(self, form, status=200, *, title="修改", button="保存", lead=""):
        return form_page(
            self.request, form, title=f"{title}：{self.entry.name}",
            trail=[_register_crumb(), (self.entry.name, self.url()), (title, "")], button=button,
            back_url=self.url(), lead=lead, status=status,
        )  # fmt: skip


class EndAdviser(ChangeAdviser):
    """``/staff/advisers/<uuid>/end/``"""

    def get(self, request, adviser_id):
        return self._end(EndForm(initial={"on": today()}))

    def post(self, request, adviser_id):
        form = EndForm(request.POST)
        if not form.is_valid():
            return self._end(form, 422)
        try:
            adviser = appointing.end(self.entry, by=request.user, **form.cleaned_data)
        except EntryRefused as refusal:
            put_beside(form, refusal)
            return self._end(form, 409)
        return done(request, adviser, "已结束聘任", self.url())

    def _end(self, form, status=200):
        lead = "记录保留，不能恢复；再次聘任的，另行登记。"
        return self._form(form, status, title="结束聘任", button="结束聘任", lead=lead)


def _state_cell(row):
    word, kind = row.state(today())
    return Cell(tag=word, tag_kind=kind)


def _name_cell(adviser: AdviserAppointment):
    url = reverse("capacity:adviser", kwargs={"adviser_id": adviser.public_id})
    return Cell(adviser.name, kind="title", url=url, sub=adviser.firm)


REGISTER = register(
    Register(
        code="advisers",
        label=REGISTER_LABEL,
        authority=SEE_ADVISERS,
        rows=appointing.in_sight,
        filterset=AdviserFilter,
        columns=(
            RegisterColumn("name", "姓名", lambda a: a.name, _name_cell, kind="title", order="name"),
            RegisterColumn("firm", "单位", lambda a: a.firm, shown=False),
            RegisterColumn("organisation", "聘任机关", lambda a: a.organisation.short_name, kind="nowrap"),
            RegisterColumn("kind", "类别", lambda a: a.get_kind_display(), kind="nowrap"),
            RegisterColumn("profession", "身份", lambda a: a.get_profession_display(), kind="nowrap", shown=False),
            RegisterColumn("licence_number", "执业证号", lambda a: a.licence_number, kind="no"),
            RegisterColumn("state", "状态", lambda a: a.state(today())[0], _state_cell),
            RegisterColumn(
                "appointed_from", "聘任日期", lambda a: a.appointed_from, kind="date", order="appointed_from"
            ),
            RegisterColumn("last_day", "聘期至", lambda a: a.last_day, kind="date"),
            RegisterColumn("selection", "选聘方式", lambda a: a.get_selection_display(), kind="nowrap", shown=False),
            RegisterColumn("notice_number", "聘任文号", lambda a: a.notice_number, kind="no", shown=False),
            RegisterColumn("fee", "年费用（元）", lambda a: a.fee, kind="number", shown=False),
            RegisterColumn("ended_on", "提前结束", lambda a: a.ended_on, kind="date", shown=False),
            RegisterColumn("end_reason", "结束理由", lambda a: a.end_reason, shown=False),
        ),
        presets=(("在聘", "state=current"), ("六十日内到期", "state=ending"), ("已结束", "state=over")),
        default_order="-appointed_from",
        empty_text="各机关聘任的法律顾问和公职律师。",
        new_url="capacity:new-adviser",
        new_label="登记法律顾问",
    )
)

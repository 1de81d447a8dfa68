"""Pages of the expert pool for those who keep or use it."""

from django import forms
from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header

from portal.accounts.authority import may
from portal.capacity.experts import importing, pool
from portal.capacity.experts.filters import ExpertFilter
from portal.capacity.experts.forms import ExpertForm
from portal.capacity.experts.models import Expert, ExpertList
from portal.capacity.experts.sheet import LIST, MOST_ROWS
from portal.capacity.forms import EndForm
from portal.capacity.keeping import KEEP_EXPERTS, SEE_EXPERTS, as_day, kept_by, may_keep
from portal.capacity.pages import EntryView, crumbs, done, form_page, put_beside, register_url
from portal.capacity.refusals import EntryRefused
from portal.consultation.masking import masked_contact
from portal.documents.kinds import XLSX
from portal.documents.refusals import FileRefused
from portal.moment import today
from portal.web.forms import UploadField
from portal.web.inside.access import InsideView
from portal.web.inside.register import Register, RegisterColumn, register
from portal.web.keyset import KeysetPage
from portal.web.list_sheets import UnreadableList
from portal.web.tables import Cell, Column, Row, Table
from portal.web.templatetags.portal import stamp
from portal.workflow.refusals import StepRefused

REGISTER_LABEL, IMPORT_LABEL = "专家库", "按名单登记专家"


def _register_crumb():
    return REGISTER_LABEL, register_url("experts")


class NewExpert(InsideView):
    """``/staff/experts/new/``"""

    authority = KEEP_EXPERTS

    def get(self, request):
        return self._page(ExpertForm())

    def post(self, request):
        form = ExpertForm(request.POST)
        if not form.is_valid():
            return self._page(form, 422)
        try:
            expert = pool.enter(by=request.user, owner=self._owner(), facts=form.facts)
        except EntryRefused as refusal:
            put_beside(form, refusal)
            return self._page(form, 409)
        return done(request, expert, "已登记", reverse("capacity:expert", args=[expert.public_id]))

    def _owner(self):
        return kept_by(self.request.user, KEEP_EXPERTS)

    def _page(self, form, status=200):
        return form_page(
            self.request, form, title="登记专家", trail=[_register_crumb(), ("登记", "")], button="登记入库",
            back_url=register_url("experts"), lead=f"登记到{self._owner().name}的专家库。", status=status,
        )  # fmt: skip


class ExpertView(EntryView):
    """``/staff/experts/<uuid>/``: what is known of one expert; a POST shows the contact and leaves a record."""

    authority = SEE_EXPERTS
    in_sight = pool.in_sight
    key = "expert_id"
    keep = KEEP_EXPERTS

    def organisation(self):
        return self.entry.owner

    def get(self, request, expert_id):
        return self._page()

    def post(self, request, expert_id):
        if not self.entry.contact:
            return self._page()
        pool.note_contact_seen(self.entry, by=request.user)
        return self._page(contact_is_shown=True)

    def _page(self, contact_is_shown=False):
        expert, day = self.entry, today()
        word, kind = expert.state(day)
        contact = expert.contact if contact_is_shown else masked_contact(expert.contact)
        context = {
            "title": expert.name,
            "crumbs": crumbs(_register_crumb(), (expert.name, "")),
            "expert": expert,
            "state": {"text": word, "kind": kind},
            "facts": [
                {"key": "专业领域", "value": expert.fields_in_words, "wide": True},
                {"key": "类别", "value": expert.get_kind_display()},
                {"key": "工作单位", "value": expert.employer},
                {"key": "职称或者职业资格", "value": expert.title},
                {"key": "所属专家库", "value": expert.owner.name},
                {"key": "聘任日期", "value": as_day(expert.appointed_from), "is_number": True},
                {"key": "聘期至", "value": as_day(expert.appointed_until) or "没有约定期限", "is_number": True},
                *self._ending(expert),
                {"key": "公开", "value": "本人同意公开" if expert.consents_to_publication else "不公开"},
                {"key": "已知利益关联", "lines": expert.interest_lines, "wide": True},
            ],
            "contact_facts": [{"key": "联系方式", "value": contact or "没有登记"}],
            "contact_is_shown": contact_is_shown,
            "may_change": self.may_change() and not expert.ended_on,
        }
        return render(self.request, "capacity/expert.html", context)

    @staticmethod
    def _ending(expert):
        if expert.ended_on is None:
            return []
        return [
            {"key": "提前结束", "value": as_day(expert.ended_on), "is_number": True},
            {"key": "结束理由", "value": expert.end_reason},
        ]


class ChangeExpert(ExpertView):
    """``/staff/experts/<uuid>/edit/``"""

    authority = KEEP_EXPERTS
    only_keepers = True

    def get(self, request, expert_id):
        return self._form(ExpertForm(instance=self.entry))

    def post(self, request, expert_id):
        form = ExpertForm(request.POST, instance=self.entry)
        if not form.is_valid():
            return self._form(form, 422)
        try:
            expert = pool.change(self.entry, by=request.user, facts=form.facts)
        except EntryRefused as refusal:
            put_beside(form, refusal)
            return self._form(form, 409)
        return done(request, expert, "已修改", self.url())

    def url(self):
        return reverse("capacity:expert", args=[self.entry.public_id])

    def _form(self, form, status=200, *, title="修改", button="保存", lead=""):
        return form_page(
            self.request, form, title=f"{title}：{self.entry.name}",
            trail=[_register_crumb(), (self.entry.name, self.url()), (title, "")], button=button,
            back_url=self.url(), lead=lead, status=status,
        )  # fmt: skip


class EndExpert(ChangeExpert):
    """``/staff/experts/<uuid>/end/``"""

    def get(self, request, expert_id):
        return self._end(EndForm(initial={"on": today()}))

    def post(self, request, expert_id):
        form = EndForm(request.POST)
        if not form.is_valid():
            return self._end(form, 422)
        try:
            expert = pool.end(self.entry, by=request.user, **form.cleaned_data)
        except EntryRefused as refusal:
            put_beside(form, refusal)
            return self._end(form, 409)
        return done(request, expert, "已结束聘任", self.url())

    def _end(self, form, status=200):
        lead = "结束后不再参加选用，记录保留，不能恢复；再次聘任的，另行登记。"
        return self._form(form, status, title="结束聘任", button="结束聘任", lead=lead)


# ── lists ──


class UploadForm(forms.Form):
    upload = UploadField(
        label="专家名单", kinds=("xlsx",), max_megabytes=5, help_text=f"按模板填写，不超过 {MOST_ROWS} 行。"
    )


class ListsView(InsideView):
    """``/staff/experts/import/``: hand in a list, and what became of earlier ones."""

    authority = KEEP_EXPERTS

    def get(self, request):
        return self._page(UploadForm())

    def post(self, request):
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(form, 422)
        try:
            handed_in = importing.hand_in(form.cleaned_data["upload"], by=request.user, owner=self._owner())
        except FileRefused as refusal:
            form.add_error("upload", refusal.reason)
            return self._page(form, 422)
        except UnreadableList as refusal:
            form.add_error("upload", str(refusal))
            return self._page(form, 422)
        return redirect("capacity:expert-list", list_id=handed_in.public_id)

    def _owner(self):
        return kept_by(self.request.user, KEEP_EXPERTS)

    def _page(self, form, status=200):
        lists = ExpertList.objects.filter(owner=self._owner()).select_related("handed_in_by")
        page = KeysetPage(lists, self.request, order=[(F("id"), True)])
        table = Table(
            label="已上传的名单",
            columns=[
                Column("名单", kind="title"), Column("状态"), Column("登记人数", kind="number"), Column("上传人"),
                Column("上传时间", kind="date"),
            ],
            rows=[self._row(one) for one in page.rows],
            count_text=page.count_text,
            pager=page.pager,
            stack=True,
            empty={"title": "还没有上传过。", "text": "先下载模板填写名单。"},
        )  # fmt: skip
        context = {
            "title": IMPORT_LABEL,
            "crumbs": crumbs(_register_crumb(), (IMPORT_LABEL, "")),
            "form": form,
            "table": table,
            "owner": self._owner(),
        }
        return render(self.request, "capacity/expert_lists.html", context, status=status)

    @staticmethod
    def _row(one):
        return Row(
            key=str(one.public_id),
            name=one.name,
            cells=[
                Cell(one.name, kind="title", url=reverse("capacity:expert-list", args=[one.public_id])),
                Cell(tag=one.get_state_display(), tag_kind="now" if one.state == "read" else ""),
                Cell(one.entered, kind="number", stack_label="登记人数"),
                Cell(one.handed_in_by.full_name, stack_label="上传人"),
                Cell(stamp(one.handed_in_at), kind="date", stack_label="上传时间"),
            ],
        )


class TemplateView(InsideView):
    """``/staff/experts/import/template.xlsx``"""

    authority = KEEP_EXPERTS

    def get(self, request):
        owner = kept_by(request.user, KEEP_EXPERTS)
        response = HttpResponse(LIST.template(owner), content_type=XLSX.content_type)
        response["Content-Disposition"] = content_disposition_header(True, f"{owner.short_name}专家名单模板.xlsx")
        return response


class ListView(InsideView):
    """``/staff/experts/import/<uuid>/``: every row with what it becomes or what is wrong with it, then the decision."""

    authority = KEEP_EXPERTS

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.list = None

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and may(request.user, self.authority):
            found = ExpertList.objects.select_related("owner", "blob", "handed_in_by", "confirmed_by")
            self.list = found.filter(public_id=kwargs["list_id"]).first()
            if self.list is None or not may_keep(request.user, self.authority, self.list.owner):
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, list_id):
        return self._page()

    def post(self, request, list_id):
        act = request.POST.get("act", "")
        try:
            if act == "confirm":
                entered = importing.confirm(self.list, by=request.user)
                messages.success(request, f"{entered} 名专家已登记入库。", extra_tags="已登记")
            elif act == "drop":
                importing.drop(self.list, by=request.user)
                messages.success(request, "这份名单没有登记任何人。", extra_tags="已放弃")
            else:
                raise StepRefused("请选择要办理的操作。")
        except StepRefused as refusal:
            self.list.refresh_from_db()
            return self._page([("", refusal.message)], 409)
        return redirect("capacity:expert-lists")

    def _page(self, problems=(), status=200):
        one = self.list
        # What is done with is not judged again: by now its people are in the pool, or others are.
        lines, notes = importing.lines_of(one) if one.state == ExpertList.State.READ else ([], [])
        counts = {
            "new": sum(line.is_new for line in lines),
            "known": sum(not line.problems and bool(line.known) for line in lines),
            "faulty": sum(bool(line.problems) for line in lines),
        }
        context = {
            "title": one.name,
            "crumbs": crumbs(_register_crumb(), (IMPORT_LABEL, reverse("capacity:expert-lists")), (one.name, "")),
            "list": one,
            "counts": counts,
            "notes": notes,
            "problems": list(problems),
            "page_has_errors": bool(problems),
            "table": self._table(lines) if lines else None,
        }
        return render(self.request, "capacity/expert_list.html", context, status=status)

    @staticmethod
    def _table(lines) -> Table:
        shown = ("expertise", "employer", "title", "appointed_from", "appointed_until")
        rows = []
        for line in lines:
            fate = ("有错误", "late") if line.problems else ("已在库", "") if line.known else ("登记", "now")
            remarks = "；".join(line.problems or [line.known])
            rows.append(
                Row(
                    key=str(line.number),
                    name=line.typed.get("name", ""),
                    cells=[
                        Cell(line.number, kind="number", stack_label="行"),
                        Cell(line.typed.get("name", "（未填写姓名）"), kind="title"),
                        Cell(tag=fate[0], tag_kind=fate[1]),
                        Cell(remarks, stack_label="错误和提示"),
                        *(
                            Cell(line.typed.get(code, ""), _KINDS.get(code, "text"), stack_label=_LABELS[code])
                            for code in shown
                        ),
                    ],
                )
            )
        return Table(
            label="读到的专家",
            columns=[
                Column("行", kind="number"), Column("姓名", kind="title"), Column("办理"), Column("错误和提示"),
                *(Column(_LABELS[code]) for code in shown),
            ],
            rows=rows,
            count_text=f"共 {len(rows)} 行",
            stack=True,
        )  # fmt: skip


_LABELS = {column.code: column.label for column in LIST.columns}
_KINDS = {"appointed_from": "date", "appointed_until": "date"}


# ── register ──


def _state_cell(row):
    word, kind = row.state(today())
    return Cell(tag=word, tag_kind=kind)


def _name_cell(expert: Expert):
    url = reverse("capacity:expert", kwargs={"expert_id": expert.public_id})
    return Cell(expert.name, kind="title", url=url, sub=expert.title)


REGISTER = register(
    Register(
        code="experts",
        label=REGISTER_LABEL,
        authority=SEE_EXPERTS,
        rows=pool.in_sight,
        filterset=ExpertFilter,
        columns=(
            RegisterColumn("name", "姓名", lambda e: e.name, _name_cell, kind="title", order="name"),
            RegisterColumn("expertise", "专业领域", lambda e: e.fields_in_words),
            RegisterColumn("employer", "工作单位", lambda e: e.employer),
            RegisterColumn("title", "职称或者职业资格", lambda e: e.title, shown=False),
            RegisterColumn("kind", "类别", lambda e: e.get_kind_display(), kind="nowrap"),
            RegisterColumn("owner", "所属专家库", lambda e: e.owner.short_name, kind="nowrap"),
            RegisterColumn("state", "状态", lambda e: e.state(today())[0], _state_cell),
            RegisterColumn(
                "appointed_from", "聘任日期", lambda e: e.appointed_from, kind="date", order="appointed_from"
            ),
            RegisterColumn("last_day", "聘期至", lambda e: e.last_day, kind="date"),
            RegisterColumn("ended_on", "提前结束", lambda e: e.ended_on, kind="date", shown=False),
            RegisterColumn("end_reason", "结束理由", lambda e: e.end_reason, shown=False),
            RegisterColumn("consents", "同意公开", lambda e: e.consents_to_publication, kind="nowrap", shown=False),
        ),
        presets=(("在聘", "state=current"), ("已结束", "state=over")),
        empty_text="可以邀请参加决策论证、风险评估和论证会的专家；不含联系方式。",
        new_url="capacity:new-expert",
        new_label="登记专家",
    )
)

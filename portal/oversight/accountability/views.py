"""责任追溯: from a decision to everyone with a hand in it, from a person to every decision, and who had to answer."""

from urllib.parse import quote

from django.contrib import messages
from django.db.models import Count, F, Max, Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from portal.accounts.authority import may
from portal.accounts.models import Person
from portal.audit.record import record
from portal.moment import today
from portal.oversight.accountability import pages
from portal.oversight.accountability.chain import chain_of, holdings_of
from portal.oversight.accountability.forms import CaseForm, CorrectionForm
from portal.oversight.accountability.holding import correct, hold_to_account
from portal.oversight.accountability.law import DISSENT_HINT, FOR_LIFE, LAW
from portal.oversight.accountability.models import AccountabilityCase, ChainSeal, SealedAct
from portal.oversight.accountability.scope import OPEN, SEE, files_of
from portal.oversight.accountability.sealing import broken_seals
from portal.web.inside.access import InsideView
from portal.web.inside.case_page import case_url
from portal.web.inside.register import XLSX
from portal.web.keyset import KeysetPage
from portal.web.tables import Cell, Column, Row, Table
from portal.workflow.acts import ActKind, answerable_kind
from portal.workflow.refusals import StepRefused
from portal.workflow.registry import workflows

MOST_PEOPLE = 100


class LookingBackView(InsideView):
    """A page for whoever may look back; over which organisations, ``scope`` says."""

    authority = SEE


def workbook_response(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _warnings_of(files) -> dict[int, str]:
    """What was not done in time on these files, asked once for each kind among them."""
    found = {}
    for kind in {file.kind for file in files}:
        found |= answerable_kind(kind).warnings([file.pk for file in files if file.kind == kind])
    return found


class FilesView(LookingBackView):
    """``/staff/accountability/``: every decision in sight, newest first; ``?q=`` by its words."""

    def get(self, request):
        words = request.GET.get("q", "").strip()[:60]
        found = files_of(request.user)
        found = found.filter(title__icontains=words) if words else found
        found = found.select_related("organisation").annotate(
            people=Count("sealed_acts__name", distinct=True), cases=Count("accountability_cases", distinct=True),
            sealed_at=Max("chain_seals__sealed_at"),
        )  # fmt: skip
        page = KeysetPage(found, request, order=[(F("pk"), True)])
        warned = _warnings_of(page.rows)
        rows = [
            Row(
                key=str(file.public_id), name=file.title,
                cells=[
                    Cell(
                        file.title, kind="title", sub=file.number,
                        url=reverse("accountability:file", args=[file.public_id]),
                    ),
                    Cell(file.organisation.short_name, kind="nowrap", stack_label="单位"),
                    Cell(f"{file.opened_on:%Y-%m-%d}", kind="date", stack_label="立卷"),
                    Cell(
                        f"{file.sealed_at:%Y-%m-%d}" if file.sealed_at else "未作出决策", stack_label="责任链封存",
                        tag=warned.get(file.pk, ""), tag_kind="now",
                    ),
                    Cell(file.people, kind="number", stack_label="涉及人员和单位"),
                    Cell(file.cases or "—", kind="number", stack_label="责任追究"),
                ],
            )
            for file in page.rows
        ]  # fmt: skip
        table = Table(
            label="决策事项",
            columns=[
                Column("决策事项", kind="title"), Column("单位"), Column("立卷", kind="date"), Column("责任链封存"),
                Column("涉及人员和单位", kind="number"), Column("责任追究", kind="number"),
            ],
            rows=rows, count_text=page.count_text, pager=page.pager, stack=True,
            empty={"title": "没有符合条件的决策事项。" if words else "还没有须终身负责的决策事项。"},
        )  # fmt: skip
        context = {
            "title": "责任追溯", "crumbs": [("工作台", reverse("inside:worklist")), ("责任追溯", "")],
            "tabs": pages.tabs("files"), "table": table, "q": words, "q_label": "决策事项", "law": LAW,
            "cases_url": reverse("inside:register", args=["accountability_cases"]),
        }  # fmt: skip
        return render(request, "accountability/list.html", context)


class PeopleView(LookingBackView):
    """``/staff/accountability/people/``: everyone with a part in a sealed chain; ``?q=`` by name."""

    def get(self, request):
        words = request.GET.get("q", "").strip()[:60]
        found = SealedAct.objects.visible_to(request.user)
        found = found.filter(name__icontains=words) if words else found
        people = (
            found.values("person_id", "name")
            .annotate(files=Count("file", distinct=True), acts=Count("pk"), last=Max("acted_on"))
            .order_by("name", "person_id")
        )
        shown = list(people[: MOST_PEOPLE + 1])
        more, shown = len(shown) > MOST_PEOPLE, shown[:MOST_PEOPLE]
        rows = [
            Row(
                key=f"{one['person_id']}:{one['name']}", name=one["name"],
                cells=[
                    Cell(one["name"], kind="title", url=self._url(one)),
                    Cell("有账号" if one["person_id"] else "无账号（单位、专家、群众）", stack_label="账号"),
                    Cell(one["files"], kind="number", stack_label="决策事项"),
                    Cell(one["acts"], kind="number", stack_label="行为"),
                    Cell(f"{one['last']:%Y-%m-%d}", kind="date", stack_label="最近"),
                ],
            )
            for one in shown
        ]  # fmt: skip
        table = Table(
            label="人员",
            columns=[
                Column("姓名或者单位", kind="title"), Column("账号"), Column("决策事项", kind="number"),
                Column("行为", kind="number"), Column("最近", kind="date"),
            ],
            rows=rows, count_text=f"只显示前 {MOST_PEOPLE} 人，请输入姓名查找" if more else f"共 {len(shown)} 人",
            stack=True,
            empty={"title": "没有符合条件的人员。" if words else "还没有封存的责任链。"},
        )  # fmt: skip
        context = {
            "title": "责任追溯：按人员", "crumbs": pages.crumbs(("按人员", "")), "tabs": pages.tabs("people"),
            "table": table, "q": words, "q_label": "姓名或者单位", "law": LAW,
            "cases_url": reverse("inside:register", args=["accountability_cases"]),
        }  # fmt: skip
        return render(request, "accountability/list.html", context)

    @staticmethod
    def _url(one: dict) -> str:
        return pages.person_url(SealedAct(person_id=one["person_id"], name=one["name"]))


class FileView(LookingBackView):
    """Everything about one decision; ``self.file`` is of its own kind. :raises Http404: outside the reader's scope."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.file = None

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and may(request.user, self.authority):
            found = get_object_or_404(files_of(request.user), public_id=kwargs["public_id"])
            model = workflows.model(found.kind)
            self.file = model.objects.select_related("organisation", "handling_unit").get(pk=found.pk)
        return super().dispatch(request, *args, **kwargs)

    def seals(self) -> list[ChainSeal]:
        acts = Prefetch("acts", SealedAct.objects.select_related("person"))
        return list(ChainSeal.objects.filter(file_id=self.file.pk).prefetch_related(acts).order_by("number"))

    def chain(self, seals) -> tuple[list, list]:
        """What is sealed, and what was done since and will be sealed with the next step."""
        sealed = sorted((act for one in seals for act in one.acts.all()), key=lambda act: (act.acted_on, act.pk))
        known = {act.key for act in sealed}
        return sealed, [act for act in chain_of(self.file) if act.key not in known]


class FileChainView(FileView):
    """``/staff/accountability/files/<uuid>/``"""

    def get(self, request, public_id):
        file, person = self.file, request.user
        seals = self.seals()
        sealed, since = self.chain(seals)
        pages.note_reading(person, file=file, summary=f"{len(sealed) + len(since)} 项行为")
        sees = pages.may_see_file(person, file)
        may_open = may(person, OPEN, file.organisation)
        new = reverse("accountability:new-case", args=[file.public_id]) if may_open else ""
        cases = AccountabilityCase.objects.filter(file_id=file.pk, replaced_by__isnull=True).select_related("act")
        context = {
            "title": f"责任链：{file.title}",
            "crumbs": pages.crumbs((file.title, "")),
            "file": file,
            "case_url": case_url(file) if sees else "",
            "seals": seals,
            "broken": broken_seals(seals, file.number),
            "sealed": [self._line(act, sees, new) for act in sealed],
            "since": [self._line(act, sees, new) for act in since],
            "cases": cases,
            "new_url": new,
            "export_url": reverse("accountability:file-export", args=[file.public_id]),
            "law": LAW,
        }
        return render(request, "accountability/chain.html", context)

    def _line(self, act, sees: bool, new: str) -> dict:
        is_sealed = isinstance(act, SealedAct)
        return {
            "act": act,
            "on": act.acted_on if is_sealed else act.on,
            "kind": ActKind(act.kind).label,
            "person_url": pages.person_url(act) if is_sealed else "",
            "record_url": pages.record_url(act, self.file) if sees else "",
            "hold_url": f"{new}?act={quote(act.key)}" if new else "",
        }


class FileExport(FileView):
    """``/staff/accountability/files/<uuid>/export.xlsx``"""

    def get(self, request, public_id):
        seals = self.seals()
        sealed, since = self.chain(seals)
        rows = [[*pages.plain(act), f"第 {act.seal.number} 次封存"] for act in sealed]
        rows += [[*pages.plain(act), "尚未封存"] for act in since]
        where = f"{self.file.organisation.name}，{self.file.number}"
        content = pages.sheet(f"责任链：{self.file.title}", [*pages.HEADS, "封存"], rows, request.user, where, today())
        record(pages.TAKEN, by=request.user, file=self.file, summary=f"{len(rows)} 行")
        return workbook_response(content, f"责任链_{self.file.number}_{today():%Y%m%d}.xlsx")


class PersonView(LookingBackView):
    """``/staff/accountability/person/?person=<account>`` or ``?name=``: everything that one person had a hand in."""

    def found(self):
        """The acts in the reader's scope, and the account where there is one. :raises Http404: none."""
        number, name = self.request.GET.get("person", ""), self.request.GET.get("name", "").strip()
        acts = SealedAct.objects.visible_to(self.request.user)
        if number.isdecimal() and len(number) < 10:
            acts = acts.filter(person_id=int(number))
        elif name:
            acts = acts.filter(person__isnull=True, name=name)
        else:
            raise Http404
        first = acts.order_by("-acted_on", "-pk").first()
        if first is None:
            raise Http404
        account = Person.objects.filter(pk=first.person_id).first() if first.person_id else None
        return acts.select_related("file", "organisation"), first.name, account

    def get(self, request):
        acts, name, account = self.found()
        kind = request.GET.get("kind", "")
        kind = kind if kind in ActKind.values else ""
        pages.note_reading(request.user, summary=f"{name}参与的决策")
        page = KeysetPage(
            acts.filter(kind=kind) if kind else acts, request, order=[(F("acted_on"), True), (F("pk"), True)]
        )
        counts = dict(acts.order_by().values_list("kind").annotate(Count("pk")))
        base = pages.person_url(SealedAct(person=account, name=name))
        context = {
            "title": f"{name}参与的决策",
            "crumbs": pages.crumbs(("按人员", reverse("accountability:people")), (name, "")),
            "name": name,
            "account": account,
            "holdings": holdings_of(account) if account else [],
            "dissents": acts.filter(dissents=True, kind=ActKind.SPOKE).count(),
            "tabs": [
                {"label": "全部", "url": base, "current": not kind, "count": sum(counts.values())},
                *(
                    {"label": one.label, "url": f"{base}&kind={one.value}", "current": kind == one.value,
                     "count": counts[one.value]}
                    for one in ActKind if one.value in counts
                ),
            ],
            "table": Table(
                label="参与的决策", columns=pages.ACT_COLUMNS,
                rows=[Row(key=str(act.pk), name=act.label, cells=pages.act_cells(act)) for act in page.rows],
                count_text=page.count_text, pager=page.pager, stack=True,
            ),
            "cases": AccountabilityCase.objects.visible_to(request.user)
            .filter(act__in=acts, replaced_by__isnull=True).select_related("act", "file"),
            "export_url": f"{reverse('accountability:person-export')}?{base.partition('?')[2]}",
        }  # fmt: skip
        return render(request, "accountability/person.html", context)


class PersonExport(PersonView):
    """``/staff/accountability/person/export.xlsx``: the same person."""

    def get(self, request):
        acts, name, _ = self.found()
        rows = [[*pages.plain(act), act.file.title, act.organisation.name] for act in acts.order_by("-acted_on", "-pk")]
        title = f"{name}参与的决策"
        content = pages.sheet(
            title, [*pages.HEADS, "决策事项", "决策机关"], rows, request.user, "本人可查阅的机关", today()
        )
        record(pages.TAKEN, by=request.user, organisation=request.user.organisation, summary=f"{title}，{len(rows)} 行")
        return workbook_response(content, f"{title}_{today():%Y%m%d}.xlsx")


class NewCaseView(FileView):
    """``/county/accountability/files/<uuid>/cases/new/``; ``?act=`` chooses the act."""

    authority = OPEN

    def choices(self) -> list[tuple[str, str]]:
        sealed, since = self.chain(self.seals())
        return [
            (act.key, f"{getattr(act, 'acted_on', None) or act.on:%Y-%m-%d} {ActKind(act.kind).label}：{act.name}"
             f"{f'（{act.post}）' if act.post else ''}，{act.label}")
            for act in (*sealed, *since)
        ]  # fmt: skip

    def get(self, request, public_id):
        chosen = request.GET.get("act", "")
        return self.page(CaseForm(initial={"act": chosen}, acts=self.choices()), chosen)

    def post(self, request, public_id):
        form = CaseForm(request.POST, acts=self.choices())
        if not form.is_valid():
            return self.page(form, request.POST.get("act", ""), 422)
        facts = dict(form.cleaned_data)
        try:
            case = hold_to_account(self.file, by=request.user, act_key=facts.pop("act"), **facts)
        except StepRefused as refusal:
            form.add_error(None, refusal.message)
            return self.page(form, request.POST.get("act", ""), 409)
        messages.success(request, f"编号 {case.number}。", extra_tags="已登记")
        return redirect("accountability:case", case_id=case.public_id)

    def page(self, form, chosen: str, status=200):
        dissented = SealedAct.objects.filter(file_id=self.file.pk, kind=ActKind.SPOKE, dissents=True)
        act = SealedAct.objects.filter(file_id=self.file.pk, key=chosen).first()
        same = dissented.filter(name=act.name) if act else dissented.none()
        back = reverse("accountability:file", args=[self.file.public_id])
        context = {
            "title": "登记责任追究", "crumbs": pages.crumbs((self.file.title, back), ("登记责任追究", "")),
            "lead": f"{self.file.title}。登记后不能修改，有误的另行更正，原记录保留。"
            + (DISSENT_HINT if same.exists() else ""),
            "form": form, "button": "登记", "back_url": back,
        }  # fmt: skip
        return render(self.request, "inside/form.html", context, status=status)


class OneCaseView(LookingBackView):
    """Pages about one case. :raises Http404: outside the reader's scope."""

    def case(self, case_id) -> AccountabilityCase:
        found = AccountabilityCase.objects.visible_to(self.request.user)
        found = found.select_related("act", "file", "organisation", "entered_by", "replaces", "replaced_by")
        return get_object_or_404(found, public_id=case_id)


class CaseView(OneCaseView):
    """``/staff/accountability/cases/<uuid>/``"""

    def get(self, request, case_id):
        case = self.case(case_id)
        pages.note_reading(request.user, file=case.file, summary=case.number)
        replaced = getattr(case, "replaced_by", None)
        file_url = reverse("accountability:file", args=[case.file.public_id])
        rows = [
            ("责任人", case.act.name), ("当日职务", case.act.post or "—"),
            ("行为", f"{case.act.label}（{case.act.acted_on:%Y-%m-%d}）"),
            ("追责情形", case.get_ground_display()), ("责任类别", case.get_responsibility_display()),
            ("是否终身追究", "是" if case.ground in FOR_LIFE else "按有关规定"),
            ("讨论时的态度", "曾表示不同意见" if case.had_dissented else "没有不同意见的记录"),
            ("查明的事实", case.finding), ("处理结果", case.get_result_display()), ("说明", case.result_words or "—"),
            ("作出处理的机关", case.decided_by), ("处理日期", f"{case.decided_on:%Y-%m-%d}"),
            ("文号", case.decision_number or "—"), ("登记", f"{case.entered_by.full_name}　{case.entered_at:%Y-%m-%d}"),
        ]  # fmt: skip
        may_correct = replaced is None and may(request.user, OPEN, case.organisation)
        context = {
            "title": case.number, "crumbs": pages.crumbs((case.file.title, file_url), (case.number, "")),
            "case": case, "rows": [{"key": key, "value": value} for key, value in rows], "file_url": file_url,
            "replaced": replaced, "person_url": pages.person_url(case.act),
            "correct_url": reverse("accountability:correct", args=[case.public_id]) if may_correct else "",
        }  # fmt: skip
        return render(request, "accountability/case.html", context)


class CorrectView(OneCaseView):
    """``/county/accountability/cases/<uuid>/correct/``"""

    authority = OPEN

    def get(self, request, case_id):
        case = self.case(case_id)
        return self.page(case, CorrectionForm(instance=case))

    def post(self, request, case_id):
        case = self.case(case_id)
        form = CorrectionForm(request.POST)
        if not form.is_valid():
            return self.page(case, form, 422)
        try:
            new = correct(case, by=request.user, **form.cleaned_data)
        except StepRefused as refusal:
            form.add_error(None, refusal.message)
            return self.page(case, form, 409)
        messages.success(request, f"更正后的编号 {new.number}。", extra_tags="已更正")
        return redirect("accountability:case", case_id=new.public_id)

    def page(self, case, form, status=200):
        back = reverse("accountability:case", args=[case.public_id])
        context = {
            "title": "更正责任追究记录", "crumbs": pages.crumbs((case.number, back), ("更正", "")),
            "lead": f"{case.act.name}：{case.act.label}。原记录保留，并注明已更正。", "form": form, "button": "更正",
            "back_url": back,
        }  # fmt: skip
        return render(self.request, "inside/form.html", context, status=status)

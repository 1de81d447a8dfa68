"""``/staff/cases/<uuid>/in-force/acts/<act>/``: an act on a published document, checked before it is entered."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from normative_docs.in_force import acts, forms
from normative_docs.in_force.articles import written
from normative_docs.in_force.models import RelationKind
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url
from portal.workflow.refusals import StepRefused

RELATE = "normative_docs.relate"
DECLARATION = "以上内容与所依据的文件一致。登记后向公众显示，不能修改。"


@dataclass(frozen=True)
class Act:
    """One kind of act as a page: its words and its form."""

    title: str
    form: type[forms.ActForm]
    lead: str


ACTS = {
    "end": Act(
        "登记废止、失效、撤销", forms.EndForm,
        "文件自生效日期零时起不再有效；文本和记录都保留。由起草中的文件废止的，请在该文件上列明，公布时一并生效。",
    ),
    "amend": Act("登记修改", forms.AmendForm, "登记后整理合并文本，经法制审核员确认后公开。"),
    "continue": Act(
        "登记已经公布的延续", forms.ProlongForm,
        "只登记已经重新登记、重新公布的延续。需要办理延续的，请从“办理延续”立卷。",
    ),
}  # fmt: skip


class ActView(FileView):
    """GET gives the form, filled from the address when one comes back from the check page; POST checks, then acts."""

    authority = RELATE
    kinds = ("normative_docs",)
    changes = RELATE

    def dispatch(self, request, *args, **kwargs):
        self.act = ACTS.get(kwargs["act"])
        if self.act is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, public_id, act):
        given = {name: request.GET[name] for name in self.act.form.base_fields if name in request.GET}
        return self._page(self.act.form(document=self.file, initial=given))

    def post(self, request, public_id, act):
        form = self.act.form(request.POST, document=self.file)
        fault = acts.why_not(self.file)
        if not form.is_valid():
            return self._page(form, 422)
        if fault:
            form.add_error(None, fault)
            return self._page(form, 409)
        if "confirm" not in request.POST:
            return self._check(form)
        if request.POST.get("declaration") != "yes":
            return self._check(form, "请核对无误后勾选确认。", 422)
        try:
            relation = self._enter(form.cleaned_data)
        except StepRefused as refusal:
            form.add_error(None, refusal.message)
            return self._page(form, 409)
        messages.success(request, f"自 {relation.on:%Y-%m-%d} 起{relation.how.passive}。", extra_tags="已登记")
        return redirect(f"{case_url(self.file)}#in-force")

    def _enter(self, data):
        through = data["through"]
        outside = None if through else acts.OutsideAct(data["title"], data["number"])
        common = {
            "by": self.request.user, "on": data["on"], "through": through, "reason": data["reason"],
            "basis": data["basis"], "act": outside,
        }  # fmt: skip
        if "changes" in data:
            return acts.amend(self.file, articles=data["changes"], **common)
        if "valid_until" in data:
            return acts.continue_until(self.file, valid_until=data["valid_until"], **common)
        return acts.repeal(self.file, kind=RelationKind(data["kind"]), part=data["part"], **common)

    def _check(self, form, declaration_error="", status=200):
        data, through = form.cleaned_data, form.cleaned_data["through"]
        values = {name: form.data.get(name, "") for name in form.fields if form.data.get(name)}
        rows = [{"key": "文件", "value": f"《{self.file.title}》（{self.file.document_number}）"}]
        if "kind" in data:
            rows.append({"key": "变动方式", "value": RelationKind(data["kind"]).label})
        if data.get("part"):
            rows.append({"key": "条款", "value": data["part"]})
        if "changes" in data:
            rows.append({"key": "修改的条款", "lines": written(data["changes"]).splitlines()})
        name = (
            f"《{through.title}》（{through.document_number}）"
            if through
            else f"《{data['title']}》（{data['number']}）"
        )
        rows += [
            {"key": "依据的文件", "value": name + ("" if through else "　本平台以外")},
            {"key": "生效日期", "value": f"{data['on']:%Y-%m-%d}", "is_number": True},
        ]
        if "valid_until" in data:
            rows.append({"key": "延续后的有效期至", "value": f"{data['valid_until']:%Y-%m-%d}", "is_number": True})
        rows += [{"key": "理由", "value": data["reason"]}, {"key": "法律依据", "value": data["basis"] or "—"}]
        context = {
            **self._frame(),
            "rows": rows,
            "hidden": [*values.items(), ("confirm", "yes")],
            "declaration": DECLARATION,
            "declaration_error": declaration_error,
            "button": self.act.title,
            "action": self.request.path,
            "back_url": f"{self.request.path}?{urlencode(values)}",
        }
        return render(self.request, "normative_docs/in_force/check.html", context, status=status)

    def _page(self, form, status=200):
        context = {
            **self._frame(), "form": form, "lead": self.act.lead, "button": "下一步：核对",
            "back_url": f"{case_url(self.file)}#in-force",
        }  # fmt: skip
        return render(self.request, "inside/form.html", context, status=status)

    def _frame(self):
        return {
            "title": f"{self.act.title}：{self.file.title}",
            "crumbs": [
                ("工作台", reverse("inside:worklist")), (self.file.title, case_url(self.file)), (self.act.title, ""),
            ],
        }  # fmt: skip

"""``/staff/cases/<uuid>/decision/experts/<n>/…``: choosing who is asked, with the known ties in sight."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from decisions.choosing import candidates, choose, draw_lots, freeze_lots, invite, release
from decisions.forms import FieldsForm, InviteForm, LotsForm, ReleaseForm
from decisions.models import ChosenExpert
from decisions.views.arguing import ArgumentView
from decisions.vocabulary import Selection
from portal.consultation.session_forms import WitnessForm
from portal.web.inside.writing import crumbs
from portal.workflow.refusals import StepRefused


class ChooseView(ArgumentView):
    """The suitable experts of the pool; those picked are asked, a tie only with a reason."""

    title = "选择论证专家"

    def get(self, request, **kwargs):
        return self._page(self.argumentation())

    def post(self, request, **kwargs):
        argumentation = self.argumentation()
        picked = set(request.POST.getlist("pick"))
        rows = candidates(argumentation, ())
        wanted = {
            expert: request.POST.get(f"why-{expert.public_id}", "")
            for expert, _ in rows
            if str(expert.public_id) in picked
        }
        if not wanted:
            return self._page(argumentation, [("experts", "请选择专家。")], 422)
        missing = [
            (f"why-{expert.public_id}", f"{expert.name}有已知利益关联，请写明仍然选定的理由，或者另选他人。")
            for expert, ties in rows
            if ties and expert in wanted and not wanted[expert].strip()
        ]
        if missing:
            return self._page(argumentation, missing, 422)
        try:
            chosen = choose(argumentation, wanted, by=request.user)
        except StepRefused as refusal:
            return self._page(argumentation, [("", refusal.message)], 409)
        messages.success(request, "、".join(expert.name for expert in chosen), extra_tags="已选定")
        return redirect(self.after())

    def _page(self, argumentation, problems=(), status=200):
        form = FieldsForm(self.request.GET)
        fields = form.cleaned_data["fields"] if form.is_valid() else []
        typed, told = self.request.POST, dict(problems)
        rows = [
            {
                "expert": expert, "ties": ties, "name": f"why-{expert.public_id}",
                "picked": str(expert.public_id) in typed.getlist("pick"),
                "why": typed.get(f"why-{expert.public_id}", ""), "error": told.get(f"why-{expert.public_id}", ""),
            }
            for expert, ties in candidates(argumentation, fields)
        ]  # fmt: skip
        place = {"public_id": self.file.public_id, "number": argumentation.number}
        context = {
            "title": self.title,
            "crumbs": crumbs(self.file, ("专家论证", self.after()), (self.title, "")),
            "file": self.file,
            "argumentation": argumentation,
            "filter_form": form,
            "rows": rows,
            "by_lot": argumentation.selection == Selection.LOT,
            "lots_url": reverse("decisions:expert-lots", kwargs=place),
            "invite_url": reverse("decisions:invite-expert", kwargs=place),
            "problems": problems,
            "page_has_errors": bool(problems),
            "back_url": self.after(),
        }
        return render(self.request, "decisions/choose_experts.html", context, status=status)


class InviteView(ArgumentView):
    title = "邀请专家库以外的专家"
    lead = "不得选择与决策事项有直接利害关系的专家（国令713 第二十条）。"
    button = "邀请"
    done = "已邀请"

    def form(self, data=None):
        form = InviteForm(data)
        form.instance.argumentation = self.argumentation()
        return form

    def write(self, form):
        return invite(self.argumentation(), by=self.request.user, **form.cleaned_data).name


class LotsView(ArgumentView):
    """Fix the pool; then, before the witness, draw."""

    title = "抽取论证专家"
    done = "已办理"

    @property
    def button(self):
        return "抽取" if self.argumentation().draw_id else "固定名册"

    @property
    def lead(self):
        if self.argumentation().draw_id:
            return "名册已经公布。请见证人当场说出一个词语或者数字，抽取后结果立即公开。"
        return "先固定并公布名册，再由见证人在场抽取；名册只含编号，谁也不能按结果挑选名册。"

    def form(self, data=None):
        return WitnessForm(data) if self.argumentation().draw_id else LotsForm(data)

    def write(self, form):
        argumentation, given = self.argumentation(), dict(form.cleaned_data)
        given.pop("confirmed")
        if argumentation.draw_id:
            drawn = draw_lots(argumentation, by=self.request.user, **given)
            return "抽中：" + "、".join(expert.name for expert in drawn)
        freeze_lots(argumentation, by=self.request.user, **given)
        return "名册已固定并公布，请在见证人在场时抽取。"


class ReleaseView(ArgumentView):
    title = "登记专家不参加"
    done = "已登记"

    def chosen(self) -> ChosenExpert:
        found = self.argumentation().chosen.filter(number=self.kwargs["expert"]).first()
        if found is None:
            raise Http404
        return found

    @property
    def lead(self):
        return f"{self.chosen()}因故不能参加，或者发现有直接利害关系的，写明原因；抽取产生的，由候补依次递补。"

    def form(self, data=None):
        return ReleaseForm(data)

    def write(self, form):
        chosen = self.chosen()
        following = release(chosen, by=self.request.user, reason=form.cleaned_data["reason"])
        return f"{chosen.name}不参加" + (f"，由{following.name}递补" if following else "")

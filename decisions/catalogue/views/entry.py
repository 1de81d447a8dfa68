"""``/staff/cases/<decision>/catalogue-entry/``: which item of the catalogue a decision carries out, or why none."""

from decisions.catalogue.compiling import POWER
from decisions.catalogue.forms import EntryForm as Form
from decisions.catalogue.linking import explain_outside, link, offered
from decisions.catalogue.models import CatalogueEntry
from decisions.catalogue.thresholds import THRESHOLDS
from portal.web.inside.writing import EntryView as Page


class EntryView(Page):
    """Also where the gate before the start sends people."""

    kinds = ("decisions",)
    authority = changes = POWER
    title, done = "与年度目录的对应", "已登记"
    lead = (
        "决策事项应当来自年度重大行政决策事项目录；目录以外的，说明理由，年终随目录执行情况一并说明。"
        "未列入目录的，对照量化标准填写能够确定的数据。"
    )

    def entry(self) -> CatalogueEntry | None:
        return CatalogueEntry.objects.filter(decision=self.file).first()

    def seen(self):
        entry = self.entry()
        return entry.seen if entry is not None else ""

    def form(self, data=None):
        entry = self.entry()
        initial = {}
        if entry is not None:
            names = ("reason", *(threshold.name for threshold in THRESHOLDS))
            initial = {name: getattr(entry, name) for name in names} | {"item": entry.item_id}
        return Form(data, items=offered(self.file), organisation=self.file.organisation, initial=initial)

    def write(self, form):
        data, seen = dict(form.cleaned_data), self.request.POST.get("seen", "")
        item, reason = data.pop("item"), data.pop("reason")
        if item is not None:
            link(self.file, item, by=self.request.user, seen=seen)
            return f"{item.catalogue.title}，{item}"
        entry = explain_outside(self.file, by=self.request.user, reason=reason, seen=seen, **data)
        return f"未列入目录：{entry.reason}"

"""What the pages and steps of a catalogue ask."""

from itertools import pairwise

from django import forms

from decisions.catalogue.models import CatalogueItem, DecisionCatalogue
from decisions.catalogue.thresholds import THRESHOLDS, limits_of
from decisions.catalogue.vocabulary import FACTS, PLANNED
from portal.moment import today
from portal.organisations.models import Organisation
from portal.web.forms import DayField

_AREA = forms.Textarea(attrs={"rows": 3})
MONTHS = [("", "不安排"), *((str(month), f"{month} 月") for month in range(1, 13))]


class NewCatalogueForm(forms.Form):
    """Which year, and which unit keeps it."""

    year = forms.TypedChoiceField(label="年度", coerce=int, widget=forms.RadioSelect)
    handling_unit = forms.ModelChoiceField(
        label="牵头单位", queryset=Organisation.objects.none(), required=False, help_text="汇总各单位申报事项的单位"
    )

    def __init__(self, *args, town, **kwargs):
        super().__init__(*args, **kwargs)
        year = today().year
        self.fields["year"].choices = [(year, f"{year} 年度"), (year + 1, f"{year + 1} 年度")]
        self.fields["handling_unit"].queryset = Organisation.objects.within(town).exclude(level="village")


def add_measures(form, organisation) -> None:
    """Say beside each measure from which number on a matter is major, by the setting of today."""
    for threshold, limit, basis in limits_of(organisation, today()):
        field = form.fields[threshold.name]
        field.help_text = f"达到 {limit} {threshold.unit}的，属于重大行政决策；没有的，不填。"
        field.basis = basis
        field.min_value = 0


class ItemForm(forms.ModelForm):
    """One matter: what, by whom, why major, which steps, and in which month each of them."""

    class Meta:
        model = CatalogueItem
        fields = [
            "title", "deciding_body", "handling_unit", "matter", *(threshold.name for threshold in THRESHOLDS),
            "reason", "legal_basis", *FACTS, "stability_kind", "step_reason",
        ]  # fmt: skip
        widgets = {"legal_basis": _AREA}
        help_texts = {
            "title": "例如：龙潭镇集镇农贸市场改造方案",
            "legal_basis": "法律、法规、规章和政策文件的名称、条款",
            "step_reason": "按事实需要而不安排听证会、专家论证或者风险评估的，写明理由",
        }

    def __init__(self, *args, catalogue: DecisionCatalogue, **kwargs):
        super().__init__(*args, **kwargs)
        self.catalogue = catalogue
        units = Organisation.objects.within(catalogue.town).exclude(level="village")
        self.fields["handling_unit"].queryset = units
        if not self.instance.pk:
            self.fields["deciding_body"].initial = catalogue.town.name
        add_measures(self, catalogue.town)
        for step in PLANNED:
            self.fields[f"month_{step.code}"] = field = forms.ChoiceField(
                label=f"{step.label}：计划完成月份", choices=MONTHS, required=step.is_always_needed,
                initial=str(self.instance.months.get(step.code, "")),
                error_messages={"required": f"{step.label}必须安排，请选择月份。"},
            )  # fmt: skip
            field.basis = step.basis
        self.order_fields([*(name for name in self.fields if name != "step_reason"), "step_reason"])

    def clean(self):
        cleaned = super().clean()
        months = {step.code: int(value) for step in PLANNED if (value := cleaned.get(f"month_{step.code}"))}
        self.instance.months = months
        for name in (*FACTS, "stability_kind"):
            setattr(self.instance, name, cleaned.get(name, ""))
        for step in PLANNED:
            self._check_step(step, months, cleaned)
        self._check_order(months)
        self._check_reason(cleaned)
        return cleaned

    def _check_step(self, step, months: dict, cleaned: dict) -> None:
        """What the facts ask for is planned, or left out with a reason where that is lawful."""
        asked = step.asked_by(self.instance)
        if not asked or step.code in months or f"month_{step.code}" in self.errors:
            return
        if not step.can_be_left_out:
            self.add_error(f"month_{step.code}", f"{step.label}必须安排（{'、'.join(asked)}），请选择月份。")
        elif not cleaned.get("step_reason"):
            self.add_error(
                f"month_{step.code}", f"{'、'.join(asked)}的，应当安排{step.label}；不安排的，在下面写明理由。"
            )

    def _check_order(self, months: dict) -> None:
        """Nothing is planned after the step that waits for it."""
        last = ("legality_review", "deliberation", "publication")
        for earlier, later in pairwise(last):
            if earlier in months and later in months and months[later] < months[earlier]:
                self.add_error(f"month_{later}", "不能早于前一环节的月份。")
        review = months.get("legality_review")
        for step in PLANNED:
            if step.code not in last and review and months.get(step.code, 0) > review:
                self.add_error(f"month_{step.code}", "应当在合法性审查之前完成。")

    def _check_reason(self, cleaned: dict) -> None:
        """A matter below every quantified standard says why it is major nevertheless."""
        limits = {threshold.name: limit for threshold, limit, _ in limits_of(self.catalogue.town, today())}
        met = any((cleaned.get(name) or 0) >= limit for name, limit in limits.items())
        if not met and not cleaned.get("reason"):
            self.add_error("reason", "没有达到量化标准的，请说明为什么属于重大行政决策。")


class AdjustmentForm(forms.Form):
    """Why the catalogue is adjusted, and by what the Party committee agreed."""

    adjustment_reason = forms.CharField(
        label="调整理由", max_length=500, widget=_AREA, help_text="随调整一并向社会公布。"
    )
    consented_on = DayField(
        label="同级党委同意日期", required=False, help_text="还没有同意的，可以先拟订，同意后补填再公布。"
    )
    consent = forms.CharField(label="同级党委同意的形式", max_length=200, required=False, help_text="会议名称或者文号")

    def clean(self):
        return _consent_whole(self, super().clean())


def _consent_whole(form, cleaned: dict) -> dict:
    """Day and form of a consent go together, and no consent lies ahead."""
    if bool(cleaned.get("consented_on")) != bool(cleaned.get("consent")):
        name = "consent" if cleaned.get("consented_on") else "consented_on"
        if name not in form.errors:
            form.add_error(name, "同意的日期和形式须一并填写。")
    if cleaned.get("consented_on") and cleaned["consented_on"] > today():
        form.add_error("consented_on", "同意日期不能晚于今天。")
    return cleaned


class AdjustedItemForm(AdjustmentForm, ItemForm):
    """An item as it is to be, with the reason and the consent behind its own fields."""

    field_order = ItemForm.Meta.fields

    def clean(self):
        return _consent_whole(self, ItemForm.clean(self))


class ConsentForm(forms.Form):
    """By what the Party committee agreed: to the catalogue (a step), or to one adjustment."""

    consented_on = DayField(label="同级党委同意日期")
    consent = forms.CharField(
        label="同级党委意见",
        max_length=200,
        help_text="会议名称或者文号，以及意见。例如：党委会议纪要〔2026〕3号，同意",
    )

    def clean(self):
        return _consent_whole(self, super().clean())


class EntryForm(forms.Form):
    """Which item a decision carries out, or why it is in no catalogue."""

    item = forms.ModelChoiceField(
        label="目录事项", queryset=CatalogueItem.objects.none(), required=False,
        empty_label="未列入目录，在下面说明理由", help_text="只列出本机关已经公布、没有其他决策在办理的事项。",
    )  # fmt: skip
    reason = forms.CharField(
        label="未列入目录的理由", max_length=300, required=False, widget=_AREA,
        help_text="例如：目录公布后因上级部署新出现的事项，已报请调整目录。",
    )  # fmt: skip
    amount = forms.DecimalField(label="涉及金额（万元）", max_digits=12, decimal_places=2, min_value=0, required=False)
    people = forms.IntegerField(label="直接影响人数（人）", min_value=0, max_value=2_000_000_000, required=False)
    area = forms.DecimalField(
        label="涉及土地面积（亩）", max_digits=10, decimal_places=2, min_value=0, required=False
    )  # fmt: skip
    villages = forms.IntegerField(label="涉及村（社区）（个）", min_value=0, max_value=30_000, required=False)

    def __init__(self, *args, items, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items
        self.fields["item"].label_from_instance = lambda item: f"{item.catalogue.year} 年度　{item}"
        add_measures(self, organisation)

    def clean(self):
        cleaned = super().clean()
        if "item" not in self.errors and bool(cleaned.get("item")) == bool((cleaned.get("reason") or "").strip()):
            words = "已选择目录事项的，不填理由。" if cleaned.get("item") else "请选择目录事项，或者说明未列入的理由。"
            self.add_error("reason", words)
        return cleaned


class ExplanationForm(forms.Form):
    """What the town says to one deviation."""

    explanation = forms.CharField(
        label="说明", max_length=1000, widget=_AREA, help_text="写明原因和后续安排；随年终执行情况向社会公布。"
    )


class ResultsForm(forms.Form):
    """The year-end account in words."""

    results = forms.CharField(
        label="年终执行情况", max_length=4000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="总体完成情况、主要偏差和下一步安排；逐项结果由系统附在后面，随文公布。",
    )  # fmt: skip

"""What the pages of a clean-up ask."""

from datetime import timedelta

from django import forms

from normative_docs.cleanup.outcomes import (
    ENDINGS,
    CampaignKind,
    CleanupOutcome,
    FairCompetition,
    Trigger,
)
from normative_docs.cleanup.verdicts import HINDERS
from portal.moment import today
from portal.organisations.models import Organisation
from portal.web.forms import DayField

_AREA = forms.Textarea(attrs={"rows": 3})
USUAL_DAYS = 90
"""Days from the start that a plan usually gives; only the first value of the field."""


class CampaignForm(forms.Form):
    """A clean-up as it is opened, and as it is changed while its scope isn't settled."""

    title = forms.CharField(label="标题", max_length=200, help_text="例如：龙潭镇 2026 年行政规范性文件全面清理")
    campaign_kind = forms.ChoiceField(label="清理类别", choices=CampaignKind.choices, widget=forms.RadioSelect)
    reference_on = DayField(label="清理基准日", help_text="截至当日公布、仍未失效的文件列入清单。")
    finish_by = DayField(label="完成期限", help_text="清理工作方案载明的日期。")
    handling_unit = forms.ModelChoiceField(label="牵头单位", queryset=None, empty_label="请选择")
    trigger_kind = forms.ChoiceField(
        label="专项清理的缘由",
        choices=[("", "请选择"), *(choice for choice in Trigger.choices if choice[0] != Trigger.TWO_YEARS)],
        required=False,
    )
    trigger = forms.CharField(
        label="针对的上位法、改革或者专题", widget=_AREA, required=False,
        help_text="例如：《中华人民共和国行政处罚法》2021 年修订。",
    )  # fmt: skip
    basis_words = forms.CharField(
        label="上位依据或者正文包含", max_length=200, required=False, help_text="可填几个词，用顿号分开，含其一即列入。"
    )
    topic = forms.CharField(label="主题分类包含", max_length=60, required=False)
    issued_before = DayField(label="成文日期早于", required=False)
    only_market = forms.BooleanField(label="只清理涉及经营者经济活动的文件", required=False)

    def __init__(self, *args, town, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["handling_unit"].queryset = Organisation.objects.within(town).exclude(level="village")
        self.fields["reference_on"].initial = today()
        self.fields["finish_by"].initial = today() + timedelta(days=USUAL_DAYS)
        self.fields["campaign_kind"].initial = CampaignKind.FULL

    def general(self):
        """Fields of every clean-up."""
        return [self[name] for name in ("title", "campaign_kind", "reference_on", "finish_by", "handling_unit")
                if name in self.fields]  # fmt: skip

    def special(self):
        """Fields of a special clean-up only."""
        names = ("trigger_kind", "trigger", "basis_words", "topic", "issued_before", "only_market")
        return [self[name] for name in names if name in self.fields]

    def clean(self):
        cleaned = super().clean()
        reference, finish = cleaned.get("reference_on"), cleaned.get("finish_by")
        if reference and reference > today():
            self.add_error("reference_on", "清理基准日不能晚于今天。")
        if finish and finish < today():
            self.add_error("finish_by", "完成期限不能早于今天。")
        if cleaned.get("campaign_kind") == CampaignKind.SPECIAL:
            if not cleaned.get("trigger_kind"):
                self.add_error("trigger_kind", "专项清理请选择缘由。")
            if not cleaned.get("trigger"):
                self.add_error("trigger", "请写明针对哪一部上位法、哪一项改革或者哪一专题。")
        return cleaned


class ScopeForm(CampaignForm):
    """The same while the scope isn't settled; a full clean-up stays full."""

    def __init__(self, *args, campaign, **kwargs):
        super().__init__(*args, town=campaign.town, **kwargs)
        del self.fields["campaign_kind"]
        if campaign.is_full:
            for name in ("trigger_kind", "trigger", "basis_words", "topic", "issued_before", "only_market"):
                del self.fields[name]
        self.is_full = campaign.is_full

    def clean(self):
        cleaned = super().clean()
        if not self.is_full:
            for name, words in (("trigger_kind", "专项清理请选择缘由。"), ("trigger", "请写明具体缘由。")):
                if not cleaned.get(name):
                    self.add_error(name, words)
        return cleaned


class AddDocumentForm(forms.Form):
    """A document that the conditions didn't find."""

    document = forms.ModelChoiceField(
        label="补入的文件", queryset=None, to_field_name="public_id", empty_label="请选择",
        error_messages={"invalid_choice": "请从列表中选择一件文件。"},
    )  # fmt: skip
    reason = forms.CharField(label="补入的理由", max_length=300)

    def __init__(self, *args, documents, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = documents
        self.fields["document"].label_from_instance = lambda document: (
            f"{document.title}（{document.document_number}）" if document.document_number else document.title
        )


class MoveForm(forms.Form):
    """Why a document leaves the list or comes back."""

    reason = forms.CharField(label="理由", max_length=300)


class VerdictForm(forms.Form):
    """The conclusion on one document."""

    verdict = forms.ChoiceField(label="清理结论", choices=CleanupOutcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="理由", widget=_AREA, help_text="例如：与上位法一致，继续适用；或者所依据的上位法已经废止。"
    )
    basis = forms.CharField(
        label="依据",
        max_length=300,
        required=False,
        help_text="废止、宣布失效的，送审前必须写明依据的法律、法规或者政策。",
    )
    fair_competition = forms.ChoiceField(
        label="是否含有妨碍统一市场和公平竞争的内容", required=False,
        choices=[("", "没有核查（不涉及经营者）"), *FairCompetition.choices],
    )  # fmt: skip
    unit = forms.ModelChoiceField(label="提出单位", queryset=None, required=False, empty_label="请选择")

    def __init__(self, *args, town, asks_about_competition: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Organisation.objects.within(town).exclude(level="village")
        if asks_about_competition:
            self.fields["fair_competition"].choices = [("", "请选择"), *FairCompetition.choices]
            self.fields["fair_competition"].help_text = "涉及经营者经济活动的文件，送审前必须核查。"

    def clean(self):
        cleaned = super().clean()
        hinders = cleaned.get("fair_competition") == FairCompetition.FOUND
        if cleaned.get("verdict") == CleanupOutcome.RETAIN and hinders:
            self.add_error("verdict", f"{HINDERS}。")
        return cleaned


class BulkForm(VerdictForm):
    """The same conclusion for many documents. Their units stay."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["unit"]
        self.fields["fair_competition"].choices = [("", "保持各件现有的核查结果"), *FairCompetition.choices]
        self.fields["fair_competition"].help_text = ""

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("verdict") in ENDINGS and not cleaned.get("basis"):
            self.add_error("basis", "批量废止、宣布失效的，请写明依据。")
        return cleaned

"""What the pages of a normative document ask, each step by its own form."""

from django import forms

from normative_docs.effects import comment_clock
from normative_docs.models import NormativeDocument
from normative_docs.numbers import DOCUMENTS
from normative_docs.vocabulary import IntegrityConclusion
from portal.casefiles.models import Disclosure
from portal.consultation.forms import OpeningForm
from portal.legal_review.models import Conclusion
from portal.organisations.models import Organisation
from portal.web.forms import DayField
from portal.web.inside.numbering import NumberedForm

_AREA = forms.Textarea(attrs={"rows": 4})
_LONG = forms.Textarea(attrs={"rows": 18})


class NewDocumentForm(forms.Form):
    """What is known at the start; the rest follows on the file."""

    title = forms.CharField(label="标题", max_length=200, help_text="例如：龙潭镇农村住房建设管理办法")
    handling_unit = forms.ModelChoiceField(label="起草单位", queryset=None, empty_label="请选择")
    affects_market = forms.BooleanField(label="涉及经营者经济活动（须作公平竞争审查）", required=False)
    touches_vital_interests = forms.BooleanField(label="涉及群众切身利益", required=False, initial=True)
    touches_livelihood = forms.BooleanField(label="属于重大民生事项（须召开听证会、论证会或者座谈会）", required=False)
    disclosure = forms.ChoiceField(label="公开属性", choices=Disclosure.choices)
    disclosure_reason = forms.CharField(label="依申请公开或者不予公开的理由", max_length=300, required=False)

    def __init__(self, *args, town, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["handling_unit"].queryset = Organisation.objects.within(town).exclude(level="village")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("disclosure") != Disclosure.PROACTIVE and not cleaned.get("disclosure_reason"):
            self.add_error("disclosure_reason", "依申请公开或者不予公开的，请填写理由。")
        return cleaned


class DocumentForm(forms.ModelForm):
    """The facts of a draft. What is past its stage is shown and not changed."""

    effective_on = DayField(label="施行日期", required=False)
    valid_until = DayField(label="有效期至", required=False, help_text="以文本载明的日期为准，当日仍有效。")
    issued_on = DayField(label="成文日期", required=False, help_text="仅存量登记时填写；新制发的文件由签发步骤确定。")

    TEXT = (
        "title",
        "document_kind",
        "issuing_authority",
        "handling_unit",
        "necessity",
        "research",
        "draft_text",
        "drafting_notes",
        "legal_basis",
        "topic",
        "affects_market",
        "touches_vital_interests",
        "touches_livelihood",
        "urgent_ground",
        "urgent_reason",
        "contact_name",
        "contact_phone",
        "repeals_text",
        "issued_on",
        "document_number",
    )
    DATES = ("effective_on", "commencement_reason", "valid_until", "validity_text", "adopted_at")

    class Meta:
        model = NormativeDocument
        fields = [
            "title",
            "document_kind",
            "issuing_authority",
            "handling_unit",
            "necessity",
            "research",
            "draft_text",
            "drafting_notes",
            "legal_basis",
            "topic",
            "affects_market",
            "touches_vital_interests",
            "touches_livelihood",
            "urgent_ground",
            "urgent_reason",
            "contact_name",
            "contact_phone",
            "effective_on",
            "commencement_reason",
            "valid_until",
            "validity_text",
            "adopted_at",
            "repeals_text",
            "document_number",
            "issued_on",
        ]
        widgets = {
            "necessity": _AREA,
            "research": _AREA,
            "draft_text": _LONG,
            "drafting_notes": forms.Textarea(attrs={"rows": 8}),
            "legal_basis": _AREA,
            "repeals_text": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        document = self.instance
        town = document.organisation
        self.fields["issuing_authority"].queryset = Organisation.objects.filter(
            pk__in=[town.pk, document.issuing_authority_id]
        )
        self.fields["handling_unit"].queryset = Organisation.objects.within(town).exclude(level="village")
        if not document.is_editable:
            for name in self.TEXT:
                del self.fields[name]
        elif document.stage != "drafting":
            for name in ("document_number", "issued_on"):
                del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        begins, ends = cleaned.get("effective_on"), cleaned.get("valid_until")
        if begins and ends and ends < begins:
            self.add_error("valid_until", "有效期截止日不能早于施行日期。")
        if cleaned.get("urgent_ground") and not cleaned.get("urgent_reason"):
            self.add_error("urgent_reason", "适用紧急程序的，请填写理由。")
        if cleaned.get("urgent_reason") and not cleaned.get("urgent_ground"):
            self.add_error("urgent_ground", "填写了理由的，请选择属于哪一种紧急情形。")
        return cleaned


class OpenConsultationForm(OpeningForm):
    """The notice of a consultation; its shortest period follows the facts of the draft."""

    not_shorter = "应对突发事件或者执行上级紧急命令需要缩短的，先在基本信息中登记紧急程序和理由。"

    def limit_for(self, file) -> str:
        return comment_clock(file)

    def reason_to_shorten(self, file) -> str | None:
        return file.urgent_reason if file.urgent_ground else None


class OpinionForm(forms.Form):
    """The conclusion of a legality review."""

    conclusion = forms.ChoiceField(label="审核结论", choices=Conclusion.choices, widget=forms.RadioSelect)
    opinion = forms.CharField(
        label="审核意见",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="逐条意见已登记的，这里写总的意见。",
    )


class IntegrityForm(forms.Form):
    """The integrity assessment of the draft (制度廉洁性评估)."""

    conclusion = forms.ChoiceField(label="评估结论", choices=IntegrityConclusion.choices, widget=forms.RadioSelect)
    opinion = forms.CharField(
        label="评估意见", widget=_AREA, help_text="权力运行、自由裁量、利益冲突、公开透明等方面的风险和建议。"
    )
    third_party = forms.CharField(
        label="参加的第三方", max_length=120, required=False, help_text="委托或者邀请了第三方的，写明名称。"
    )


class SignForm(NumberedForm):
    """The next 发文字号 is given by itself; one that was kept back may be used instead."""

    def series_of(self, file):
        return DOCUMENTS, file.issuing_authority


class RegisterExistingForm(forms.Form):
    """Nothing is asked beyond the confirmation: what is registered stands on the file."""

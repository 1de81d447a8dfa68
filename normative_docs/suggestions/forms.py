"""What the public fills in, and what the county and the town answer."""

from django import forms

from normative_docs.models import NormativeDocument
from normative_docs.suggestions.vocabulary import PRESSING, Proposer, RefusalGround, Result
from portal.consultation.masking import personal_numbers
from portal.organisations.models import Organisation
from portal.web.forms import DayField

_AREA = forms.Textarea(attrs={"rows": 5})


class SuggestionForm(forms.Form):
    """One suggestion. ``website`` is a box that people do not see and machines fill in.

    At a published document the document stands; alone, the maker is chosen and the document named in words.
    """

    town = forms.ModelChoiceField(
        label="制定机关", queryset=Organisation.objects.none(), to_field_name="code", empty_label="请选择"
    )
    named_document = forms.CharField(
        label="文件名称或者文号", max_length=200, help_text="例如：龙潭镇集贸市场管理办法，或者 龙政规〔2026〕3号。"
    )
    clause = forms.CharField(
        label="条款", max_length=120, required=False, help_text="例如：第六条第二款；对全文有意见的可以不填。"
    )
    reason = forms.CharField(
        label="理由和建议",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="写明哪里违法或者不当、与哪部法律法规不一致、怎样改，不超过 3000 字。请不要写身份证号等个人信息。",
        error_messages={"max_length": "理由和建议不超过 3000 字，请精简"},
    )
    proposer = forms.ChoiceField(
        label="建议人", choices=Proposer.choices, widget=forms.RadioSelect, initial=Proposer.PERSON
    )
    proposer_name = forms.CharField(
        label="姓名或者单位名称", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text="只由县级法制机构查看，不公开，也不转给制定机关。",
    )  # fmt: skip
    contact = forms.CharField(
        label="联系方式", max_length=100, required=False, widget=forms.TextInput(attrs={"autocomplete": "tel"}),
        help_text="电话或者电子邮箱，只用于核实情况。不填的，凭回执编号和查询码查看答复。",
    )  # fmt: skip
    website = forms.CharField(
        label="请留空", required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"})
    )

    def __init__(self, *args, document: NormativeDocument | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["town"].label_from_instance = lambda town: town.name
        if document is not None:
            del self.fields["town"], self.fields["named_document"]
        else:
            self.fields["town"].queryset = (
                Organisation.objects.towns().filter(valid_until__isnull=True).order_by("path")
            )

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise forms.ValidationError("“请留空”一栏请不要填写。")
        return ""

    def clean_reason(self):
        found = personal_numbers(self.cleaned_data["reason"])
        if found:
            raise forms.ValidationError(
                f"理由中含有{'、'.join(found)}。理由会转给制定机关，请删去；联系方式写在下面一栏。"
            )
        return self.cleaned_data["reason"]


def _opinion() -> forms.CharField:
    return forms.CharField(
        label="答复意见", max_length=4000, widget=_AREA, help_text="载入答复书；建议人凭查询码可以看到。"
    )


def _public_summary() -> forms.CharField:
    return forms.CharField(
        label="公开的内容", max_length=1000, widget=_AREA,
        help_text="随结果公开：建议的要点和处理意见，不写建议人的姓名、联系方式和其他个人信息。",
    )  # fmt: skip


class _Public:
    """What everybody will read holds no personal numbers."""

    def clean_public_summary(self):
        found = personal_numbers(self.cleaned_data["public_summary"])
        if found:
            raise forms.ValidationError(f"公开的内容含有{'、'.join(found)}，请遮盖。")
        return self.cleaned_data["public_summary"]


class RefuseForm(_Public, forms.Form):
    """不予受理: the ground, and the reason in words."""

    ground = forms.ChoiceField(label="情形", choices=RefusalGround.choices, widget=forms.RadioSelect)
    opinion = _opinion()
    public_summary = _public_summary()


class ConcludeForm(_Public, forms.Form):
    """What the examination came to."""

    result = forms.ChoiceField(
        label="审查结果", widget=forms.RadioSelect,
        choices=[(result.value, result.label) for result in (Result.SOUND, *PRESSING)],
    )  # fmt: skip
    opinion = _opinion()
    public_summary = _public_summary()


class AskMakerForm(forms.Form):
    """要求制定机关说明: until when, and what about."""

    until = DayField(label="说明期限")
    asked = forms.CharField(
        label="要求说明的事项", max_length=2000, widget=_AREA,
        help_text="不要写建议人的姓名、联系方式；建议的条款和理由制定机关在案卷中可以看到。",
    )  # fmt: skip


class StatementForm(forms.Form):
    """The maker's statement."""

    statement = forms.CharField(
        label="情况说明", max_length=8000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text="写明有关条款的制定依据、制定过程、执行情况和处理意见；材料可以在案卷中提交。",
    )  # fmt: skip


class GoOnForm(forms.Form):
    """逾期未说明."""

    reason = forms.CharField(label="未说明的情况", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class CorrectionForm(forms.Form):
    """What the maker did about it."""

    correction = forms.CharField(
        label="处理情况", max_length=4000, widget=_AREA,
        help_text="已修改、已废止的，写明新的文号和日期；不修改的，说明理由和依据。处理情况随结果公开。",
    )  # fmt: skip

    def clean_correction(self):
        found = personal_numbers(self.cleaned_data["correction"])
        if found:
            raise forms.ValidationError(f"处理情况含有{'、'.join(found)}，请遮盖。")
        return self.cleaned_data["correction"]


class IdentifyForm(forms.Form):
    """Which document is meant: found by number or by words of its title."""

    words = forms.CharField(label="文件名称或者文号", max_length=200)


class CountyFilter(forms.Form):
    """The county's list of suggestions, narrowed by town and state."""

    town = forms.ModelChoiceField(
        label="制定机关", queryset=Organisation.objects.none(), to_field_name="code", required=False, empty_label="全部"
    )
    state = forms.ChoiceField(
        label="状态", required=False,
        choices=(("", "办理中"), ("late", "已逾期"), ("replied", "已答复"), ("all", "全部")),
    )  # fmt: skip

    def __init__(self, *args, towns, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["town"].queryset = towns
        self.fields["town"].label_from_instance = lambda town: town.short_name

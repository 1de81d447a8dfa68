"""What the public fills in, and what the clerk answers."""

from datetime import timedelta

from django import forms

from portal.consultation.anchoring import WHOLE_DRAFT
from portal.consultation.articles import paragraphs_of
from portal.consultation.masking import personal_numbers
from portal.consultation.models import OpinionGroup, PublicComment
from portal.deadlines.forecast import reckon_for
from portal.moment import today
from portal.web.forms import DayField


class OpeningForm(forms.Form):
    """The notice with which a draft is put before the public (公告摘要卡); each procedure says which limit applies.

    ``not_shorter`` tells what to do where the period can't be shortened on this file.
    """

    not_shorter = ""

    summary = forms.CharField(
        label="公告摘要",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="说明为什么起草、主要内容、涉及哪些人、听取谁的意见。",
    )
    closes_on = DayField(label="截止日期")
    shortened_reason = forms.CharField(
        label="缩短期限的理由",
        max_length=300,
        required=False,
        help_text="截止日期早于最短期限的，必须说明理由，并写入公告。",
    )
    contact_unit = forms.CharField(label="联系单位", max_length=100)
    contact_phone = forms.CharField(label="联系电话", max_length=60)
    contact_email = forms.EmailField(label="电子邮箱", required=False)
    contact_address = forms.CharField(label="通信地址", max_length=200, required=False)

    def __init__(self, *args, file, **kwargs):
        super().__init__(*args, file=file, **kwargs)
        self.reckoning = reckon_for(file.organisation, self.limit_for(file), today())
        end, rule = self.reckoning.effective_end, self.reckoning.limit
        closes_on = self.fields["closes_on"]
        closes_on.initial = end + timedelta(days=1)
        closes_on.help_text = f"今日发布的，最短期限至 {end:%Y-%m-%d}（{rule.wording}，{rule.citation}）。"
        self.fields["contact_unit"].initial = (file.handling_unit or file.organisation).name
        self.fields["contact_phone"].initial = file.contact_phone
        reason = self.reason_to_shorten(file)
        if reason is None:
            del self.fields["shortened_reason"]
        else:
            self.fields["shortened_reason"].initial = reason

    def limit_for(self, file) -> str:
        """Code of the limit that is the shortest period for this file."""
        raise NotImplementedError

    def reason_to_shorten(self, file) -> str | None:
        """Why the period may be shorter on this file, as far as it is known; ``None`` where it may not be."""
        return ""

    def clean(self):
        cleaned = super().clean()
        closes, end = cleaned.get("closes_on"), self.reckoning.effective_end
        if closes and closes < today():
            self.add_error("closes_on", "截止日期不能早于今天。")
        elif closes and closes < end and "shortened_reason" not in self.fields:
            self.add_error("closes_on", f"最短期限至 {end:%Y-%m-%d}。{self.not_shorter}")
        elif closes and closes < end and not cleaned.get("shortened_reason"):
            self.add_error("shortened_reason", f"截止日期早于最短期限末日 {end:%Y-%m-%d}，请说明缩短的理由。")
        return cleaned


class HoneypotForm(forms.Form):
    """A form of the public. ``website`` is a box that people do not see and machines fill in."""

    website = forms.CharField(
        label="请留空", required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"})
    )

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise forms.ValidationError("“请留空”一栏请不要填写。")
        return ""


class CommentForm(HoneypotForm):
    """One opinion on a draft."""

    article = forms.ChoiceField(label="针对条款", required=False)
    content = forms.CharField(
        label="意见内容",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="请写明建议怎样修改和理由，不超过 2000 字。请不要写身份证号、手机号等个人信息。",
        error_messages={"max_length": "意见内容不超过 2000 字，请精简，或者分几条提出"},
    )
    sent_from = forms.ChoiceField(
        label="身份", choices=PublicComment.From.choices, widget=forms.RadioSelect, initial=PublicComment.From.PERSON
    )
    name = forms.CharField(
        label="姓名或者单位名称", max_length=60, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    contact = forms.CharField(
        label="联系方式",
        max_length=100,
        required=False,
        help_text="电话或者电子邮箱，只用于核实意见，不公开。",
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )
    name_is_public = forms.BooleanField(label="公布意见时可以公开我的姓名或者单位名称", required=False)

    def __init__(self, *args, draft, **kwargs):
        """:param draft: the version that is read, as a ``versions.Draft``."""
        super().__init__(*args, **kwargs)
        paragraphs = [(label, f"{label}　{clause.first_words}") for label, clause in paragraphs_of(draft.text).items()]
        self.fields["article"].choices = [("", WHOLE_DRAFT), *paragraphs]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("name_is_public") and not cleaned.get("name"):
            self.add_error("name", "同意公开姓名的，请填写姓名或者单位名称。")
        return cleaned


class OutcomeForm(forms.Form):
    """Adopted, partly, or not, and why; the same for one opinion and for several."""

    outcome = forms.ChoiceField(label="处理结果", choices=PublicComment.Outcome.choices, widget=forms.RadioSelect)
    answer = forms.CharField(
        label="理由",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="随意见一并公布。部分采纳、不采纳的，说明哪些不采纳、为什么。",
    )

    def clean_answer(self):
        return without_personal_numbers(self.cleaned_data["answer"])


class AnswerForm(OutcomeForm):
    """The answer to one opinion, with the opinion as it will be published."""

    public_text = forms.CharField(
        label="公布的意见内容",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="预填原文。原文中的个人信息、商业秘密应当遮盖；意见的意思不得改变。",
    )
    public_text.basis = "政府信息公开条例 第十五条"
    confirmed = forms.BooleanField(
        label="以上内容可以公布，不含个人隐私和商业秘密，未改变意见的原意。",
        error_messages={"required": "请先确认公布的意见内容。"},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("public_text", "outcome", "answer", "confirmed", "seen")

    def clean_public_text(self):
        return without_personal_numbers(self.cleaned_data["public_text"])


class GroupAnswerForm(OutcomeForm):
    """One outcome and one reason for all opinions of a group."""

    confirmed = forms.BooleanField(
        label="这组意见的原文可以公布，不含个人隐私和商业秘密。",
        error_messages={"required": "请先确认这组意见的原文可以公布。"},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class GroupForm(forms.Form):
    """Where the chosen opinions go: into a group that is there, or into a new one."""

    group = forms.ModelChoiceField(
        label="归入",
        queryset=OpinionGroup.objects.none(),
        required=False,
        empty_label="新的一组",
        to_field_name="number",
    )
    name = forms.CharField(
        label="意见归纳", max_length=120, required=False,
        help_text="新的一组，用一句话归纳这些意见，如“建议延长公示期”；随答复一并公布。",
    )  # fmt: skip

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        if groups.exists():
            self.fields["group"].queryset = groups
        else:
            del self.fields["group"]

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("group") and not cleaned.get("name"):
            self.add_error("name", "请用一句话归纳这组意见。")
        return cleaned

    def clean_name(self):
        return without_personal_numbers(self.cleaned_data["name"])


class DraftForm(forms.Form):
    """Why a further version of the draft is put before the public."""

    reason = forms.CharField(
        label="修改说明",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="改了哪些条款，根据什么意见改的。在草案旁边公布。",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class WithdrawForm(forms.Form):
    """Why a notice is taken down; the reason stays readable at its address."""

    reason = forms.CharField(
        label="撤下的理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text="在原网址向公众公布。"
    )


class CommentFilterForm(forms.Form):
    """The filter row over the opinions of one round."""

    answered = forms.ChoiceField(
        label="答复情况", required=False, choices=(("", "全部"), ("no", "未答复"), ("yes", "已答复"))
    )
    article = forms.ChoiceField(label="针对条款", required=False)

    group = forms.ChoiceField(label="同类意见", required=False)

    def __init__(self, *args, lines, groups, **kwargs):
        """:param lines: ``anchoring.Line`` of every paragraph with opinions. :param groups: those of the round."""
        super().__init__(*args, **kwargs)
        self.fields["article"].choices = [("", "全部"), *((line.place.key, line.place.shown) for line in lines)]
        if groups:
            self.fields["group"].choices = [
                ("", "全部"), ("none", "未归组"), *((str(group.number), str(group)) for group in groups)
            ]  # fmt: skip
        else:
            del self.fields["group"]


def without_personal_numbers(text: str) -> str:
    """The text; :raises ValidationError: an identity card or mobile number stands in it."""
    numbers = personal_numbers(text)
    if numbers:
        raise forms.ValidationError(f"含有{'、'.join(numbers)}，请遮盖后再提交。")
    return text

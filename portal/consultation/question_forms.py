"""What the public asks with, and what the answer is written and reviewed with."""

from django import forms

from portal.consultation.forms import HoneypotForm, without_personal_numbers


class QuestionForm(HoneypotForm):
    """A question about a matter."""

    content = forms.CharField(
        label="问题",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="一次问一件事，不超过 1000 字。请不要写身份证号、手机号等个人信息。",
        error_messages={"max_length": "问题不超过 1000 字，请精简，或者分几次提出"},
    )
    name = forms.CharField(
        label="姓名或者单位名称", max_length=60, required=False, help_text="可以不填，不公开。",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    contact = forms.CharField(
        label="联系方式", max_length=100, required=False, help_text="电话或者电子邮箱，只用于核实问题，不公开。",
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )  # fmt: skip


class ExplanationForm(forms.Form):
    """The answer to a question, with the question as it will be published."""

    public_text = forms.CharField(
        label="公布的问题",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="预填原文。原文中的个人信息、商业秘密应当遮盖；问题的意思不得改变。",
    )
    public_text.basis = "政府信息公开条例 第十五条"
    answer = forms.CharField(
        label="答复", max_length=4000, widget=forms.Textarea(attrs={"rows": 6}), help_text="审核后随问题一并公布。"
    )
    for_asker_only = forms.BooleanField(
        label="只答复本人，不公布", required=False, help_text="只涉及提问人个人情况的问题；提问人凭回执查看答复。"
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_answer(self):
        return without_personal_numbers(self.cleaned_data["answer"])


class ReviewForm(forms.Form):
    """The reviewer lets the answer out, or says what has to be changed."""

    verdict = forms.ChoiceField(
        label="审核结果", choices=(("settle", "同意答复"), ("back", "退回修改")), widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="退回修改的意见", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("verdict") == "back" and not cleaned.get("reason"):
            self.add_error("reason", "退回修改的，请写明意见。")
        return cleaned

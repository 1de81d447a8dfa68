from django import forms

from portal.receipts.codes import typed_code, typed_number


class StatusForm(forms.Form):
    """Number and code, as printed on the receipt. What is typed is never judged field by field."""

    number = forms.CharField(
        label="回执编号",
        max_length=80,
        help_text="印在回执上，例如 龙潭意见〔2026〕12号，括号可任意写。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请填写回执编号"},
    )
    code = forms.CharField(
        label="查询码",
        max_length=20,
        help_text="8 位字母和数字，不分大小写，没有 0、O、1、I。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
        error_messages={"required": "请填写查询码"},
    )

    def typed(self) -> tuple[str, str]:
        """Return number and code in the one form they are stored in."""
        return typed_number(self.cleaned_data["number"]), typed_code(self.cleaned_data["code"])

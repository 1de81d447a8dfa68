"""What an interpretation asks."""

from django import forms


class InterpretationForm(forms.Form):
    title = forms.CharField(label="标题", max_length=200)
    text = forms.CharField(
        label="解读文字",
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="用通俗的话说明：为什么制定、主要内容、与群众和企业有关的规定、从什么时候起施行、向谁咨询。图解和附件在“材料”中提交。",
    )

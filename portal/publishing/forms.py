"""What the pages of preparing, reviewing and taking down ask for."""

from django import forms

from portal.publishing import redaction
from portal.publishing.copying import CHECKLIST, Added


class AddedForm(forms.Form):
    """Words that the rules did not find. A row left empty is passed over."""

    words = forms.CharField(label="要隐去的文字", max_length=200, required=False)
    replacement = forms.CharField(label="替换为", max_length=60, required=False)
    kind = forms.ChoiceField(label="类别", choices=list(redaction.KINDS.items()), initial="other", required=False)

    def clean(self):
        data = super().clean()
        if data.get("replacement") and not data.get("words"):
            self.add_error("words", "请填写要隐去的文字。")
        return data


class AddedFormSet(forms.BaseFormSet):
    def added(self) -> list[Added]:
        """The rows that were filled in."""
        return [
            Added(
                words=row["words"],
                replacement=row.get("replacement") or redaction.Masking().removed,
                kind=row.get("kind") or "other",
            )
            for row in self.cleaned_data
            if row.get("words")
        ]


AddedForms = forms.formset_factory(AddedForm, formset=AddedFormSet, extra=3, max_num=50, absolute_max=50)


class ReviewForm(forms.Form):
    """The confirmation before publication (保密审查): every question must be answered yes."""

    checklist = forms.MultipleChoiceField(
        label="公开前审查",
        choices=[(question.code, f"{question.label}（{question.basis}）") for question in CHECKLIST],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请逐项审查并确认。"},
    )
    note = forms.CharField(label="审查说明", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_checklist(self):
        confirmed = self.cleaned_data["checklist"]
        if len(set(confirmed)) < len(CHECKLIST):
            raise forms.ValidationError("还有审查事项没有确认；有一项不符合的，不能公开。")
        return confirmed


class TakeDownForm(forms.Form):
    """Why something is withdrawn; the public reads the reason at the old address."""

    reason = forms.CharField(
        label="撤下理由",
        max_length=300,
        help_text="理由会在原网址向公众显示，请勿写入个人信息和不宜公开的内容。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    hides_title = forms.BooleanField(label="标题也不再显示（标题含有不应公开的内容时勾选）", required=False)

"""What the decision on a hint asks."""

from django import forms

from normative_docs.clause_check.models import Decision


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label="处理",
        choices=[(Decision.ACCEPTED, "采纳，修改文稿或者写入审核意见"), (Decision.DISMISSED, "不采纳")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="理由",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=500,
        help_text="不采纳的必须说明，例如写明所依据的法律、法规条款。理由载入合法性审核意见书。",
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("decision") == Decision.DISMISSED and not cleaned.get("reason", "").strip():
            self.add_error("reason", "请写明不采纳的理由。")
        return cleaned

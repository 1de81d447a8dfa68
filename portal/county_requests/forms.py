"""What is asked of the town, and of the county."""

from django import forms

from portal.county_requests.models import CountyRequest
from portal.county_requests.vocabulary import Conclusion


class AskForm(forms.Form):
    """The step that opens a request."""

    matter = forms.CharField(
        label="请示、报审的事项和理由",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="写明请县级研究、答复的问题和本单位的意见。保存后再核对材料、报送。",
    )


class MatterForm(forms.ModelForm):
    class Meta:
        model = CountyRequest
        fields = ("matter",)
        widgets = {"matter": forms.Textarea(attrs={"rows": 8})}


class ReplyForm(forms.Form):
    """The county's answer."""

    conclusion = forms.ChoiceField(label="答复", choices=Conclusion.choices, widget=forms.RadioSelect)
    reply = forms.CharField(
        label="答复意见",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="要求修改的，写明哪些条款、怎样修改和依据。这些文字印入答复函。",
    )

"""What the pages of a bulletin ask."""

from django import forms

from portal.bulletins.periods import Span, ended_spans
from portal.moment import today


class StartForm(forms.Form):
    """On which period: one that has ended."""

    span = forms.ChoiceField(label="期间", help_text="数据在立卷时汇总，审签前可以更新，审签时固定。")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["span"].choices = [(span.key, span.label) for span in ended_spans(today())]

    def clean_span(self) -> Span:
        return Span.of_key(self.cleaned_data["span"])


def text_form(sections, data=None) -> forms.Form:
    """One form for all parts, each with what the writer saw of it."""
    fields, initial = {}, {}
    for section in sections:
        fields[f"text_{section.code}"] = forms.CharField(
            label=section.title, max_length=8000, widget=forms.Textarea(attrs={"rows": 5})
        )
        fields[f"seen_{section.code}"] = forms.CharField(widget=forms.HiddenInput, max_length=16)
        initial[f"text_{section.code}"] = section.text
        initial[f"seen_{section.code}"] = section.seen
    return type("TextForm", (forms.Form,), fields)(data, initial=initial)

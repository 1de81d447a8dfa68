"""What is asked at the end of an appointment, whoever was appointed."""

from django import forms

from portal.web.forms import DayField


class EndForm(forms.Form):
    """The last day, and why."""

    on = DayField(label="最后一天", help_text="这一天仍在聘；此前出具的意见不受影响。")
    reason = forms.CharField(label="理由", max_length=200)

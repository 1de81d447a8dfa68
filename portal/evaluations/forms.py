"""What the pages of evaluations ask."""

from datetime import timedelta

from django import forms

from portal.moment import today
from portal.web.forms import DayField


class QuestionnaireForm(forms.Form):
    """From when to when the usual questionnaire is open."""

    opens_on = DayField(label="开始日期")
    closes_on = DayField(label="截止日期", help_text="当日仍可填答；截止后可以收录结果。")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["opens_on"].initial = today()
        self.fields["closes_on"].initial = today() + timedelta(days=15)

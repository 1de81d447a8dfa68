"""What is asked of an expert, and at the end of an appointment."""

from django import forms

from portal.capacity.experts.models import Expert
from portal.capacity.experts.vocabulary import Field, Kind
from portal.moment import today
from portal.web.forms import DayField


class ExpertForm(forms.ModelForm):
    """One expert. On a change the contact stays hidden: what is typed replaces it, nothing typed keeps it."""

    expertise = forms.MultipleChoiceField(
        label="专业领域", choices=Field.choices, widget=forms.CheckboxSelectMultiple, help_text="可以选几项。",
        error_messages={"invalid_choice": f"“%(value)s”不是可选的专业领域，可选：{'、'.join(Field.labels)}"},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="类别", choices=[("", "请选择"), *Kind.choices],
        error_messages={"invalid_choice": f"“%(value)s”不是可选的类别，可选：{'、'.join(Kind.labels)}"},
    )  # fmt: skip
    appointed_from = DayField(label="聘任日期", initial=today)
    appointed_until = DayField(
        label="聘期至", required=False, help_text="最后一天，当日仍在聘；没有约定期限的留空。"
    )  # fmt: skip

    class Meta:
        model = Expert
        fields = (
            "name", "expertise", "kind", "employer", "title", "interests", "contact", "appointed_from",
            "appointed_until", "consents_to_publication",
        )  # fmt: skip
        labels = {"consents_to_publication": "本人已书面同意公开姓名、工作单位、职称和专业领域"}
        help_texts = {
            "title": "例如：教授级高级工程师、一级造价工程师。",
            "interests": "一行一个：任职或者投资的企业，配偶、子女等近亲属所在的单位。选用时据此提示。",
            "contact": "电话或者电子邮箱，不公开；每次查看都有记录。",
            "consents_to_publication": "没有同意的，不在公开页面出现；联系方式任何时候都不公开。",
        }
        widgets = {"interests": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["contact"] = ""
            self.fields["contact"].help_text = "不改动的留空。" + self.fields["contact"].help_text

    def clean_name(self):
        return "".join(self.cleaned_data["name"].split())

    def clean_employer(self):
        return " ".join(self.cleaned_data["employer"].split())

    def clean(self):
        found = super().clean()
        start, end = found.get("appointed_from"), found.get("appointed_until")
        if start and end and end < start:
            self.add_error("appointed_until", "聘期届满日不能早于聘任日期。")
        return found

    def _post_clean(self):
        """The constraints are judged by the service, which says beside which field; nothing is written here."""

    @property
    def facts(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

"""What the pages of an annual report ask."""

from django import forms

from portal.moment import today
from portal.organisations.models import OrganisationKind
from portal.reports.writing import FIRST_YEAR

_BASIS = "法治政府建设与责任落实督察工作规定 第二十三条"


def recipients_for(report) -> list[tuple[str, str, bool]]:
    """(name, label, always) of the bodies a report goes to: the county, its party committee, who is copied."""
    county = report.town.county()
    place = county.name.removesuffix("人民政府")
    found = [
        (county.name, f"{county.name}（主送）", True),
        (f"中共{place}委员会", f"中共{place}委员会（主送）", True),
        (
            f"中共{place}委员会全面依法治县委员会办公室",
            f"中共{place}委员会全面依法治县委员会办公室（抄送督察单位）",
            True,
        ),
    ]
    if report.town.kind == OrganisationKind.TOWN_GOVERNMENT:
        own = report.town.name.removesuffix("人民政府")
        found += [
            (f"中共{own}委员会", f"中共{own}委员会", True),
            (f"{own}人民代表大会主席团", f"{own}人民代表大会主席团", False),
        ]
    return found


class SubmitForm(forms.Form):
    """To whom the report goes. Those whom the rule names are ticked."""

    recipients = forms.MultipleChoiceField(
        label="报送对象", widget=forms.CheckboxSelectMultiple, help_text="报送上一级党委和政府，抄送上一级督察单位。"
    )
    more = forms.CharField(
        label="其他报送对象", required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="每行一个。",
    )  # fmt: skip

    def __init__(self, *args, file, **kwargs):
        super().__init__(*args, file=file, **kwargs)  # the common form of steps stands beneath this one
        self.fields["recipients"].basis = _BASIS
        bodies = recipients_for(file)
        self.fields["recipients"].choices = [(name, label) for name, label, _ in bodies]
        self.fields["recipients"].initial = [name for name, _, always in bodies if always]
        self.superior = bodies[0][0]

    def clean_recipients(self):
        chosen = self.cleaned_data["recipients"]
        if self.superior not in chosen:
            raise forms.ValidationError(f"应当报送{self.superior}。")
        return chosen


class StartForm(forms.Form):
    """On which year: one that has ended."""

    year = forms.TypedChoiceField(label="报告年度", coerce=int)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        last = today().year - 1
        self.fields["year"].choices = [(year, f"{year}年度") for year in range(last, max(FIRST_YEAR, last - 9) - 1, -1)]
        self.fields["year"].help_text = "报告上一年度情况：次年 2 月底前上报，3 月 31 日前公开。"
        self.fields["year"].basis = "法治政府建设与责任落实督察工作规定 第二十三条、第二十四条"


class SectionForm(forms.Form):
    """One chapter's text; only a chapter that may be left out can be emptied."""

    text = forms.CharField(
        label="正文", max_length=20000, widget=forms.Textarea(attrs={"rows": 16}),
        help_text="每行一段。三级、四级标题写作“1.”“（1）”。由数据组成的句子原样保留时，更新数据会一并更新。",
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, *args, chapter, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].required = chapter.required

"""What the pages and steps of an incidental review ask."""

from django import forms

from normative_docs.models import NormativeDocument
from normative_docs.suggestions.models import IncidentalReview
from normative_docs.suggestions.vocabulary import Channel, Verdict
from portal.moment import today
from portal.web.forms import DayField

_AREA = forms.Textarea(attrs={"rows": 4})


def _not_later(day, label):
    if day is not None and day > today():
        raise forms.ValidationError(f"{label}不能晚于今天。")
    return day


class RegisterForm(forms.Form):
    """What stands on the paper that came in."""

    document_number = forms.CharField(
        label="规范性文件的文号或者名称",
        max_length=200,
        help_text="文号须完整，例如 龙政规〔2026〕3号；也可以填完整的文件名称。",
    )
    channel = forms.ChoiceField(label="来源", choices=Channel.choices, widget=forms.RadioSelect)
    requesting_body = forms.CharField(
        label="提出机关", max_length=120, help_text="例如：云溪县人民政府（行政复议机构）。"
    )
    case_number = forms.CharField(label="案号", max_length=120)
    clause = forms.CharField(label="被审查的条款", max_length=120, required=False)
    received_on = DayField(label="收到来文日期", help_text="答复期限自这一天起算，不是登记的日期。")
    applied_on = DayField(
        label="申请人提出附带审查申请的日期", required=False, help_text="行政复议附带审查填写；不知道的可以不填。"
    )
    needs_collective_view = forms.BooleanField(label="答复须经集体讨论", required=False)

    def __init__(self, *args, documents, **kwargs):
        super().__init__(*args, **kwargs)
        self.documents = documents

    def clean_document_number(self):
        words = self.cleaned_data["document_number"].strip().strip("《》")
        found = list(self.documents.filter(document_number=words)[:2]) or list(self.documents.filter(title=words)[:2])
        if not found:
            raise forms.ValidationError("没有找到本机关公布的这件文件，请核对文号或者名称。")
        if len(found) > 1:
            raise forms.ValidationError("有不止一件同名文件，请填写文号。")
        self.document: NormativeDocument = found[0]
        return words

    def clean_received_on(self):
        return _not_later(self.cleaned_data["received_on"], "收到来文日期")

    def clean(self):
        cleaned = super().clean()
        applied, received = cleaned.get("applied_on"), cleaned.get("received_on")
        if applied and received and applied > received:
            self.add_error("applied_on", "申请日期不能晚于收到来文日期。")
        return cleaned


class StatementForm(forms.ModelForm):
    """合法性说明."""

    class Meta:
        model = IncidentalReview
        fields = ("statement", "needs_collective_view")
        widgets = {"statement": forms.Textarea(attrs={"rows": 14})}
        help_texts = {
            "statement": "逐条写明制定权限、依据、程序，被审查条款与上位法的关系，以及处理意见。载入书面答复。",
            "needs_collective_view": "涉及重大问题或者拟承认不合法的，先提请集体讨论。",
        }


class SendForm(forms.Form):
    """签发并送出."""

    sent_on = DayField(label="送出日期", help_text="以这一天判断是否按期答复。")

    def clean_sent_on(self):
        return _not_later(self.cleaned_data["sent_on"], "送出日期")


class ResultForm(forms.Form):
    """What the other body decided."""

    verdict = forms.ChoiceField(label="认定结果", choices=Verdict.choices, widget=forms.RadioSelect)
    verdict_on = DayField(label="认定日期")
    verdict_text = forms.CharField(label="认定内容", max_length=4000, widget=_AREA, required=False)

    def clean_verdict_on(self):
        return _not_later(self.cleaned_data["verdict_on"], "认定日期")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("verdict") == Verdict.UNLAWFUL and not cleaned.get("verdict_text"):
            self.add_error("verdict_text", "认定不合法的，请填写认定内容。")
        return cleaned


class CarryOutForm(forms.Form):
    """启动修改或者废止."""

    act = forms.ChoiceField(
        label="处理方式", choices=(("amend", "修改"), ("repeal", "废止")), widget=forms.RadioSelect,
        help_text="系统立卷起草修改或者废止的文件，走完整的制定程序。",
    )  # fmt: skip

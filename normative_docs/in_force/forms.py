"""What the pages ask: an act on a document, a consolidated text, its confirmation, what a draft will end."""

from django import forms

from normative_docs.in_force import targets
from normative_docs.in_force.articles import announced, listed_articles, read_list
from normative_docs.in_force.models import RelationKind
from normative_docs.in_force.planning import PLANNABLE
from normative_docs.models import NormativeDocument
from portal.publishing.copying import CHECKLIST
from portal.web.forms import DayField, UploadField

_AREA = {"rows": 3}
PORTAL, OUTSIDE = "portal", "outside"
KINDS_THAT_END = (
    RelationKind.REPEALS, RelationKind.DECLARES_LAPSED, RelationKind.REPLACES, RelationKind.REVOKES,
    RelationKind.REPEALS_PART,
)  # fmt: skip


class ActForm(forms.Form):
    """An act on a published document: by a document of the portal, found by its number, or by an act from outside.

    ``document`` is the one acted on. After cleaning ``through`` holds the acting document of the portal, or ``None``.
    """

    use_required_attribute = False

    by_what = forms.ChoiceField(
        label="依据的文件",
        choices=[(PORTAL, "本平台公布的文件（按文号查找）"), (OUTSIDE, "本平台以外的文件或者决定")],
        widget=forms.RadioSelect,
        initial=PORTAL,
    )
    number = forms.CharField(label="文号", max_length=80, help_text="例如：龙政规〔2026〕3号")
    title = forms.CharField(
        label="文件名称", max_length=200, required=False, help_text="本平台以外的文件须填写；名称会向公众显示。"
    )
    on = DayField(label="生效日期", help_text="从这一天零时起产生效力。")
    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs=_AREA))
    basis = forms.CharField(label="法律依据", max_length=300, required=False)

    def __init__(self, *args, document: NormativeDocument, **kwargs):
        self.document = document
        super().__init__(*args, **kwargs)

    def clean(self):
        data = super().clean()
        data["through"] = None
        if data.get("by_what") == OUTSIDE:
            if not data.get("title"):
                self.add_error("title", "请填写文件名称。")
        elif data.get("number"):
            data["through"] = self._found(data["number"])
        return data

    def _found(self, number: str) -> NormativeDocument | None:
        found = [one for one in targets.named(number=number) if one.pk != self.document.pk]
        if len(found) == 1:
            return found[0]
        self.add_error(
            "number",
            "有多件文件使用这个文号，请改选“本平台以外的文件或者决定”并填写名称。"
            if found
            else "本平台没有公布这个文号的文件；请核对文号，或者改选“本平台以外的文件或者决定”。",
        )
        return None


class EndForm(ActForm):
    """Repeal, declare lapsed, replace, revoke; the whole document or a part."""

    kind = forms.ChoiceField(
        label="变动方式", choices=[(kind.value, kind.label) for kind in KINDS_THAT_END], widget=forms.RadioSelect,
        initial=RelationKind.REPEALS,
    )  # fmt: skip
    part = forms.CharField(
        label="废止的条款", max_length=300, required=False, help_text="只在部分废止时填写，例如：第五条、第八条第二款"
    )
    field_order = ("kind", "part")

    def clean(self):
        data = super().clean()
        if data.get("kind") == RelationKind.REPEALS_PART and not data.get("part"):
            self.add_error("part", "部分废止的，请填写废止的条款。")
        return data


class AmendForm(ActForm):
    """An amendment and the articles that it changes."""

    articles = forms.CharField(
        label="修改了哪些条款",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="一行一类，例如“修改：第三条、第八条”“删去：第五条”“增加：第九条”；也可以粘贴修改决定的原文。"
        "依据本平台文件的，留空时从该文件读取。",
    )

    def clean(self):
        data = super().clean()
        changes = read_list(data.get("articles") or "")
        if not data.get("articles") and data.get("through") is not None:
            changes = announced(data["through"].draft_text)
        if not changes and "number" not in self.errors and "title" not in self.errors:
            self.add_error("articles", "没有读出修改的条款，请按示例填写。")
        data["changes"] = changes
        return data


class ProlongForm(ActForm):
    """A continuation that was registered and published elsewhere or before the portal's time."""

    valid_until = DayField(label="延续后的有效期至", help_text="以文件载明的日期为准，当日仍有效。")


class TextForm(forms.Form):
    """The consolidated text, typed or uploaded."""

    use_required_attribute = False

    upload = UploadField(
        label="上传合并文本", kinds=("docx", "pdf", "txt"), required=False,
        help_text="上传后读出文字，请在下面核对。选择了文件的，以文件内容为准。",
    )  # fmt: skip
    text = forms.CharField(
        label="合并文本", required=False, widget=forms.Textarea(attrs={"rows": 24}), strip=False,
        help_text="写入修改后的全文，没有改动的条款原样保留。",
    )  # fmt: skip
    hidden_words = forms.CharField(
        label="另须隐去的文字", required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="一行一处。公布文本中已隐去的文字和规则能识别的个人信息会自动列出。",
    )  # fmt: skip
    mismatch_reason = forms.CharField(
        label="与修改决定不相符的理由", max_length=500, required=False, widget=forms.Textarea(attrs=_AREA),
        help_text="逐条相符的不用填写；不相符的不填理由不能保存，理由随版本留存。",
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # An uploaded file takes the place of what stands in the box.
        self.fields["text"].required = not self.files.get("upload")


class ConfirmForm(forms.Form):
    """The second pair of eyes."""

    checklist = forms.MultipleChoiceField(
        label="公开前审查",
        choices=[(question.code, f"{question.label}（{question.basis}）") for question in CHECKLIST],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请逐项审查并确认。"},
    )
    added = forms.CharField(
        label="另须隐去的文字", required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="一行一处。"
    )
    text_is_right = forms.BooleanField(label="合并文本与公布文本和修改决定一致，可以作为现行文本公开")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_checklist(self):
        confirmed = self.cleaned_data["checklist"]
        if len(set(confirmed)) < len(CHECKLIST):
            raise forms.ValidationError("还有审查事项没有确认；有一项不符合的，不能公开。")
        return confirmed


class PlanForm(forms.Form):
    """One document that a draft will end or change, by its number or its title."""

    use_required_attribute = False

    kind = forms.ChoiceField(label="变动方式", choices=[(kind.value, kind.label) for kind in PLANNABLE])
    number = forms.CharField(label="文号", max_length=80, required=False)
    title = forms.CharField(label="文件名称", max_length=200, required=False, help_text="没有文号的，填写名称。")
    part = forms.CharField(
        label="条款",
        max_length=300,
        required=False,
        help_text="部分废止、修改时填写，例如“修改：第三条；增加：第五条”；修改的留空则从正文读取。",
    )
    on = DayField(label="生效日期", required=False, help_text="留空：自本文件施行之日起。")
    absent_reason = forms.CharField(
        label="库内没有这件文件的说明", max_length=300, required=False, help_text="例如：2012年前的文件，尚未录入。"
    )

    def __init__(self, *args, source: NormativeDocument, **kwargs):
        self.source = source
        super().__init__(*args, **kwargs)

    def clean(self):
        data = super().clean()
        data["target"] = None
        number, title = data.get("number", ""), data.get("title", "")
        if data.get("kind") == RelationKind.AMENDS and data.get("part") and not listed_articles(data["part"]):
            self.add_error("part", "没有读出条款，请按示例填写，或者留空。")
        if not number and not title:
            self.add_error("number", "请填写文号或者文件名称。")
            return data
        found = [one for one in targets.named(title, number) if one.pk != self.source.pk]
        if len(found) == 1:
            data["target"] = found[0]
        elif found:
            names = "；".join(f"《{one.title}》（{one.document_number}）" for one in found[:5])
            self.add_error("number", f"有多件文件符合，请填写文号：{names}")
        elif not data.get("absent_reason"):
            self.add_error("absent_reason", "库内没有找到这件文件；请核对文号和名称，确实没有的请填写说明。")
        return data

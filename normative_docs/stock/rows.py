"""Checking one row: what of it is wrong, what deserves a look, and the fields of the document it stands for."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django import forms
from django.forms.models import model_to_dict

from normative_docs.importing.numbers import normalised_number, number_on_line
from normative_docs.importing.titles import normalised_title
from normative_docs.models import NormativeDocument
from normative_docs.recording import kind_of_title
from normative_docs.stock.columns import BY_CODE, COLUMNS, names_of
from normative_docs.stock.models import StockLine
from normative_docs.vocabulary import DocumentKind
from portal.casefiles.models import Disclosure
from portal.moment import today
from portal.organisations.models import Organisation
from portal.web.forms import DayField

# What a file without them would be asked for; a list of files is judged by the same.
WANTED = ("document_number", "issuing_authority", "issued_on", "effective_on", "valid_until")
DAYS = tuple(column.code for column in COLUMNS if column.kind == "日期")
# Facts in which a row may differ from what is on record; told, never changed.
COMPARED = ("title", "issued_on", "effective_on", "valid_until")


def _label_choices(choices) -> list[tuple[str, str]]:
    return [(label, label) for _value, label in choices]


class StockRowForm(forms.Form):
    """One row as typed; the words of a list are what its choices show."""

    title = forms.CharField(max_length=200)
    document_number = forms.CharField(max_length=60, required=False)
    issuing_authority = forms.CharField(max_length=120)
    document_kind = forms.ChoiceField(choices=_label_choices(DocumentKind.choices), required=False)
    issued_on = DayField()
    published_on = DayField(required=False)
    effective_on = DayField(required=False)
    valid_until = DayField(required=False)
    validity_text = forms.CharField(max_length=300, required=False)
    repealed_on = DayField(required=False)
    registration_number = forms.CharField(max_length=60, required=False)
    adopted_at = forms.CharField(max_length=120, required=False)
    topic = forms.CharField(max_length=60, required=False)
    legal_basis = forms.CharField(required=False)
    repeals_text = forms.CharField(required=False)
    disclosure = forms.ChoiceField(choices=_label_choices(Disclosure.choices))
    disclosure_reason = forms.CharField(max_length=300, required=False)
    draft_text = forms.CharField(required=False)
    source_file = forms.CharField(max_length=255, required=False)

    def __init__(self, *args, organisation: Organisation, names: list[str], from_file: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisation, self.names, self.from_file = organisation, names, from_file
        for code, column in BY_CODE.items():
            self.fields[code].label = column.label
            self.fields[code].error_messages["required"] = f"请填写{column.label}"
            if isinstance(self.fields[code], forms.ChoiceField):
                words = "、".join(word for word, _ in self.fields[code].choices)
                self.fields[code].error_messages["invalid_choice"] = f"“%(value)s”不在可选的内容中，请填写：{words}"
        if from_file:
            # What the machine did not read is asked for when a person checks the draft, not here.
            for code in ("issued_on", "issuing_authority", "disclosure"):
                self.fields[code].required = False

    def clean_title(self):
        return self.cleaned_data["title"].strip("《》 \u3000") or self.cleaned_data["title"]

    def clean_document_number(self):
        return normalised_number(self.cleaned_data["document_number"])

    def clean_issuing_authority(self):
        name = self.cleaned_data["issuing_authority"]
        if not name or self.organisation is None or any(_same_body(name, known) for known in self.names):
            return name
        raise forms.ValidationError(f"“{name}”不是本机关；这里只登记{self.organisation.name}制发的文件")

    def clean(self):
        found = super().clean()
        issued, effective, until = found.get("issued_on"), found.get("effective_on"), found.get("valid_until")
        if issued and issued > today():
            self.add_error("issued_on", "成文日期晚于今天，尚未制发的文件不能作存量登记")
        if effective and until and until < effective:
            self.add_error("valid_until", "有效期截止日早于施行日期")
        for code in ("published_on", "repealed_on"):
            if issued and found.get(code) and found[code] < issued:
                self.add_error(code, f"{BY_CODE[code].label}早于成文日期")
        disclosure = found.get("disclosure") or Disclosure.PROACTIVE.label
        if disclosure != Disclosure.PROACTIVE.label and not found.get("disclosure_reason"):
            self.add_error("disclosure_reason", f"{disclosure}的，请填写理由")
        if not found.get("draft_text") and not self.from_file:
            self.add_error("draft_text", "请填写正文，或者连同原文打成压缩包上传")
        return found


def _same_body(name: str, known: str) -> bool:
    """甲县龙潭镇人民政府 and 龙潭镇人民政府 are one body; a longer name only adds the superior in front."""
    return name == known or (len(known) > 4 and name.endswith(known)) or (len(name) > 4 and known.endswith(name))


@dataclass
class Checked:
    """The outcome of checking one row; ``values`` are fields of the document as JSON text."""

    values: dict[str, str] = field(default_factory=dict)
    problems: list[list[str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    known: NormativeDocument | None = None

    @property
    def outcome(self) -> str:
        if self.problems:
            return StockLine.Outcome.FAULTY
        return StockLine.Outcome.KNOWN if self.known else StockLine.Outcome.NEW


class Checker:
    """Checks the rows of one list or packet for a town, knowing what is on record and what stood above."""

    def __init__(self, organisation: Organisation):
        self.organisation = organisation
        self.names = names_of(organisation)
        self.above: dict[tuple, int] = {}

    def check(self, number: int, typed: dict[str, str], *, from_file: bool = False) -> Checked:
        """Judge a row.

        :param number: its number, told to a later row that repeats it.
        :param from_file: read by the machine, so that gaps are filled on the draft and not here.
        """
        form = StockRowForm(typed, organisation=self.organisation, names=self.names, from_file=from_file)
        form.is_valid()
        problems = [[form.fields[code].label, error] for code, errors in form.errors.items() for error in errors]
        result = Checked(problems=problems)
        clean = form.cleaned_data
        result.values = {code: typed[code] for code in typed if code not in clean} | _plain(clean)
        self._identify(number, clean, result)
        self._look_closer(clean, result)
        if from_file:
            result.missing = [BY_CODE[code].label for code in WANTED if not clean.get(code)]
        return result

    def _identify(self, number: int, clean: dict, result: Checked) -> None:
        identity = _identity(clean.get("document_number"), clean.get("title"), clean.get("issued_on"))
        if identity is None:
            return
        result.known = self.on_record.get(identity)
        first = self.above.setdefault(identity, number)
        if first != number:
            result.problems.append(["发文字号" if identity[0] else "标题", f"与第 {first} 行是同一件文件，请删去一行"])
        elif result.known is not None:
            stored = model_to_dict(result.known, COMPARED)
            differing = [BY_CODE[c].label for c in COMPARED if clean.get(c) and clean[c] != stored[c]]
            if differing:
                result.warnings.append(f"与已登记的{'、'.join(differing)}不同；已登记的内容不会改动。")

    def _look_closer(self, clean: dict, result: Checked) -> None:
        number, title = clean.get("document_number"), clean.get("title") or ""
        if number and number_on_line(number) is None:
            result.warnings.append("发文字号的写法不常见，请核对。")
        issued, effective = clean.get("issued_on"), clean.get("effective_on")
        if issued and number and f"〔{issued.year}〕" not in number and "〔" in number:
            result.warnings.append("发文字号的年份与成文日期的年份不同，请核对。")
        if issued and effective and effective < issued:
            result.warnings.append("施行日期早于成文日期，请核对。")
        if ("试行" in title or "暂行" in title) and not clean.get("valid_until"):
            result.warnings.append("试行、暂行文件没有载明有效期。")

    @cached_property
    def on_record(self) -> dict[tuple, NormativeDocument]:
        """Documents of the town by what tells them apart: number, or title and day where there is no number."""
        found = {}
        rows = NormativeDocument.objects.filter(issuing_authority=self.organisation).exclude(stage="terminated")
        for document in rows.defer("draft_text", "drafting_notes").order_by("-pk"):
            identity = _identity(document.document_number, document.title, document.issued_on)
            if identity is not None:
                found[identity] = document
        return found


def _identity(number: str | None, title: str | None, issued_on: date | None) -> tuple | None:
    if number:
        return normalised_number(number), "", None
    return ("", normalised_title(title), issued_on) if title and issued_on else None


def _plain(clean: dict) -> dict[str, str]:
    return {code: value.isoformat() if isinstance(value, date) else value for code, value in clean.items() if value}


def document_fields(values: dict[str, str]) -> dict:
    """The fields of a document out of the plain values of a checked row."""
    kinds = {label: value for value, label in DocumentKind.choices}
    disclosures = {label: value for value, label in Disclosure.choices}
    skipped = ("issuing_authority", "document_kind", "disclosure", "source_file", *DAYS)
    fields = {code: value for code, value in values.items() if code not in skipped}
    fields |= {code: date.fromisoformat(values[code]) for code in DAYS if values.get(code)}
    fields["document_kind"] = kinds.get(values.get("document_kind", ""), kind_of_title(values["title"]))
    fields["disclosure"] = disclosures.get(values.get("disclosure", ""), Disclosure.PROACTIVE)
    return fields

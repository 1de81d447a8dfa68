"""How a form looks: one template per field, hints and errors tied to the control.

``FORM_RENDERER = "portal.web.forms.PortalFormRenderer"``. A page writes
``{{ form.title.as_field_group }}`` and, on top, ``components/error_summary.html``.
"""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

# What an upload field may accept: word for people, content of the ``accept`` attribute.
FILE_KINDS = {
    "pdf": ("PDF", ".pdf"),
    "ofd": ("OFD", ".ofd"),
    "docx": ("Word", ".docx"),
    "xlsx": ("Excel", ".xlsx"),
    "txt": ("纯文本", ".txt"),
    "csv": ("CSV", ".csv"),
    "zip": ("ZIP 压缩包", ".zip"),
    "png": ("PNG 图片", ".png"),
    "jpg": ("JPG 图片", ".jpg,.jpeg"),
}


class PortalBoundField(BoundField):
    """A field that knows its own class, hint and place for the error summary to jump to.

    An empty required field is named in its message (请填写文号), so that the summary makes sense alone.
    """

    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
            field.error_messages["required"] = f"{self._verb(field.widget)}{self.label}"
        self._name_empty_choice(field.widget)

    @staticmethod
    def _name_empty_choice(widget) -> None:
        """A list made from a model begins with a row of dashes; here it says what to do."""
        if isinstance(widget, forms.Select):
            choices = list(widget.choices)
            if choices and choices[0] == BLANK_CHOICE_DASH[0]:
                widget.choices = [("", "请选择"), *choices[1:]]

    @staticmethod
    def _verb(widget) -> str:
        if isinstance(widget, forms.FileInput):
            return "请上传"
        if isinstance(widget, forms.CheckboxInput):
            return "请先确认："
        return "请选择" if isinstance(widget, forms.Select | forms.RadioSelect) else "请填写"

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        style = self._control_class(widget)
        if style:
            attrs["class"] = " ".join(filter(None, [widget.attrs.get("class"), style]))
        return attrs

    @staticmethod
    def _control_class(widget) -> str:
        if widget.is_hidden:
            return ""
        if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
            return "form-check-input"
        return "form-select" if isinstance(widget, forms.Select) else "form-control"

    @property
    def hint(self) -> str:
        """Help text, and for uploads what is accepted."""
        return "".join(str(part) for part in (self.help_text, getattr(self.field, "accepted_text", "")) if part)

    @property
    def basis(self) -> str:
        """The article a field obeys (``field.basis``), printed small below the hint."""
        return getattr(self.field, "basis", "")

    @property
    def aria_describedby(self):
        own = self.field.widget.attrs.get("aria-describedby")
        if own or not self.auto_id or self.is_hidden:
            return own
        parts = (("helptext", self.hint), ("basis", self.basis), ("error", self.errors))
        return " ".join(f"{self.auto_id}_{name}" for name, present in parts if present)

    @property
    def anchor(self) -> str:
        """Id of the first control, where the error summary leads."""
        if self.use_fieldset and isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id

    @property
    def is_optional(self) -> bool:
        """Whether 「选填」 is printed: fields are required unless they say otherwise."""
        single_box = isinstance(self.field.widget, forms.CheckboxInput)
        return not self.field.required and not single_box and getattr(self.form, "mark_optional", True)

    @property
    def is_single_box(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)


class PortalFormRenderer(DjangoTemplates):
    """The project's templates first, Django's own widgets behind them."""

    form_template_name = "forms/form.html"
    formset_template_name = "forms/formset.html"
    field_template_name = "forms/field.html"
    bound_field_class = PortalBoundField

    def get_template(self, template_name):
        try:
            return get_template(template_name)
        except TemplateDoesNotExist:
            return super().get_template(template_name)


class DateInput(forms.DateInput):
    """The browser's own date control; what is no date is given back as text, since nothing typed may be lost."""

    input_type = "date"
    _ISO = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown and not self._ISO.fullmatch(shown):
            context["widget"]["type"] = "text"
        return context


class DateTimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class DayField(forms.DateField):
    """A day, also when typed as people write it: 2026年9月5日, 2026.9.5, 2026/9/5, 20260905."""

    widget = DateInput
    default_error_messages = {"invalid": "请填写正确的日期，例如 2026-09-05"}
    _WRITTEN = re.compile(r"^(\d{4})\s*[年./-]?\s*(\d{1,2})\s*[月./-]?\s*(\d{1,2})\s*日?$")

    def to_python(self, value):
        if isinstance(value, str) and value.strip():
            match = self._WRITTEN.match(value.strip())
            if not match:
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            try:
                return date(*(int(part) for part in match.groups()))
            except ValueError:
                raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        return super().to_python(value)


class UploadField(forms.FileField):
    """A file whose accepted kinds and size stand before choosing.

    Only the name and size are judged here; the documents room judges the content.

    :param kinds: names from ``FILE_KINDS``.
    :param max_megabytes: largest size, in MB of 1024 × 1024 bytes.
    """

    def __init__(self, *, kinds=("pdf", "ofd", "docx"), max_megabytes=50, **kwargs):
        self.kinds = tuple(kinds)
        self.max_megabytes = max_megabytes
        super().__init__(**kwargs)

    @property
    def accepted_text(self) -> str:
        words = [FILE_KINDS[kind][0] for kind in self.kinds]
        listed = "、".join(words[:-1]) + " 或 " + words[-1] if len(words) > 1 else words[0]
        return f"{listed}，不超过 {self.max_megabytes} MB。不得上传涉密文件。"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return tuple(suffix for kind in self.kinds for suffix in FILE_KINDS[kind][1].split(","))

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"accept": ",".join(self.suffixes)}

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if upload and upload is not initial:
            if not upload.name.lower().endswith(self.suffixes):
                raise ValidationError(
                    f"「{upload.name}」不是可以接受的格式，请上传{self.accepted_text.split('，')[0]}文件"
                )
            if upload.size > self.max_megabytes * 1024 * 1024:
                raise ValidationError(f"「{upload.name}」超过 {self.max_megabytes} MB，请压缩或者分开上传")
        return upload


def read_choices_once(form: forms.Form) -> None:
    """Read the rows that the form's fields choose from now and once: chips and widgets ask for them again and again."""
    for field in form.fields.values():
        if isinstance(field, forms.ModelChoiceField):
            # Only iterated: asked for its length, the iterator would count the rows besides. Set as Django's own field
            # sets it: that of django-filter would make an iterator of the list again.
            forms.ModelChoiceField.choices.fset(field, [*iter(field.choices)])

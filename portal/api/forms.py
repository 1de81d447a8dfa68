"""The forms of the pages, filled in by machines: a JSON body becomes what a browser would have sent."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

_TYPES = (
    (forms.FileField, "file"),
    (forms.BooleanField, "boolean"),
    (forms.ModelMultipleChoiceField, "choices"),
    (forms.MultipleChoiceField, "choices"),
    (forms.ChoiceField, "choice"),
    (forms.ModelChoiceField, "choice"),
    (forms.DateField, "date"),
    (forms.FloatField, "number"),
    (forms.DecimalField, "number"),
    (forms.IntegerField, "integer"),
)
MOST_CHOICES = 200


def type_of(field: forms.Field) -> str:
    """What kind of value a field takes, as the interface calls it."""
    return next((name for kind, name in _TYPES if isinstance(field, kind)), "text")


def described(form: forms.Form) -> list[dict]:
    """The fields of a form, so that a programme can ask for them."""
    return [
        {
            "name": name,
            "label": str(field.label or name),
            "type": type_of(field),
            "required": field.required,
            "help_text": str(field.help_text),
            "max_length": getattr(field, "max_length", None),
            "choices": _choices(field),
        }
        for name, field in form.fields.items()
    ]


def _choices(field: forms.Field) -> list[dict]:
    if type_of(field) not in ("choice", "choices"):
        return []
    pairs = []
    for value, label in field.choices:
        inner = label if isinstance(label, list | tuple) else [(value, label)]
        pairs += [{"value": str(key), "label": str(word)} for key, word in inner if str(key)]
        if len(pairs) >= MOST_CHOICES:
            break
    return pairs[:MOST_CHOICES]


def as_browser_data(form: forms.Form, body: Mapping[str, Any]) -> tuple[QueryDict, dict[str, list[str]]]:
    """The body as form data, and what is wrong with its shape, by field.

    A multipart body is form data already. In JSON, null is an empty field; a list fits only where several
    values may be chosen; a key that the form does not know is an error rather than silently dropped.
    """
    if isinstance(body, QueryDict):
        return body, {}
    data, errors = QueryDict(mutable=True), {}
    for key, value in body.items():
        field = form.fields.get(key)
        if field is None:
            errors[key] = ["没有这个字段。"]
            continue
        several = type_of(field) == "choices"
        values = value if isinstance(value, list) and several else [value]
        if any(isinstance(single, list | dict) for single in values):
            errors[key] = ["应当是单个值。" if not several else "应当是值的列表。"]
        elif value is not None:
            data.setlist(key, [_written(single) for single in values])
    return data, errors


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)

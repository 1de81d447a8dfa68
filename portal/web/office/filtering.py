"""Filter rows that are not registers: the chips of what was chosen, and the address without each."""

from urllib.parse import urlencode

_NOT_FILTERS = {"after", "before", "size"}


def chips(request, form) -> list[dict]:
    """One chip per filled field of a valid filter form; its address takes that one condition away."""
    kept = {key: value for key, value in request.GET.items() if value and key not in _NOT_FILTERS}
    found = []
    for field in form:
        value = form.cleaned_data.get(field.name) if form.is_valid() else None
        if value in (None, ""):
            continue
        shown = dict(getattr(field.field, "choices", None) or {}).get(value, value) if isinstance(value, str) else value
        rest = {key: text for key, text in kept.items() if key != field.name}
        found.append({"label": f"{field.label}：{shown}", "url": f"{request.path}?{urlencode(rest)}"})
    return found

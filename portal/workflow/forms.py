"""What a step asks before it is taken: one form for its page and for its interface."""

from django import forms
from django.utils.module_loading import import_string


class StepForm(forms.Form):
    """What every step asks: a note (where the step needs one, its reason) and, if declared, the confirmation."""

    expects = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, step, file, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.step = step
        if step.declaration:
            self.fields["confirmed"] = forms.BooleanField(
                label=step.declaration, error_messages={"required": "请先确认这一项。"}
            )
        label = "理由" if step.needs_note else "办理说明"
        self.fields["note"] = forms.CharField(
            label=label, required=step.needs_note, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
        )


def step_form_class(step):
    """The step's own form on top of the common one; the own fields come first."""
    if not step.form:
        return StepForm
    own = import_string(step.form)
    return type(f"{own.__name__}Step", (own, StepForm), {"field_order": list(own.base_fields)})


def step_data(form) -> dict:
    """What the step's own form collected: everything but the common fields."""
    return {key: value for key, value in form.cleaned_data.items() if key not in ("note", "expects", "confirmed")}

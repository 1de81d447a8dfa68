"""A step that gives a number asks whether one that was kept back is to be used."""

from django import forms

from portal.casefiles.models import ReservedNumber
from portal.casefiles.numbering import Series
from portal.moment import today


class NumberedForm(forms.Form):
    """A step that gives a number. Each procedure says of which series and body; with none kept nothing is asked."""

    reserved_number = forms.ModelChoiceField(
        label="使用预留的编号", queryset=ReservedNumber.objects.none(), required=False, empty_label="不使用，按序编号"
    )

    def __init__(self, *args, file, **kwargs):
        super().__init__(*args, file=file, **kwargs)
        series, body = self.series_of(file)
        free = ReservedNumber.objects.filter(
            organisation=body, series=series.code, year=today().year, used_by__isnull=True, voided__isnull=True
        ).order_by("number")
        field = self.fields["reserved_number"]
        field.queryset = free
        field.label_from_instance = lambda kept: f"{series.printed(body, kept.year, kept.number)}（{kept.reason}）"
        if not free:
            del self.fields["reserved_number"]

    def series_of(self, file) -> tuple[Series, object]:
        """The series and the body whose number it is."""
        raise NotImplementedError

"""A field carries label, hint, basis and error, each tied to its control; the summary leads to it."""

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string

from portal.web.forms import DayField, UploadField


class Notice(forms.Form):
    issued_on = DayField(label="公布日期", help_text="例如 2026-09-05。")
    result = forms.ChoiceField(label="结论", choices=[("a", "准予"), ("b", "退回")], widget=forms.RadioSelect)
    phone = forms.CharField(label="电话", required=False)
    letter = UploadField(label="意见书", kinds=("pdf", "docx"), max_megabytes=1)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["issued_on"].basis = "示范条例第三条"


def test_hint_basis_and_error_are_announced_with_the_control():
    field = str(Notice({}, {})["issued_on"].as_field_group())
    assert '<label class="form-label" for="id_issued_on">公布日期</label>' in field
    assert 'aria-describedby="id_issued_on_helptext id_issued_on_basis id_issued_on_error"' in field
    assert 'aria-invalid="true"' in field
    for part in ("helptext", "basis", "error"):
        assert f'id="id_issued_on_{part}"' in field


def test_an_empty_field_is_named_in_its_own_message():
    errors = Notice({}, {}).errors
    assert errors["issued_on"] == ["请填写公布日期"]
    assert errors["result"] == ["请选择结论"]
    assert errors["letter"] == ["请上传意见书"]


def test_the_summary_leads_to_each_control_in_the_order_of_the_page():
    summary = render_to_string("components/error_summary.html", {"form": Notice({}, {})})
    places = [summary.index(f'href="#{anchor}"') for anchor in ("id_issued_on", "id_result_0", "id_letter")]
    assert places == sorted(places)
    assert 'role="alert"' in summary
    assert 'tabindex="-1"' in summary


def test_choices_stand_in_a_group_with_its_legend():
    field = str(Notice({}, {})["result"].as_field_group())
    assert '<fieldset class="field field-bad" aria-describedby="id_result_error">' in field
    assert '<legend class="form-label">结论</legend>' in field
    assert field.count('class="form-check-input"') == 2


def test_optional_fields_say_so():
    assert "电话（选填）" in str(Notice()["phone"].as_field_group())


def test_an_upload_says_what_it_takes_before_choosing():
    field = str(Notice()["letter"].as_field_group())
    assert "PDF 或 Word，不超过 1 MB。不得上传涉密文件。" in field
    assert 'accept=".pdf,.docx"' in field


def test_an_upload_of_another_kind_or_too_large_is_refused_by_name():
    def refusal(name, size=1):
        return Notice({}, {"letter": SimpleUploadedFile(name, b"x" * size)}).errors["letter"][0]

    assert "「宏.docm」不是可以接受的格式" in refusal("宏.docm")
    assert "超过 1 MB" in refusal("长.pdf", 1024 * 1024 + 1)


def test_a_date_may_be_written_as_people_write_it():
    for written in ("2026-09-05", "2026年9月5日", "2026.9.5", "2026/09/05", "20260905"):
        form = Notice({"issued_on": written})
        form.is_valid()
        assert form.cleaned_data["issued_on"].isoformat() == "2026-09-05"


def test_what_is_no_date_is_given_back_as_it_was_typed():
    form = Notice({"issued_on": "九月五日"})
    assert form.errors["issued_on"] == ["请填写正确的日期，例如 2026-09-05"]
    assert 'type="text"' in str(form["issued_on"])
    assert "九月五日" in str(form["issued_on"])

"""What is written down of a meeting."""

from django import forms

from portal.accounts.models import Person
from portal.meetings.models import Attendance, DeliberationItem, Meeting, Statement
from portal.moment import today
from portal.web.forms import DayField

_AREA = forms.Textarea(attrs={"rows": 3})


class MeetingForm(forms.Form):
    """The facts of a meeting."""

    kind = forms.ChoiceField(label="会议类别", choices=Meeting.Kind.choices)
    title = forms.CharField(label="会议名称", max_length=120, help_text="例如：2026年第10次镇长办公会议。")
    held_on = DayField(label="召开日期")
    place = forms.CharField(label="地点", max_length=100)
    members_due = forms.IntegerField(
        label="应出席人数", min_value=1, max_value=200, help_text="有表决权的组成人员总数，过半数出席方可开会。"
    )
    summary = forms.CharField(
        label="会议记录", max_length=4000, required=False, widget=_AREA,
        help_text="专题研究、工作会议、动员会没有议题，在这里写明研究、部署的内容；最迟在封存前填写。",
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_held_on(self):
        held_on = self.cleaned_data["held_on"]
        if held_on > today():
            raise forms.ValidationError("召开日期不能晚于今天：会议开过以后再登记。")
        return held_on


class DeliberationMeetingForm(MeetingForm):
    """The facts of a meeting that a file comes before: one that deliberates."""

    summary = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            choice for choice in Meeting.Kind.choices if choice[0] not in Meeting.WITHOUT_AGENDA
        ]


class AgendaForm(forms.Form):
    """An open meeting that the file is put before."""

    meeting = forms.ModelChoiceField(label="会议", queryset=None, to_field_name="public_id", empty_label="请选择")

    def __init__(self, *args, meetings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings
        self.fields["meeting"].label_from_instance = lambda meeting: f"{meeting.held_on:%Y-%m-%d}　{meeting.title}"


class AttendanceForm(forms.Form):
    """Who was there; somebody with an account is chosen, anybody else is written."""

    person = forms.ModelChoiceField(
        label="从本机关人员中选择",
        queryset=None,
        required=False,
        empty_label="不选择，自行填写",
        to_field_name="username",
    )
    name = forms.CharField(label="姓名", max_length=40, required=False)
    post = forms.CharField(label="职务", max_length=80, required=False)
    role = forms.ChoiceField(label="身份", choices=Attendance.Role.choices, widget=forms.RadioSelect)
    is_head = forms.BooleanField(label="主要负责人", required=False)
    is_legal_office = forms.BooleanField(label="法制机构负责人", required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    mark_optional = False

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(is_active=True, organisation__path__startswith=organisation.path)
        self.fields["person"].queryset = people.order_by("username")
        self.fields["person"].label_from_instance = lambda person: person.full_name
        self.fields["person"].help_text = "选择后，姓名和职务可以不填。"

    def clean(self):
        cleaned = super().clean()
        person = cleaned.get("person")
        if person is not None:
            cleaned["name"] = cleaned.get("name") or person.full_name
            cleaned["post"] = cleaned.get("post") or person.post_on(today())
        for name, label in (("name", "姓名"), ("post", "职务")):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, f"请填写{label}")
        if cleaned.get("is_head") and cleaned.get("role") != Attendance.Role.MEMBER:
            self.add_error("role", "只有出席的人员可以标明为主要负责人。")
        return cleaned


class StatementForm(forms.Form):
    """What somebody said to an item."""

    attendance = forms.ModelChoiceField(label="发言人", queryset=None, to_field_name="public_id", empty_label="请选择")
    stance = forms.ChoiceField(label="意见", choices=Statement.Stance.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="发言要点",
        max_length=4000,
        required=False,
        widget=_AREA,
        help_text="不同意或者保留意见的，逐字记录其意见和理由。",
    )
    order = forms.IntegerField(
        label="发言顺序", min_value=1, max_value=200, required=False, help_text="不填的，排在最后。主要负责人最后发言。"
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, item, statement=None, **kwargs):
        super().__init__(*args, **kwargs)
        if statement is not None:
            del self.fields["attendance"]
            self.fields["order"].required = True
            return
        people = item.meeting.attendances.exclude(role=Attendance.Role.EXCUSED)
        self.fields["attendance"].queryset = people.exclude(statements__item=item)

    def clean(self):
        cleaned = super().clean()
        stance = cleaned.get("stance")
        if stance and stance != Statement.Stance.FOR and not cleaned.get("words", "").strip():
            self.add_error("words", "不同意或者保留意见的，应当记录其意见和理由。")
        return cleaned


class DecisionForm(forms.Form):
    """What was decided on an item."""

    result = forms.ChoiceField(label="讨论结果", choices=DeliberationItem.Result.choices, widget=forms.RadioSelect)
    decision = forms.CharField(label="决定内容", max_length=4000, widget=_AREA)
    departure_reason = forms.CharField(
        label="主要负责人不采纳多数意见的理由", max_length=2000, widget=_AREA, required=False,
        help_text="决定与多数人意见不一致的，必须填写。",
    )  # fmt: skip
    departure_reason.basis = "国令713 第三十条（参照）"
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class MeetingFilterForm(forms.Form):
    """The filter row of the list of meetings."""

    words = forms.CharField(label="会议名称", required=False, max_length=80)
    kind = forms.ChoiceField(label="会议类别", required=False, choices=(("", "全部"), *Meeting.Kind.choices))
    state = forms.ChoiceField(
        label="纪要", required=False, choices=(("", "全部"), ("open", "未封存"), ("sealed", "已封存"))
    )
    since = DayField(label="召开日期起", required=False)
    until = DayField(label="召开日期止", required=False)

    mark_optional = False

    @property
    def more_in_use(self) -> bool:
        return bool(self.data.get("until"))

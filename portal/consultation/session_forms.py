"""What is filled in about sessions: by the clerk, and by those who sign up."""

import re
from datetime import datetime

from django import forms

from portal.consultation.forms import HoneypotForm, OutcomeForm, without_personal_numbers
from portal.consultation.models import MethodKind, Session, SessionKind, SignUp
from portal.consultation.models.opinions import PublicComment
from portal.documents.models import Document
from portal.moment import SHANGHAI
from portal.receipts.forms import StatusForm
from portal.web.forms import DateTimeInput, DayField, UploadField

_GROUP_LINE = re.compile(r"^(.+?)[\s,，:：、]*?(\d{1,3})\s*人?$")


class MomentField(forms.DateTimeField):
    """A day and a time in Shanghai, from the browser's control or typed as 2026-09-05 14:30."""

    widget = DateTimeInput
    default_error_messages = {"invalid": "请填写日期和时间，例如 2026-09-05 14:30"}

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M"], **kwargs)

    def clean(self, value) -> datetime | None:
        found = super().clean(value)
        return found.astimezone(SHANGHAI) if found else None


class GroupsField(forms.CharField):
    """Sides to be heard, one a line with its seats; gives ``[(name, seats)]``."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value):
        text = super().clean(value)
        found = []
        for line in filter(None, (line.strip() for line in text.splitlines())):
            match = _GROUP_LINE.match(line)
            if not match or len(match[1]) > 60:
                raise forms.ValidationError(f"“{line[:30]}”没有写明名额。每行一个利益方和名额，例如：集贸市场经营者 4")
            found.append((match[1].strip(), int(match[2])))
        return found


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class AnnounceForm(forms.Form):
    """The notice of a session."""

    kind = forms.ChoiceField(label="形式", choices=SessionKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label="名称", max_length=200)
    purpose = forms.CharField(label="事项和目的", max_length=2000, widget=_lines(3))
    held_at = MomentField(label="时间", help_text="书面征求意见填截止时间。听证会须提前公告，并在召开七日前送达材料。")
    held_at.basis = "重大行政决策程序暂行条例 第十六条（参照）"
    place = forms.CharField(label="地点", max_length=200, required=False, help_text="书面征求意见不用填写。")
    notice = forms.CharField(
        label="公告内容", max_length=4000, required=False, widget=_lines(5), help_text="议程、参会要求、交通等。"
    )
    sign_up_until = DayField(label="报名截止日期", required=False, help_text="公开报名的填写，当日 24 时截止。")
    speaker_seats = forms.IntegerField(
        label="参加人名额", min_value=0, max_value=500, required=False, help_text="公开征集、可以发言的人数。"
    )
    groups = GroupsField(
        label="利益方和名额",
        required=False,
        help_text="每行一个，例如：集贸市场经营者 4。参加人按利益方确定，加起来不超过参加人名额。",
    )
    method_kind = forms.ChoiceField(
        label="参加人产生方式",
        choices=MethodKind.choices,
        widget=forms.RadioSelect,
        help_text="随公告公布，公告后不能再改。公开抽取的，报名截止后由见证人在场，从报名作为参加人发言的人中抽取。",
    )
    method_kind.basis = "重大行政决策程序暂行条例 第十七条（参照）"
    method = forms.CharField(
        label="产生方式的说明", max_length=1000, required=False, widget=_lines(2),
        help_text="按条件遴选的，写明条件；公开抽取的，可以写明抽取的时间和地点。随公告公布。",
    )  # fmt: skip
    observer_seats = forms.IntegerField(
        label="旁听席位", min_value=0, max_value=2000, required=False, help_text="按报名先后安排，满额后依次候补。"
    )
    material = forms.MultipleChoiceField(
        label="会议材料", required=False, widget=forms.CheckboxSelectMultiple, help_text="从卷内材料中选择。"
    )
    contact_unit = forms.CharField(label="联系单位", max_length=100)
    contact_phone = forms.CharField(label="联系电话", max_length=60)
    shortened_reason = forms.CharField(
        label="缩短公告时间的理由", max_length=300, required=False, help_text="公告晚于规定日期的填写，随公告公布。"
    )

    def __init__(self, *args, file, **kwargs):
        super().__init__(*args, **kwargs)
        papers = Document.objects.in_force().filter(file_id=file.pk)
        self.papers = {str(paper.public_id): paper for paper in papers}
        self.fields["material"].choices = [(key, paper.label) for key, paper in self.papers.items()]
        if not self.papers:
            del self.fields["material"]

    def facts(self) -> dict:
        """What ``announce_session`` takes."""
        answers = dict(self.cleaned_data)
        answers["speaker_seats"] = answers["speaker_seats"] or 0
        answers["observer_seats"] = answers["observer_seats"] or 0
        answers["material"] = [self.papers[key] for key in answers.get("material", ())]
        return answers


class MoveForm(forms.Form):
    """Another day or place."""

    held_at = MomentField(label="新的时间")
    place = forms.CharField(label="地点", max_length=200, required=False)
    reason = forms.CharField(label="改期的理由", max_length=300, widget=_lines(2), help_text="随公告公布。")


class ReasonForm(forms.Form):
    """Why; nothing else is asked."""

    reason = forms.CharField(label="理由", max_length=300, widget=_lines(3))


class MaterialForm(forms.Form):
    """When the material reached those who take part."""

    on = DayField(label="送达日期")


class ConfirmForm(forms.Form):
    """An act that can't be taken back."""

    def __init__(self, *args, label: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["confirmed"] = forms.BooleanField(label=label, error_messages={"required": "请先确认这一项。"})


class ReportForm(forms.Form):
    """The report of the session."""

    report = forms.CharField(
        label="会议报告", max_length=20000, widget=_lines(14),
        help_text="会议概况、参加人及其代表的利益方、主要意见、采纳情况和理由。随意见表公布，请不要写个人信息。",
    )  # fmt: skip
    confirmed = forms.BooleanField(
        label="报告与笔录一致；入卷后答复和报告不能再改。", error_messages={"required": "请先确认这一项。"}
    )

    def clean_report(self):
        return without_personal_numbers(self.cleaned_data["report"])


class InviteForm(forms.Form):
    """Somebody who takes part without having signed up."""

    name = forms.CharField(label="姓名或者单位", max_length=60)
    capacity = forms.CharField(label="身份", max_length=100, help_text="例如：人大代表、行业协会、利害关系人。公布。")
    reason = forms.CharField(label="邀请的理由", max_length=300)


class ChooseForm(forms.Form):
    """One reason for all that are chosen together."""

    reason = forms.CharField(
        label="确定为参加人的理由", max_length=300, widget=_lines(3),
        help_text="按公告的条件说明，例如：在该市场经营三年以上；该利益方仅此一人报名。",
    )  # fmt: skip


class RecordForm(forms.Form):
    """What happened at the session."""

    host = forms.CharField(label="主持人", max_length=60)
    recorder = forms.CharField(label="记录人", max_length=60)
    attended = forms.MultipleChoiceField(label="到会的参加人", required=False, widget=forms.CheckboxSelectMultiple)
    observers_present = forms.IntegerField(label="旁听人数", min_value=0, max_value=5000, required=False)
    course = forms.CharField(
        label="会议经过",
        max_length=20000,
        widget=_lines(8),
        help_text="程序、介绍的内容、争议的问题；各人的意见在下面逐条记。",
    )

    def __init__(self, *args, session: Session, **kwargs):
        super().__init__(*args, **kwargs)
        people = session.participants.filter(removed_at__isnull=True)
        self.fields["attended"].choices = [(str(person.pk), str(person)) for person in people]


class VoiceForm(forms.Form):
    """One opinion of one participant."""

    participant = forms.ChoiceField(label="发言人")
    content = forms.CharField(label="意见内容", max_length=4000, widget=_lines(4))

    def __init__(self, *args, session: Session, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {
            str(person.pk): person for person in session.participants.filter(removed_at__isnull=True)
        }  # fmt: skip
        self.fields["participant"].choices = [
            ("", "请选择"), *((key, str(person)) for key, person in self.people.items())
        ]  # fmt: skip


class SealForm(forms.Form):
    """Completing the record; a hearing's was signed by those who spoke."""

    signed_record = UploadField(label="签字的笔录", kinds=("pdf", "ofd", "docx", "png", "jpg", "txt"), required=False)
    signed_record.basis = "重大行政决策程序暂行条例 第十六条（参照）"
    confirmed = forms.BooleanField(
        label="笔录完整，记入的意见与发言一致；完成后不能再改。", error_messages={"required": "请先确认这一项。"}
    )

    def __init__(self, *args, session: Session, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["signed_record"].required = session.kind == SessionKind.HEARING


class VoiceAnswerForm(OutcomeForm):
    """The answer to one opinion voiced at the session, with the opinion as it will be published."""

    public_text = forms.CharField(
        label="公布的意见内容", widget=_lines(4),
        help_text="预填笔录所记。个人信息、商业秘密应当遮盖；意见的意思不得改变。",
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("public_text", "outcome", "answer", "seen")

    def clean_public_text(self):
        return without_personal_numbers(self.cleaned_data["public_text"])


class SignUpForm(HoneypotForm):
    """Somebody wants to take part."""

    wish = forms.ChoiceField(label="报名事项", choices=SignUp.Wish.choices, widget=forms.RadioSelect)
    group = forms.ChoiceField(label="您代表的利益方", required=False, help_text="作为参加人发言的，请选择。")
    sent_from = forms.ChoiceField(
        label="身份", choices=PublicComment.From.choices, widget=forms.RadioSelect, initial=PublicComment.From.PERSON
    )
    represents = forms.CharField(
        label="代表的单位或者群体", max_length=100, required=False, help_text="代表单位、小区、商户等报名的填写。"
    )
    name = forms.CharField(label="姓名", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    contact = forms.CharField(
        label="联系电话", max_length=100, help_text="只用于通知参会，不公开。",
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )  # fmt: skip
    views = forms.CharField(
        label="主要观点", max_length=1000, required=False, widget=_lines(4),
        help_text="作为参加人发言的，请简要写明观点和理由，供确定参加人时参考。",
    )  # fmt: skip

    def __init__(self, *args, session: Session, **kwargs):
        super().__init__(*args, **kwargs)
        wishes = [
            (wish.value, wish.label)
            for wish, seats in (
                (SignUp.Wish.SPEAK, session.speaker_seats), (SignUp.Wish.LISTEN, session.observer_seats),
            )
            if seats
        ]  # fmt: skip
        self.fields["wish"].choices = wishes
        if len(wishes) == 1:
            self.fields["wish"].initial = wishes[0][0]
        if session.draws_participants:
            self.fields["views"].help_text = "作为参加人发言的，请简要写明观点和理由；是否抽中与观点无关。"
        groups = list(session.groups.all())
        if groups and session.speaker_seats:
            self.fields["group"].choices = [
                ("", "请选择"), *((str(group.order), f"{group.name}（{group.seats} 人）") for group in groups)
            ]  # fmt: skip
        else:
            del self.fields["group"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("wish") == SignUp.Wish.SPEAK:
            if "group" in self.fields and not cleaned.get("group") and "group" not in self.errors:
                self.add_error("group", "作为参加人发言的，请选择代表的利益方。")
            if not cleaned.get("views") and "views" not in self.errors:
                self.add_error("views", "作为参加人发言的，请填写主要观点。")
        else:
            cleaned["group"] = ""
        return cleaned


class GiveUpForm(StatusForm):
    """Taking a sign-up back by its receipt."""

    confirmed = forms.BooleanField(
        label="我不能参加，取消报名；名额由后面的人递补，不能恢复。",
        error_messages={"required": "请先确认这一项。"},
    )


class WitnessForm(forms.Form):
    """What the draw needs from the room in which it happens."""

    witness_name = forms.CharField(label="见证人姓名", max_length=60, help_text="不公开。")
    witness_post = forms.CharField(
        label="见证人职务", max_length=100, help_text="公开，例如：镇人大副主席、村民代表、公证员。"
    )
    spoken = forms.CharField(
        label="见证人现场报出的词语或者数字", max_length=40,
        help_text="由见证人当场说出，与系统随机数连成种子，公开。只用汉字、字母和数字。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    confirmed = forms.BooleanField(
        label="见证人在场；抽取只有一次，结果立即公开，不能再改。", error_messages={"required": "请先确认这一项。"}
    )

"""Answering opinions: one by one, or several that say the same; and looking up who wrote one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from portal.accounts.authority import may
from portal.consultation.conducting import (
    ConsultationRefused,
    answer_comment,
    note_contact_seen,
)
from portal.consultation.forms import AnswerForm
from portal.consultation.masking import masked_contact, masked_name
from portal.consultation.models import PublicComment
from portal.consultation.versions import anchors_of
from portal.consultation.views.staff import ConsultationPage
from portal.web.templatetags.portal import stamp


class CommentPage(ConsultationPage):
    """A page about one opinion of the file."""

    def comment(self, comment_id) -> PublicComment:
        comments = PublicComment.objects.filter(consultation__file_id=self.file.pk).select_related(
            "consultation__file__organisation", "answered_by", "group"
        )
        return get_object_or_404(comments, public_id=comment_id)

    def page(self, comment, form=None, *, contact_is_shown=False, status=200):
        consultation = comment.consultation
        open_for_answers = not consultation.answers_published_at and not consultation.withdrawn_at
        takes_answers = self.may_answer and open_for_answers
        if form is None and takes_answers and comment.group_id is None:
            form = AnswerForm(initial=self._initial(comment))
        following = consultation.comments.filter(outcome="", number__gt=comment.number).order_by("number").first()
        place = anchors_of(consultation).of(comment)
        context = self.frame(f"第 {comment.number} 条意见") | {
            "comment": comment,
            "facts": [
                {"key": "针对条款", "value": place.shown},
                *([{"key": "原条款", "lines": place.words.splitlines()}] if place.is_changed else []),
                {"key": "提交时间", "value": stamp(comment.submitted_at), "is_number": True},
                {"key": "意见内容", "lines": comment.content.splitlines()},
            ],
            "person_facts": self._person_facts(comment, contact_is_shown),
            "contact_is_shown": contact_is_shown,
            "may_see_contact": bool(comment.name or comment.contact) and self.may_see_contacts(),
            "answer_facts": self._answer_facts(comment),
            "form": form,
            "group_url": self.address("staff-group", round=consultation.round, number=comment.group.number)
            if comment.group
            else "",
            "may_take_out": bool(comment.group) and takes_answers,
            "following_url": self.address("staff-comment", comment_id=following.public_id) if following else "",
            "back_url": f"{self.address()}?round={consultation.round}#comments",
        }
        return render(self.request, "consultation/comment.html", context, status=status)

    def may_see_contacts(self) -> bool:
        """Those who answer, and the head; not everybody who may see the file."""
        person, organisation = self.request.user, self.file.organisation
        return may(person, "consultation.run", organisation) or may(person, "casefiles.lead", organisation)

    @staticmethod
    def _initial(comment) -> dict:
        return {
            "outcome": comment.outcome,
            "answer": comment.answer,
            "public_text": comment.public_text or comment.content,
            "seen": comment.answer_seen,
        }

    @staticmethod
    def _person_facts(comment, shown) -> list[dict]:
        name = comment.name if shown else masked_name(comment.name)
        contact = comment.contact if shown else masked_contact(comment.contact)
        return [
            {"key": "身份", "value": comment.get_sent_from_display()},
            {"key": "姓名或者名称", "value": name or "未填写"},
            {"key": "联系方式", "value": contact or "未填写"},
            {"key": "公布姓名", "value": "同意" if comment.name_is_public else "不同意"},
        ]

    @staticmethod
    def _answer_facts(comment) -> list[dict]:
        if not comment.outcome:
            return []
        return [
            {"key": "处理结果", "value": comment.get_outcome_display()},
            {"key": "理由", "lines": comment.answer.splitlines()},
            {"key": "公布的意见内容", "lines": comment.public_text.splitlines()},
            {"key": "答复", "value": f"{comment.answered_by.full_name}　{stamp(comment.answered_at)}"},
        ]


class CommentView(CommentPage):
    """``/staff/cases/<uuid>/consultation/comments/<uuid>/``"""

    def get(self, request, public_id, comment_id):
        return self.page(self.comment(comment_id))

    def post(self, request, public_id, comment_id):
        comment = self.comment(comment_id)
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self.page(comment, form, status=422)
        answers = {name: form.cleaned_data[name] for name in ("outcome", "answer", "public_text", "seen")}
        try:
            answer_comment(comment, by=request.user, **answers)
        except ConsultationRefused as refusal:
            comment = self.comment(comment_id)
            # What was typed stays; the next try is made knowing the answer that now stands on the page.
            form.data = form.data.copy()
            form.data["seen"] = comment.answer_seen
            form.add_error(None, refusal.message)
            return self.page(comment, form, status=409)
        messages.success(request, f"第 {comment.number} 条意见", extra_tags="已答复")
        following = (
            comment.consultation.comments.filter(outcome="", number__gt=comment.number).order_by("number").first()
        )
        if following:
            return redirect(self.address("staff-comment", comment_id=following.public_id))
        return redirect(f"{self.address()}?round={comment.consultation.round}#comments")


class ContactView(CommentPage):
    """Show who wrote an opinion. The click is a POST and stands in the file's history."""

    def may_change(self):
        return self.may_see_contacts()

    def get(self, request, public_id, comment_id):
        return redirect(self.address("staff-comment", comment_id=self.comment(comment_id).public_id))

    def post(self, request, public_id, comment_id):
        comment = self.comment(comment_id)
        note_contact_seen(comment, by=request.user)
        return self.page(comment, contact_is_shown=True)

    @property
    def may_answer(self):
        person = self.request.user
        return may(person, "consultation.run", self.file.organisation) and not self.file.is_closed

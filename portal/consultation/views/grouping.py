"""Opinions that say the same: chosen by hand or by paragraph, named, answered with one result and one reason."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from portal.consultation.anchoring import lines_of
from portal.consultation.conducting import ConsultationRefused
from portal.consultation.forms import GroupAnswerForm, GroupForm
from portal.consultation.grouping import (
    MOST_GROUPED_AT_ONCE,
    add_to_group,
    answer_group,
    answer_seen,
    groups_of,
    make_group,
    on_paragraph,
    take_out,
)
from portal.consultation.masking import personal_numbers
from portal.consultation.models import PublicComment
from portal.consultation.versions import anchors_of
from portal.consultation.views.staff import ConsultationPage


class ChosenView(ConsultationPage):
    """``/staff/cases/<uuid>/consultation/answers/``: the chosen opinions become a group, or join one.

    The list posts them (``pick``); ``?article=`` chooses all open ones on a paragraph.
    """

    def get(self, request, public_id):
        article = request.GET.get("article", "")
        if not article or not self.may_change():
            return redirect(f"{self.address()}#comments")
        consultation = self._round()
        anchors = anchors_of(consultation)
        counted = consultation.comments.order_by().values("article", "paragraph", "draft_number")
        lines = lines_of(anchors, ({**row, "total": 1} for row in counted.distinct()))
        comments = self._open(consultation).filter(on_paragraph(lines, article))[:MOST_GROUPED_AT_ONCE]
        shown = next((line.place.shown for line in lines if line.place.key == article), article)
        return self._page(consultation, list(comments), self._form(consultation, initial={"name": f"关于{shown}"}))

    def post(self, request, public_id):
        if not self.may_answer:
            raise PermissionDenied("案卷已经办结，不能再答复意见。")
        consultation = self._round()
        numbers = [
            int(value)
            for value in request.POST.getlist("pick")
            if value.isascii() and value.isdigit() and len(value) < 8
        ]
        comments = list(self._open(consultation).filter(number__in=numbers[:MOST_GROUPED_AT_ONCE]))
        if not comments:
            messages.warning(request, "请先勾选还没有答复、没有归组的意见。", extra_tags="没有选中意见")
            return redirect(f"{self.address()}?round={consultation.round}#comments")
        if request.POST.get("act") != "group":
            return self._page(consultation, comments, self._form(consultation))
        form = self._form(consultation, request.POST)
        if not form.is_valid():
            return self._page(consultation, comments, form, 422)
        chosen = form.cleaned_data.get("group")
        try:
            if chosen is not None:
                group = add_to_group(chosen, numbers, by=request.user)
            else:
                group = make_group(consultation, numbers, name=form.cleaned_data["name"], by=request.user)
        except ConsultationRefused as refusal:
            form.add_error(refusal.field or None, refusal.message)
            return self._page(consultation, comments, form, 409)
        messages.success(request, f"{len(comments)} 条意见归入{group}。", extra_tags="已归组")
        return redirect(self.address("staff-group", round=consultation.round, number=group.number))

    def _round(self):
        consultation = self.chosen(self.rounds())
        if consultation is None:
            raise Http404
        return consultation

    @staticmethod
    def _open(consultation):
        return consultation.comments.filter(outcome="", group=None).order_by("number")

    @staticmethod
    def _form(consultation, data=None, initial=None):
        return GroupForm(data, initial=initial, groups=groups_of(consultation))

    def _page(self, consultation, comments, form, status=200):
        with_numbers = [comment for comment in comments if personal_numbers(comment.content)]
        anchors = anchors_of(consultation)
        context = self.frame(f"归并 {len(comments)} 条意见") | {
            "comments": [{"comment": comment, "place": anchors.of(comment)} for comment in comments],
            "with_numbers": "、".join(str(comment.number) for comment in with_numbers),
            "form": form,
            "action": f"{self.address('staff-answers')}?round={consultation.round}",
            "back_url": f"{self.address()}?round={consultation.round}#comments",
        }
        return render(self.request, "consultation/answers.html", context, status=status)


class GroupView(ConsultationPage):
    """``/staff/cases/<uuid>/consultation/rounds/<round>/groups/<number>/``: who says the same, and its one answer."""

    def get(self, request, public_id, round, number):
        return self._page(*self._find(round, number))

    def post(self, request, public_id, round, number):
        if not self.may_answer:
            raise PermissionDenied("案卷已经办结，不能再答复意见。")
        group, comments = self._find(round, number)
        form = GroupAnswerForm(request.POST)
        if not form.is_valid():
            return self._page(group, comments, form, 422)
        try:
            answered = answer_group(
                group, by=request.user, outcome=form.cleaned_data["outcome"], answer=form.cleaned_data["answer"],
                seen=form.cleaned_data["seen"],
            )  # fmt: skip
        except ConsultationRefused as refusal:
            group, comments = self._find(round, number)
            form.data = form.data.copy()
            form.data["seen"] = answer_seen(comments)
            form.add_error(None, refusal.message)
            return self._page(group, comments, form, 409)
        messages.success(request, f"{group}，共 {len(answered)} 条意见，结果和理由相同。", extra_tags="已一并答复")
        return redirect(f"{self.address()}?round={round}#comments")

    def _find(self, round, number):
        consultation = get_object_or_404(self.file.consultations, round=round)
        group = get_object_or_404(consultation.groups.select_related("consultation", "made_by"), number=number)
        group.consultation.file = self.file
        return group, list(group.comments.select_related("answered_by").order_by("number"))

    def _page(self, group, comments, form=None, status=200):
        consultation = group.consultation
        takes_answers = (
            self.may_answer and bool(comments) and not consultation.answers_published_at
            and not consultation.withdrawn_at
        )  # fmt: skip
        first = next((comment for comment in comments if comment.outcome), None)
        if form is None and takes_answers:
            given = {"outcome": first.outcome, "answer": first.answer} if first else {}
            form = GroupAnswerForm(initial=given | {"seen": answer_seen(comments)})
        anchors = anchors_of(consultation)
        context = self.frame(str(group)) | {
            "group": group,
            "comments": [
                {
                    "comment": comment,
                    "place": anchors.of(comment),
                    "url": self.address("staff-comment", comment_id=comment.public_id),
                    "take_out_url": self.address("staff-take-out", comment_id=comment.public_id)
                    if takes_answers
                    else "",
                }
                for comment in comments
            ],
            "first": first,
            "form": form,
            "back_url": f"{self.address()}?round={consultation.round}#comments",
        }
        return render(self.request, "consultation/group.html", context, status=status)


class TakeOutView(ConsultationPage):
    """Take an opinion out of its group; it is answered by itself then."""

    def get(self, request, public_id, comment_id):
        return redirect(self.address("staff-comment", comment_id=self._comment(comment_id).public_id))

    def post(self, request, public_id, comment_id):
        comment = self._comment(comment_id)
        if not self.may_answer:
            raise PermissionDenied("案卷已经办结，不能再答复意见。")
        try:
            take_out(comment, by=request.user)
        except ConsultationRefused as refusal:
            messages.warning(request, refusal.message, extra_tags="没有移出")
        else:
            messages.success(request, f"第 {comment.number} 条意见，请单独答复。", extra_tags="已移出")
        return redirect(self.address("staff-comment", comment_id=comment.public_id))

    def _comment(self, comment_id):
        return get_object_or_404(PublicComment.objects.filter(consultation__file_id=self.file.pk), public_id=comment_id)

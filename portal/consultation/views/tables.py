"""The table of all opinions of a round: on a page to read and print, as a spreadsheet, as an official paper."""

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from portal.consultation.conducting import ConsultationRefused
from portal.consultation.opinion_table import ask_for_table, entries_of, spreadsheet, totals_of
from portal.consultation.views.public import notice_facts
from portal.consultation.views.staff import ConsultationPage
from portal.moment import today
from portal.web.inside.register import XLSX


class _OfRound(ConsultationPage):
    def consultation(self):
        """:raises Http404: nothing was ever put before the public."""
        found = self.chosen(self.rounds())
        if found is None:
            raise Http404
        found.file = self.file
        return found


class TableView(_OfRound):
    """``/staff/cases/<uuid>/consultation/table/``; a POST has it set as an official paper into the file."""

    def get(self, request, public_id):
        consultation = self.consultation()
        entries = entries_of(consultation)
        query = f"?round={consultation.round}"
        context = self.frame("意见采纳情况表") | {
            "consultation": consultation,
            "facts": notice_facts(consultation),
            "entries": entries,
            "totals": totals_of(entries),
            "printed_on": today(),
            "export_url": self.address("staff-export") + query,
            "may_make": self.may_answer and bool(consultation.answers_published_at and entries),
            "action": self.address("staff-table") + query,
            "back_url": f"{self.address()}{query}#comments",
        }
        return render(request, "consultation/table.html", context)

    def post(self, request, public_id):
        consultation = self.consultation()
        try:
            ask_for_table(consultation, by=request.user)
        except ConsultationRefused as refusal:
            messages.warning(request, refusal.message, extra_tags="没有生成")
        else:
            messages.success(request, "完成后在案卷材料中查看。", extra_tags="已开始生成采纳情况表")
        return redirect(f"{self.address('staff-table')}?round={consultation.round}")


class ExportView(_OfRound):
    """``/staff/cases/<uuid>/consultation/export/``: all opinions and answers of a round as XLSX."""

    def get(self, request, public_id):
        content = spreadsheet(self.consultation(), by=request.user)
        response = HttpResponse(content, content_type=XLSX)
        name = f"意见及采纳情况_{self.file.number}_{today():%Y%m%d}.xlsx"
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
        response["X-Content-Type-Options"] = "nosniff"
        return response

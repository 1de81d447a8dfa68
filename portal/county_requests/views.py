"""The county's way to what waits for its answer, and the town's words while it writes."""

from django.shortcuts import redirect
from django.urls import reverse

from portal.county_requests.asking import AUTHORITY
from portal.county_requests.forms import MatterForm
from portal.county_requests.workflow import WORKFLOW
from portal.web.inside.access import InsideView
from portal.web.inside.writing import EditFactsView


class CountyView(InsideView):
    """``/county/requests/``: what waits for an answer, in the register."""

    authority = "county_requests.answer"

    def get(self, request):
        return redirect(reverse("inside:register", kwargs={"code": "county-requests"}) + "?stage=submitted")


class EditView(EditFactsView):
    """``/staff/cases/<uuid>/county-request/``"""

    kinds = (WORKFLOW.code,)
    form_class = MatterForm
    changes = AUTHORITY

    def too_late(self):
        return "" if self.file.is_writable else "已经报送，不能再改；需要修改的，撤回后重新报送。"

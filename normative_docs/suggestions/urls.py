"""Addresses of suggestions and incidental reviews."""

from django.urls import path

from normative_docs.suggestions.views import case_page, handing_in, incidental
from normative_docs.suggestions.views import county as at_county
from normative_docs.suggestions.views import public as reading

app_name = "suggestions"

# Read here so that the portal's case page and registers know these kinds of files.
PAGES = (case_page.PAGE, case_page.REGISTER, case_page.INCIDENTAL_PAGE, case_page.INCIDENTAL_REGISTER)

public = [
    path("review-suggestions/", reading.PublicSuggestions.as_view(), name="public"),
    path("review-suggestions/new/", handing_in.FormView.as_view(), name="form"),
    path("review-suggestions/new/<slug:token>/", handing_in.CheckView.as_view(), name="check"),
    path("review-suggestions/new/<slug:token>/receipt/", handing_in.ReceiptView.as_view(), name="receipt"),
]
staff = [
    path("cases/<uuid:public_id>/suggested-document/", at_county.IdentifyView.as_view(), name="identify"),
    path("cases/<uuid:public_id>/proposer/", at_county.ProposerView.as_view(), name="proposer"),
    path("cases/<uuid:public_id>/reply-letter/", incidental.LetterView.as_view(), name="letter"),
    path("incidental-reviews/new/", incidental.NewView.as_view(), name="incidental-new"),
    path(
        "cases/<uuid:public_id>/incidental-statement/", incidental.StatementView.as_view(), name="incidental-statement"
    ),
]
county = [path("review-suggestions/", at_county.CountyView.as_view(), name="county")]

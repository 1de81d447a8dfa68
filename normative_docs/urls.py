from django.urls import path

from normative_docs.views import case_page, editing, register

app_name = "normative_docs"

# Read here so that the portal's case page and registers know this kind of file.
PAGES = (case_page.PAGE, register.REGISTER)

public: list = []
staff = [
    path("normative-documents/new/", editing.NewDocumentView.as_view(), name="new"),
    path("normative-documents/import/", editing.ImportView.as_view(), name="import"),
    path("cases/<uuid:public_id>/normative-document/", editing.EditDocumentView.as_view(), name="edit"),
]
county: list = []

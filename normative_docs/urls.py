from django.urls import path

from normative_docs.views import bases, case_page, continuation, editing, recognition, register

app_name = "normative_docs"

# Read here so that the portal's case page and registers know this kind of file.
PAGES = (case_page.PAGE, register.REGISTER)

public: list = []
staff = [
    path("normative-documents/recognitions/", recognition.RecognitionsView.as_view(), name="recognitions"),
    path("normative-documents/recognitions/new/", recognition.RecogniseView.as_view(), name="recognise"),
    path(
        "normative-documents/recognitions/<uuid:public_id>/", recognition.RecognitionView.as_view(), name="recognition"
    ),
    path("normative-documents/new/<uuid:recognition>/", editing.NewDocumentView.as_view(), name="new"),
    path("normative-documents/import/", editing.ImportView.as_view(), name="import"),
    path("cases/<uuid:public_id>/normative-document/", editing.EditDocumentView.as_view(), name="edit"),
    path("cases/<uuid:public_id>/recognition/", recognition.RecogniseFileView.as_view(), name="recognise-file"),
    path("cases/<uuid:public_id>/bases/", bases.BasesView.as_view(), name="bases"),
    path("cases/<uuid:public_id>/continuation/", continuation.ContinuationView.as_view(), name="continuation"),
]
county: list = []

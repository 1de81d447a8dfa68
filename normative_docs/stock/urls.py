from django.urls import path

from normative_docs.stock import views

app_name = "stock"

public: list = []
staff = [
    path("normative-documents/stock/", views.Imports.as_view(), name="imports"),
    path("normative-documents/stock/template.xlsx", views.Template.as_view(), name="template"),
    path("normative-documents/stock/<uuid:public_id>/", views.OneImport.as_view(), name="import"),
]
county: list = []

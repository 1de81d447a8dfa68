"""Addresses of looking back."""

from django.urls import path

from portal.accounts.authority import may
from portal.oversight.accountability import register, views
from portal.oversight.accountability.scope import SEE
from portal.web.inside.case_page import Section, add_section
from portal.workflow.acts import answerable_kinds

app_name = "accountability"


def _part(file, person):
    return {"file": file} if may(person, SEE, file.organisation) else None


# Read here so that the registers know the list, and the case page of each kind leads to its chain.
PAGES = (
    register.REGISTER,
    *(
        add_section(kind, Section("accountability/part.html", _part, anchor="accountability"))
        for kind in answerable_kinds()
    ),
)

_FILE = "accountability/files/<uuid:public_id>/"

public: list = []
staff = [
    path("accountability/", views.FilesView.as_view(), name="files"),
    path("accountability/people/", views.PeopleView.as_view(), name="people"),
    path("accountability/person/", views.PersonView.as_view(), name="person"),
    path("accountability/person/export.xlsx", views.PersonExport.as_view(), name="person-export"),
    path(_FILE, views.FileChainView.as_view(), name="file"),
    path(f"{_FILE}export.xlsx", views.FileExport.as_view(), name="file-export"),
    path("accountability/cases/<uuid:case_id>/", views.CaseView.as_view(), name="case"),
]
county = [
    path(f"{_FILE}cases/new/", views.NewCaseView.as_view(), name="new-case"),
    path("accountability/cases/<uuid:case_id>/correct/", views.CorrectView.as_view(), name="correct"),
]

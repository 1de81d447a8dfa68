from django.apps import AppConfig


class CasefilesConfig(AppConfig):
    name = "portal.casefiles"
    label = "casefiles"
    verbose_name = "案卷"

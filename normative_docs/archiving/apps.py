from django.apps import AppConfig


class ArchivingConfig(AppConfig):
    """The folder of each document."""

    name = "normative_docs.archiving"
    label = "normative_docs_archiving"
    verbose_name = "规范性文件归档"

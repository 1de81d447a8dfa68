from django.apps import AppConfig


class StockConfig(AppConfig):
    """Existing documents taken in by the hundred."""

    name = "normative_docs.stock"
    label = "normative_docs_stock"
    verbose_name = "存量规范性文件批量登记"

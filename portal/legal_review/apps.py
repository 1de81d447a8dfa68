from django.apps import AppConfig


class LegalReviewConfig(AppConfig):
    name = "portal.legal_review"
    label = "legal_review"
    verbose_name = "合法性审核"

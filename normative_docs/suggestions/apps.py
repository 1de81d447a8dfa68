from django.apps import AppConfig


class SuggestionsConfig(AppConfig):
    """Somebody outside says that a document is unlawful: a citizen, a reconsideration body, a court."""

    name = "normative_docs.suggestions"
    label = "normative_docs_suggestions"
    verbose_name = "规范性文件审查建议"

    def ready(self):
        from normative_docs.suggestions.status import describe
        from portal.receipts.registry import receipt_kind
        from portal.web import front, navigation

        receipt_kind("review_suggestion", "审查建议", mark="审建", describe=describe)
        navigation.register("county", "审查建议", "suggestions:county", "suggestions.review", order=25)
        navigation.register("public", "审查建议", "suggestions:public", order=65)
        front.register_door(
            front.Door("审查建议", "认为规范性文件违法或者不当的，可以提出", "suggestions:public", order=65)
        )

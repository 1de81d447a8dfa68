from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    name = "portal.consultation"
    label = "consultation"
    verbose_name = "公众参与"

    def ready(self):
        from portal.consultation.status import describe
        from portal.receipts.registry import receipt_kind
        from portal.web import navigation

        receipt_kind("consultation_comment", "公众意见", mark="意见", describe=describe)
        navigation.register("public", "意见征集", "consultation:public-list", order=30)

from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    name = "portal.consultation"
    label = "consultation"
    verbose_name = "公众参与"

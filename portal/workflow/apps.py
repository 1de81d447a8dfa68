from django.apps import AppConfig, apps
from django.core.checks import register


class WorkflowConfig(AppConfig):
    name = "portal.workflow"
    label = "workflow"
    verbose_name = "流程"

    def ready(self):
        from portal.workflow.checks import declarations_are_complete
        from portal.workflow.models import StagedFile
        from portal.workflow.registry import workflows

        for model in apps.get_models():
            if issubclass(model, StagedFile):
                workflows.attach(model)
        register(declarations_are_complete)

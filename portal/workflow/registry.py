"""All workflows, found through the models whose files go through them."""

from portal.workflow.declare import Workflow


class Workflows:
    def __init__(self):
        self._workflows: dict[str, Workflow] = {}
        self._models: dict[str, type] = {}

    def attach(self, model: type) -> None:
        """Register a model's workflow; a code used twice is a mistake at start."""
        workflow = model.workflow
        if self._models.setdefault(workflow.code, model) is not model:
            raise ValueError(f"workflow {workflow.code} belongs to two models")
        self._workflows[workflow.code] = workflow

    def __getitem__(self, code: str) -> Workflow:
        return self._workflows[code]

    def __contains__(self, code: str) -> bool:
        return code in self._workflows

    def model(self, code: str) -> type:
        """The model whose files go through this workflow."""
        return self._models[code]

    def all(self) -> list[Workflow]:
        return sorted(self._workflows.values(), key=lambda workflow: workflow.code)


workflows = Workflows()


def staged(file):
    """The file as its own kind, from the plain ``CaseFile``."""
    return workflows.model(file.kind).objects.get(pk=file.pk)

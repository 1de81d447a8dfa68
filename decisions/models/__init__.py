from decisions.models.arguing import ChosenExpert, ExpertArgumentation, ExpertOpinion
from decisions.models.decision import (
    BEFORE_REVIEW,
    DECIDED,
    WITH_GROUNDS,
    DepartmentOpinion,
    MajorDecision,
    StepChoice,
)
from decisions.models.execution import (
    DelayNote,
    ExecutionAdjustment,
    ExecutionFollowUp,
    ExecutionProblem,
    ExecutionReport,
    ExecutionTask,
)
from decisions.models.risk import PROPERTIES, RiskAssessment

__all__ = [
    "BEFORE_REVIEW",
    "DECIDED",
    "PROPERTIES",
    "WITH_GROUNDS",
    "ChosenExpert",
    "DelayNote",
    "DepartmentOpinion",
    "ExecutionAdjustment",
    "ExecutionFollowUp",
    "ExecutionProblem",
    "ExecutionReport",
    "ExecutionTask",
    "ExpertArgumentation",
    "ExpertOpinion",
    "MajorDecision",
    "RiskAssessment",
    "StepChoice",
]

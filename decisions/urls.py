from django.urls import path

from decisions.views import (
    arguing,
    assessing,
    case_page,
    choosing,
    consulting,
    executing,
    proposing,
    register,
    watching,
)

app_name = "decisions"

# Read here so that the portal's case page and registers know this kind of file.
PAGES = (case_page.PAGE, register.REGISTER, watching.EXECUTION, watching.AGEING)

_FILE = "cases/<uuid:public_id>/decision/"
_ARGUMENT = f"{_FILE}experts/<int:number>/"
_EXECUTION = f"{_FILE}execution/"

public: list = []
staff = [
    path("decisions/new/", proposing.NewDecisionView.as_view(), name="new"),
    path(_FILE, proposing.EditDecisionView.as_view(), name="edit"),
    path(f"{_FILE}secrecy/", proposing.SecrecyView.as_view(), name="secrecy"),
    path(f"{_FILE}steps/", assessing.StepsView.as_view(), name="steps"),
    path(f"{_FILE}departments/", consulting.DepartmentsView.as_view(), name="departments"),
    path(f"{_FILE}departments/new/", consulting.NewDepartmentView.as_view(), name="new-department"),
    path(f"{_FILE}departments/<int:number>/", consulting.DepartmentView.as_view(), name="department"),
    path(f"{_FILE}experts/", arguing.ExpertsView.as_view(), name="experts"),
    path(f"{_FILE}experts/new/", arguing.NewArgumentationView.as_view(), name="new-argumentation"),
    path(f"{_ARGUMENT}choose/", choosing.ChooseView.as_view(), name="choose-experts"),
    path(f"{_ARGUMENT}invite/", choosing.InviteView.as_view(), name="invite-expert"),
    path(f"{_ARGUMENT}lots/", choosing.LotsView.as_view(), name="expert-lots"),
    path(f"{_ARGUMENT}chosen/<int:expert>/", choosing.ReleaseView.as_view(), name="release-expert"),
    path(f"{_ARGUMENT}opinions/new/", arguing.NewOpinionView.as_view(), name="new-expert-opinion"),
    path(f"{_ARGUMENT}opinions/<int:opinion>/", arguing.AnswerView.as_view(), name="expert-answer"),
    path(f"{_ARGUMENT}report/", arguing.ReportView.as_view(), name="argument-report"),
    path(f"{_FILE}risk/", assessing.RiskView.as_view(), name="risk"),
    path(f"{_FILE}risk/new/", assessing.NewRiskView.as_view(), name="new-risk"),
    path(f"{_FILE}delay/", executing.DelayView.as_view(), name="delay"),
    path(_EXECUTION, executing.ExecutionView.as_view(), name="execution"),
    path(f"{_EXECUTION}tasks/new/", executing.NewTaskView.as_view(), name="new-task"),
    path(f"{_EXECUTION}tasks/<int:number>/", executing.TaskView.as_view(), name="task"),
    path(f"{_EXECUTION}tasks/<int:number>/done/", executing.TaskDoneView.as_view(), name="task-done"),
    path(f"{_EXECUTION}problems/new/", executing.NewProblemView.as_view(), name="new-problem"),
    path(f"{_EXECUTION}problems/<int:number>/", executing.ProblemView.as_view(), name="problem"),
    path(f"{_EXECUTION}adjustments/new/", executing.NewAdjustmentView.as_view(), name="new-adjustment"),
    path(f"{_EXECUTION}adjustments/<int:number>/", executing.AdjustmentView.as_view(), name="adjustment"),
    path(f"{_EXECUTION}anew/", executing.RemakeView.as_view(), name="remake"),
]
county: list = []

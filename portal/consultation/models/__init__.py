"""What public participation keeps: drafts and opinions, sessions (会), questionnaires."""

from portal.consultation.models.drafts import DraftVersion
from portal.consultation.models.opinions import CommentDraft, OpinionGroup, PublicComment, PublicConsultation
from portal.consultation.models.questionnaires import Answer, AnswerItem, Question, Questionnaire
from portal.consultation.models.questions import PublicQuestion, QuestionDraft
from portal.consultation.models.sessions import (
    InterestGroup,
    MethodKind,
    Participant,
    Session,
    SessionKind,
    SignUp,
    SignUpDraft,
    VoicedOpinion,
)

__all__ = [
    "Answer",
    "AnswerItem",
    "CommentDraft",
    "DraftVersion",
    "InterestGroup",
    "MethodKind",
    "OpinionGroup",
    "Participant",
    "PublicComment",
    "PublicConsultation",
    "PublicQuestion",
    "Question",
    "QuestionDraft",
    "Questionnaire",
    "Session",
    "SessionKind",
    "SignUp",
    "SignUpDraft",
    "VoicedOpinion",
]

"""What public participation keeps: drafts and opinions, sessions (会), questionnaires."""

from portal.consultation.models.opinions import CommentDraft, PublicComment, PublicConsultation
from portal.consultation.models.questionnaires import Answer, AnswerItem, Question, Questionnaire
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
    "InterestGroup",
    "MethodKind",
    "Participant",
    "PublicComment",
    "PublicConsultation",
    "Question",
    "Questionnaire",
    "Session",
    "SessionKind",
    "SignUp",
    "SignUpDraft",
    "VoicedOpinion",
]

"""The questions that a legality review must answer, as data with their basis."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    code: str
    text: str
    basis: str


# 国办发〔2018〕115号 (六): what the review looks at, and what a normative document may never contain.
QUESTIONS = (
    Question("issuer", "制定主体合法", "国办发〔2018〕115号 六"),
    Question("power", "未超越制定机关法定职权", "国办发〔2018〕115号 六"),
    Question("content", "内容符合宪法、法律、法规、规章和国家政策规定", "国办发〔2018〕115号 六"),
    Question("no_powers", "未设立行政许可、行政处罚、行政强制、行政征收、行政收费等事项", "国办发〔2018〕115号 六"),
    Question("no_burden", "没有违法减损公民、法人和其他组织权益或者增加其义务", "国办发〔2018〕115号 六"),
    Question("no_self_power", "没有违法增加本单位权力或者减少本单位法定职责", "国办发〔2018〕115号 六"),
    Question("procedure", "符合规范性文件制定程序", "国办发〔2018〕115号 六"),
)

_of_kind: dict[str, tuple[Question, ...]] = {}
_words: dict[str, str] = {}


def ask_of(kind: str, questions: tuple[Question, ...], *, word: str = "审核") -> tuple[Question, ...]:
    """Files of this kind are reviewed by a list of their own instead of that of normative documents.

    :param word: what the law calls the review of such files: 审核, or 审查 (国令713 第二十五条).
    """
    _of_kind[kind], _words[kind] = questions, word
    return questions


def word_for(file) -> str:
    """审核 or 审查, as the law has it for this file."""
    return _words.get(file.kind, "审核")


def questions_for(file) -> tuple[Question, ...]:
    """The list by which this file is reviewed."""
    return _of_kind.get(file.kind, QUESTIONS)

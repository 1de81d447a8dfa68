"""What the legality review of a decision looks at: power, procedure, content (国令713 art. 28)."""

from portal.legal_review.checklist import Question, ask_of

_ARTICLE = "国令713 第二十八条"

QUESTIONS = ask_of(
    "decisions",
    (
        Question("power", "决策事项符合法定权限", _ARTICLE),
        Question("procedure", "决策草案的形成履行了相关法定程序", _ARTICLE),
        Question("content", "决策草案内容符合有关法律、法规、规章和国家政策的规定", _ARTICLE),
        Question(
            "participation",
            "公众参与、专家论证、风险评估按规定进行，意见采纳情况有说明",
            "国令713 第十四条至第二十四条",
        ),
        Question("competition", "涉及经营者经济活动的，已作公平竞争审查", "国令713 第二十九条"),
        Question("exploration", "属于改革探索的，明示法律风险和防控措施", "国令713 第二十八条"),
    ),
    word="审查",
)

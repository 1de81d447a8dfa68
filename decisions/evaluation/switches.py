"""What the region sets about evaluations of decisions."""

from portal.organisations.policy import PolicyKey, declare

YEARLY = declare(
    PolicyKey(
        "decisions.evaluations_a_year",
        "每年至少选择几件重大决策作重点评估（一般一至二件）",
        "number",
        1,
        "苏府〔2015〕12号 第十三条（每年一至二件；地方示例）",
    )
)
REMIND_FROM = declare(
    PolicyKey(
        "decisions.evaluation_reminded_from",
        "从几月起提示本年没有选足评估的决策",
        "number",
        7,
        "苏府〔2015〕12号 第十三条（地方示例）",
    )
)
RIPE_AFTER = declare(
    PolicyKey(
        "decisions.evaluation_ripe_after",
        "决策公布满几个月，视为实施效果可以评估",
        "number",
        12,
        "云溪县地方规则（地方示例）",
    )
)

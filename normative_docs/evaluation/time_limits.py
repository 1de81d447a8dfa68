"""The limits of an evaluation. Their lengths and sources are rows of the law."""

AGE = "nd_post_evaluation_age"
FINISH = "nd_post_evaluation"
MAKE_PUBLIC = "foi_proactive"

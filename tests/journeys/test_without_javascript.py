"""The acts that must never depend on a script: opening a draft to the public, and saying something about it."""

from tests.journeys.test_whole_journey import ask_for_status, comment, draft_a_document, open_to_comment


def test_a_draft_is_opened_and_commented_on_without_javascript(desk):
    clerk, citizen = desk(javascript=False), desk(javascript=False)
    case = draft_a_document(clerk)
    open_to_comment(clerk, case)
    number, code = comment(citizen, "不应当向群众收取保证金。")
    ask_for_status(citizen, number, code)

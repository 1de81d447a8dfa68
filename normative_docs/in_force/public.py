"""What this room adds to the public page of a document, and the words before titles in lists."""

from normative_docs.in_force import history
from portal.publishing import sections
from portal.web import front

KIND = "normative_docs"
NOTICE = sections.register(
    sections.PublicSection(KIND, "normative_docs/in_force/public_notice.html", history.public_notice, place="top")
)
HISTORY = sections.register(
    sections.PublicSection(KIND, "normative_docs/in_force/public_history.html", history.public_part)
)
MARKS = sections.register_marks(history.marks)
DOOR = front.register_door(front.Door("某日有效文件", "查看任意一天有效的文件和文本", "in_force:choose-list", order=15))

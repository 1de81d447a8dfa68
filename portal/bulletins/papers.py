"""The bulletin as official paper (通报, GB/T 9704-2012), with the table of all towns."""

from portal.bulletins.composing import NUMERALS, OVERDUE_TITLE, TABLE_TITLE, Composition, compose
from portal.documents.rendering import Attachment, Heading, Layout, OfficialPaper, Paragraph, Table, parse_blocks


def _table(composition: Composition) -> Table:
    header, *rows = composition.table
    return Table(
        header=header,
        rows=tuple(rows),
        widths=(8.0, *(4.0 for _ in header[1:])),
        align=("left", *("right" for _ in header[1:])),
    )


def bulletin_paper(bulletin) -> OfficialPaper:
    """The bulletin with its number once approved; a draft says so in its title."""
    composition = compose(bulletin)
    body = [Paragraph(composition.lead)]
    for number, (heading, text) in enumerate(composition.sections):
        body += [Heading(1, f"{NUMERALS[number]}、{heading}"), *parse_blocks(text)]
    attachments = [Attachment(TABLE_TITLE, (_table(composition),))]
    if composition.overdue:
        attachments.append(Attachment(OVERDUE_TITLE, parse_blocks("\n".join(composition.overdue))))
    issuer, is_final = bulletin.issuing_body, bulletin.frozen_at is not None
    return OfficialPaper(
        kind="通报",
        layout=Layout.DOCUMENT if is_final else Layout.PLAIN,
        mark=(issuer.name,) if is_final else (),
        number=bulletin.document_number if is_final else "",
        title=bulletin.title if is_final else f"{bulletin.title}（草稿）",
        recipients="各乡镇人民政府，各街道办事处",
        body=tuple(body),
        attachments=tuple(attachments),
        signature=(issuer.name,) if is_final else (),
        issued_on=bulletin.approved_on,
    )

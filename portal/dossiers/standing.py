"""Where the folder of a file stands, for gates: whether it holds what it must, and whether it is sealed as it is."""

from portal.dossiers.contents import contents_digest, entries_of
from portal.dossiers.dossier import Part, missing, parts_of
from portal.dossiers.sealing import newest_seal
from portal.workflow.declare import Standing, in_progress, met, not_started


def _parts(file) -> list[Part]:
    """The checklist, read once for this object."""
    if "_dossier_parts" not in file.__dict__:
        file.__dict__["_dossier_parts"] = parts_of(file)
    return file.__dict__["_dossier_parts"]


def complete(file) -> Standing:
    """Everything the list asks for is there; else what is missing, by name."""
    parts = _parts(file)
    lacking = missing(parts)
    asked = sum(part.is_needed for part in parts)
    if lacking:
        return in_progress(f"应有 {asked} 项，还缺 {len(lacking)} 项：{'、'.join(lacking)}")
    return met(f"应有 {asked} 项，全部在卷")


def sealed(file) -> Standing:
    """The folder is sealed, and nothing came in or changed since."""
    newest = newest_seal(file)
    if newest is None:
        return not_started("卷宗尚未封存")
    if newest.contents_digest != contents_digest(entries_of(_parts(file))):
        return in_progress("封存之后卷内材料有增加或者变化，须重新封存")
    return met(f"档号 {newest.archive_number}，{newest.pieces} 件 {newest.pages} 页")

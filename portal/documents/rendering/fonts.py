"""Which typefaces official paper is set in, where they are on this machine, and which characters they hold.

GB/T 9704-2012 asks for 仿宋, 楷体, 黑体 and 小标宋. The free faces nearest to them are FandolFang and FandolKai (GPL
with font exception, optional, fetched by `fandol`) and the Noto CJK faces (OFL, Debian package fonts-noto-cjk,
required). FandolFang holds GB 2312 only and lacks many characters of names (喆堃翀…), so every chain ends in Noto Serif
CJK SC, which holds all 8,105 characters of 《通用规范汉字表》 and 𠮷; HanaMin (Debian package fonts-hanazono,
optional) adds what is rarer still.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from fontTools.ttLib import TTCollection, TTFont
from PIL import ImageFont

from .fandol import FANG_FILE, KAI_FILE
from .paper import OfficialPaper, paper_lines

PIXELS_PER_EM = 4000  # how finely ink is measured
PROJECT_FONTS = Path(__file__).resolve().parents[3] / "var" / "fonts"
SYSTEM_FONTS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"),
)
LISTED_BY_SYSTEM = SYSTEM_FONTS[:2]  # the folders that fontconfig reads, and with it the PDF engine
DIRECTORIES_VARIABLE = "PAPER_FONT_DIRECTORIES"  # search path, parted as PATH is; replaces the folders above
INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
VARIATION_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


class Role(StrEnum):
    """What a typeface is used for; the value is its class in the template."""

    FANGSONG = "fang"  # text
    KAI = "kai"  # headings of level two, names of signers
    HEI = "hei"  # headings of level one, labels
    TITLE = "title"  # 小标宋: mark and title
    SONG = "song"  # page numbers


@dataclass(frozen=True)
class Face:
    """A typeface by its family name and the names its file has in the distributions we know."""

    family: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class InstalledFace:
    """A typeface found on this machine; `number` counts the faces in a collection file."""

    family: str
    path: Path
    number: int


FANG = Face("FandolFang R", (FANG_FILE,))
KAI = Face("FandolKai", (KAI_FILE,))
WENKAI = Face("LXGW WenKai", ("LXGWWenKai-Regular.ttf", "lxgw-wenkai-regular.ttf"))
UKAI = Face("AR PL UKai CN", ("ukai.ttc",))
SERIF = Face("Noto Serif CJK SC", ("NotoSerifCJK-Regular.ttc", "NotoSerifCJKsc-Regular.otf"))
SERIF_BOLD = Face("Noto Serif CJK SC", ("NotoSerifCJK-Bold.ttc", "NotoSerifCJKsc-Bold.otf"))
SANS_BOLD = Face("Noto Sans CJK SC", ("NotoSansCJK-Bold.ttc", "NotoSansCJKsc-Bold.otf"))
HANA = (Face("HanaMinA", ("HanaMinA.ttf",)), Face("HanaMinB", ("HanaMinB.ttf",)))

CHAINS: Mapping[Role, tuple[Face, ...]] = MappingProxyType(
    {
        Role.FANGSONG: (FANG, SERIF, *HANA),
        Role.KAI: (KAI, WENKAI, UKAI, SERIF, *HANA),
        Role.HEI: (SANS_BOLD, SERIF_BOLD, *HANA),
        Role.TITLE: (SERIF_BOLD, *HANA),
        Role.SONG: (SERIF, *HANA),
    }
)
# Word on the reader's machine has the faces that the standard names; it substitutes those it lacks.
WORD_NAMES: Mapping[Role, str] = MappingProxyType(
    {
        Role.FANGSONG: "仿宋_GB2312",
        Role.KAI: "楷体_GB2312",
        Role.HEI: "黑体",
        Role.TITLE: "方正小标宋简体",
        Role.SONG: "宋体",
    }
)


class FontsMissing(RuntimeError):
    """No face of a chain is installed; the message names the package that brings it."""


class MissingCharacters(ValueError):
    """Characters that no installed face can print; `characters` holds each once, in order of appearance."""

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = tuple(characters)
        named = "、".join(f"{character}（U+{ord(character):04X}）" for character in self.characters)
        super().__init__(f"以下字符没有可用字体，打印会缺字：{named}。请改用规范汉字，或者安装 fonts-hanazono 字体包。")


def font_directories() -> tuple[Path, ...]:
    """Give the folders that are searched for fonts, the project's own first."""
    if given := os.environ.get(DIRECTORIES_VARIABLE):
        return tuple(Path(part) for part in given.split(os.pathsep) if part)
    return (PROJECT_FONTS, *SYSTEM_FONTS)


def css_families(role: Role) -> str:
    """Give the font-family of a role: the whole chain, so that a lacking glyph is taken from the next face."""
    return ", ".join(f'"{name}"' for name in dict.fromkeys(face.family for face in CHAINS[role]))


def is_known_to_system(face: InstalledFace) -> bool:
    """Whether the PDF engine finds a face by its family name alone, without being told its file."""
    return any(face.path.is_relative_to(folder) for folder in LISTED_BY_SYSTEM)


def installed(role: Role) -> tuple[InstalledFace, ...]:
    """Give the installed faces of a role, best first.

    Raises FontsMissing when there is none.
    """
    found = _located(role, font_directories())
    if not found:
        raise FontsMissing("没有找到中文字体，无法生成公文。请安装系统软件包 fonts-noto-cjk。")
    return found


@lru_cache(maxsize=64)
def _located(role: Role, directories: tuple[Path, ...]) -> tuple[InstalledFace, ...]:
    files = _font_files(directories)
    found = []
    for face in CHAINS[role]:
        path = next((files[name] for name in face.files if name in files), None)
        if path is not None:
            found.append(InstalledFace(face.family, path, _number_in_collection(path, face.family)))
    return tuple(found)


@lru_cache(maxsize=8)
def _font_files(directories: tuple[Path, ...]) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for directory in directories:
        for path in sorted(directory.rglob("*.[ot]t[fc]")):
            files.setdefault(path.name, path)
    return files


def _number_in_collection(path: Path, family: str) -> int:
    if path.suffix != ".ttc":
        return 0
    with TTCollection(path, lazy=True) as collection:
        families = [font["name"].getBestFamilyName() for font in collection.fonts]
    return families.index(family)


@lru_cache(maxsize=16)
def _characters(face: InstalledFace) -> frozenset[int]:
    """Give the characters that a face holds."""
    with TTFont(face.path, fontNumber=face.number, lazy=True) as font:
        # Numbers for names: nobody asks what the glyphs are called, and reading that takes four times as long.
        font.setGlyphOrder(range(font["maxp"].numGlyphs))
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=16)
def _drawn(face: InstalledFace) -> ImageFont.FreeTypeFont:
    """A face as FreeType draws it: it looks at the signs asked for, and not at all sixty thousand."""
    return ImageFont.truetype(face.path, PIXELS_PER_EM, index=face.number, layout_engine=ImageFont.Layout.BASIC)


def _holder(character: str, role: Role) -> InstalledFace | None:
    """Give the first face of the role that holds a character."""
    return next((face for face in installed(role) if ord(character) in _characters(face)), None)


def advance(character: str, role: Role) -> float:
    """Give the width of a character in em, in the first face of the role that holds it; 1 when none does."""
    face = _holder(character, role)
    return 1.0 if face is None else _drawn(face).getlength(character) / PIXELS_PER_EM


@lru_cache(maxsize=256)
def ink_gap(text: str, role: Role) -> float:
    """Give the distance in em from the top of a line that is one em high down to the highest ink of a text.

    The standard measures the mark (发文机关标志) from its ink, style sheets from the line: this is the difference.
    """
    face = installed(role)[0]
    drawn, held = _drawn(face), "".join(sign for sign in text if ord(sign) in _characters(face))
    ascent, descent = drawn.getmetrics()
    top = -drawn.getbbox(held, anchor="ls")[1] if held else ascent
    return ((PIXELS_PER_EM + ascent - descent) / 2 - top) / PIXELS_PER_EM


def missing_characters(text: str, role: Role = Role.FANGSONG) -> list[str]:
    """Give the characters of a text that no installed face of the role's chain holds, each once, in order."""
    return [sign for sign in dict.fromkeys(text) if _is_visible(sign) and _holder(sign, role) is None]


def _is_visible(sign: str) -> bool:
    selector = any(ord(sign) in selectors for selectors in VARIATION_SELECTORS)
    return not selector and unicodedata.category(sign) not in INVISIBLE_CATEGORIES


def check_characters(paper: OfficialPaper) -> None:
    """See that everything on a paper can be printed, before it is.

    Raises MissingCharacters naming what no font holds.
    """
    missing = missing_characters("".join(paper_lines(paper)))
    if missing:
        raise MissingCharacters(missing)

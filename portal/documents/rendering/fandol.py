"""Fetch the typefaces FandolFang (仿宋) and FandolKai (楷体), in which official paper is written.

Free faces (GPL with font exception, so papers that embed them stay free of it), in a Debian package of 49 MB that few
machines have. Wanted, never required: without them papers are set in Noto Serif.

Run as a file, by any Python and before anything is installed: ``python3 portal/documents/rendering/fandol.py FOLDER``.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

PACKAGE = "texlive-lang-chinese"
FANG_FILE = "FandolFang-Regular.otf"
KAI_FILE = "FandolKai-Regular.otf"
FILES = (FANG_FILE, KAI_FILE)
KEPT_AS = {"COPYING.gz": "Fandol-COPYING.gz", "README": "Fandol-README", **{name: name for name in FILES}}
PATHS = ("*/fonts/opentype/public/fandol/*.otf", "*/fonts/fandol/COPYING.gz", "*/fonts/fandol/README")
TOOLS = ("apt-get", "dpkg-deb", "tar")
SECONDS = 300


def fetch(target: Path) -> bool:
    """Put both faces with their licence into a folder, from the Debian package that holds them.

    Needs no rights and installs nothing. Never fatal: tells whether the faces are there now.
    """
    if all((target / name).is_file() for name in FILES):
        return True
    tools = {name: shutil.which(name) for name in TOOLS}
    if None in tools.values():
        return False
    with tempfile.TemporaryDirectory(prefix="fandol-") as scratch:
        try:
            _unpack(Path(scratch), tools)
        except (subprocess.SubprocessError, OSError) as error:
            sys.stderr.write(f"{error}\n")  # for the log of whoever runs this as a file
            return False
        found = {path.name: path for path in Path(scratch).rglob("*") if path.is_file()}
        if not found.keys() >= KEPT_AS.keys():
            return False
        target.mkdir(parents=True, exist_ok=True)
        for name, kept_as in KEPT_AS.items():
            # Whole or not at all: a portal that is at work looks here too.
            shutil.copy2(found[name], target / f"{kept_as}.part")
            (target / f"{kept_as}.part").replace(target / kept_as)
    return True


def _unpack(scratch: Path, tools: Mapping[str, str]) -> None:
    """Download the package and unpack these faces only: the whole of it would take 100 MB."""
    subprocess.run([tools["apt-get"], "download", "-qq", PACKAGE], cwd=scratch, check=True, timeout=SECONDS)
    package = next(scratch.glob(f"{PACKAGE}_*.deb"), None)
    if package is None:
        raise FileNotFoundError(PACKAGE)
    archive = scratch / "package.tar"
    with archive.open("wb") as stream:
        subprocess.run([tools["dpkg-deb"], "--fsys-tarfile", package], stdout=stream, check=True, timeout=SECONDS)
    subprocess.run(
        [tools["tar"], "-x", "-f", archive, "-C", scratch, "--wildcards", *PATHS], check=True, timeout=SECONDS
    )


if __name__ == "__main__":
    sys.exit(0 if fetch(Path(sys.argv[1])) else 1)

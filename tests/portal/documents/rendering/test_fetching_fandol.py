"""The faces of official paper are fetched by a file that any Python runs, and going without is never fatal."""

import subprocess
import sys

import pytest

from portal.documents.rendering import fandol

IN_THE_PACKAGE = {
    "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf": b"fang",
    "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolKai-Regular.otf": b"kai",
    "usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz": b"licence",
    "usr/share/doc/texlive-doc/fonts/fandol/README": b"readme",
    "usr/share/texlive/texmf-dist/tex/other.tex": b"other",
}


def run_as_a_file(target, **variables) -> int:
    return subprocess.run(
        [sys.executable, "-I", fandol.__file__, str(target)], env=variables, capture_output=True, check=False
    ).returncode


@pytest.fixture
def tools(tmp_path):
    """A folder of programmes that stands before all others; `apt-get` brings a package made here."""
    folder, tree = tmp_path / "bin", tmp_path / "tree"
    folder.mkdir()
    for path, content in IN_THE_PACKAGE.items():
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).write_bytes(content)
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN" / "control").write_text(
        f"Package: {fandol.PACKAGE}\nVersion: 1\nArchitecture: all\nMaintainer: nobody <a@b>\nDescription: faces\n"
    )
    package = tmp_path / f"{fandol.PACKAGE}_1_all.deb"
    subprocess.run(["dpkg-deb", "--build", "-Znone", tree, package], check=True, capture_output=True)
    programme(folder / "apt-get", f'[ "$1" = download ] && cp {package} .')
    return folder


def programme(path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)


def test_both_faces_and_their_licence_are_put_into_the_folder(tools, tmp_path):
    assert run_as_a_file(tmp_path / "fonts", PATH=f"{tools}:/usr/bin:/bin") == 0
    fetched = {path.name: path.read_bytes() for path in (tmp_path / "fonts").iterdir()}
    assert fetched == {
        "FandolFang-Regular.otf": b"fang",
        "FandolKai-Regular.otf": b"kai",
        "Fandol-COPYING.gz": b"licence",
        "Fandol-README": b"readme",
    }


def test_faces_that_are_there_are_not_fetched_again(tmp_path):
    for name in fandol.FILES:
        (tmp_path / name).write_bytes(b"there")
    assert run_as_a_file(tmp_path, PATH="") == 0
    assert {path.name for path in tmp_path.iterdir()} == set(fandol.FILES)


def test_a_machine_without_package_tools_goes_without(tmp_path):
    assert run_as_a_file(tmp_path / "fonts", PATH=str(tmp_path)) == 1
    assert not (tmp_path / "fonts").exists()


@pytest.mark.parametrize("line", ["exit 100", "exit 0"], ids=["the download fails", "the download brings nothing"])
def test_without_a_package_it_goes_without(tools, tmp_path, line):
    programme(tools / "apt-get", line)
    assert run_as_a_file(tmp_path / "fonts", PATH=f"{tools}:/usr/bin:/bin") == 1
    assert not (tmp_path / "fonts").exists()

"""House rules of templates that a reviewer should not have to remember."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parent.parent / "templates"
PAGES = sorted(path for path in TEMPLATES.rglob("*.html"))
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html")) + sorted((TEMPLATES / "forms").glob("*.html"))
COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}|{#.*?#}", re.S)
# Paper is no web page: WeasyPrint reads it, no browser with a content security policy.
SCREENS = [path for path in PAGES if path.relative_to(TEMPLATES).parts[0] != "official"]


def name_of(path):
    return str(path.relative_to(TEMPLATES))


def without_comments(path):
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SCREENS, ids=name_of)
def test_no_style_or_script_stands_inside_a_page(path):
    text = without_comments(path)
    assert not re.search(r"<style\b|\sstyle\s*=", text), "a class of portal.css says it"
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "scripts are files of their own"
    assert not re.search(r"<[^>]*\son[a-z]+\s*=|\shx-on\b|javascript:", text), "listeners live in portal.js"


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_nothing_is_declared_safe_in_a_template(path):
    assert not re.search(r"\|\s*safe\b|{%\s*autoescape\s+off", without_comments(path))


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_templates_ask_no_database_manager(path):
    assert ".objects." not in without_comments(path)


@pytest.mark.parametrize("path", COMPONENTS, ids=name_of)
def test_a_component_begins_by_naming_its_variables(path):
    text = path.read_text(encoding="utf-8")
    opening = re.match(r"(?:{% load [\w ]+ %})?{% comment %}(.*?){% endcomment %}", text, re.S)
    assert opening
    assert "ariables:" in opening[1]


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_components_are_included_with_only_what_they_name(path):
    for tag in re.findall(r'{%\s*include\s+"(?:components|forms)/[^%]*%}', without_comments(path)):
        assert re.search(r"\bonly\s*%}$", tag), tag


@pytest.mark.parametrize("path", SCREENS, ids=name_of)
def test_colours_come_from_the_tokens(path):
    assert not re.search(r'(?:fill|stroke|color|bgcolor)="#', without_comments(path))

"""Drafts of 龙潭镇 that were sent to the legal office."""

from datetime import date

from django.urls import reverse

from normative_docs.demo import texts
from normative_docs.demo.journey import Journey
from portal.demo.walking import cast_of
from portal.legal_review.checklist import QUESTIONS

START = date(2026, 3, 2)


def on_review(world, town="longtan") -> Journey:
    """A draft before its reviewer, its clock set to the day it was sent."""
    journey = Journey(cast_of(world, town), texts.market(), START)
    journey.walk("review")
    return journey


def address(name, journey, **more):
    return reverse(f"legal_review:{name}", kwargs={"public_id": journey.document.public_id, **more})


FINDING = {
    "clause": "第六条",
    "problem": "收取保证金没有依据。",
    "basis": "国办发〔2018〕37号",
    "suggestion": "删去。",
    "seen": "",
}


def checked(**changes):
    """The review list as its form sends it: everything met but what is changed."""
    answers = {question.code: "yes" for question in QUESTIONS} | {f"{question.code}_note": "" for question in QUESTIONS}
    return answers | changes

"""The panel: hints with reason and basis, decided on a page of their own; never a verdict."""

from django.urls import reverse

from normative_docs.clause_check.checking import check, newest_check
from portal.legal_review.papers import opinion_letter
from portal.legal_review.reviewing import newest
from tests.normative_docs.clause_check.stories import drafted, under_review


def _url(journey, name="panel", **kwargs):
    return reverse(f"clause_check:{name}", kwargs={"public_id": journey.document.public_id, **kwargs})


def _checked(world):
    journey = drafted(world)
    with journey.on():
        return journey, list(check(journey.document, journey.cast.clerk).hints.all())


def test_before_the_first_check_the_page_says_how_to_get_one(world, as_person):
    journey = drafted(world)
    client = as_person("lt_clerk")
    with journey.on():
        assert "现在的文稿还没有检查" in client.get(_url(journey)).text
        page = client.post(_url(journey, "check"), follow=True)
    assert "提示 2 条，请逐条处理" in page.text
    assert newest_check(journey.document).hints.count() == 2


def test_the_panel_shows_each_hint_with_basis_and_reason(world, as_person):
    journey, hints = _checked(world)
    with journey.on():
        page = as_person("lt_clerk").get(_url(journey)).text
    for hint in hints:
        assert hint.why in page
        assert hint.basis in page
    assert "仅供审核参考" in page
    for verdict in ("违法的", "结论为"):
        assert verdict not in page


def test_a_hint_is_dismissed_with_its_reason_and_the_next_is_offered(world, as_person):
    journey, hints = _checked(world)
    client = as_person("lt_clerk")
    first = _url(journey, "hint", number=hints[0].pk)
    with journey.on():
        empty = client.post(first, {"decision": "dismissed", "reason": "", "seen": "open"})
        assert empty.status_code == 422
        assert "请写明不采纳的理由" in empty.text
        answer = client.post(first, {"decision": "dismissed", "reason": "有依据。", "seen": "open", "then": "next"})
        assert answer.url == _url(journey, "hint", number=hints[1].pk)
        late = client.post(first, {"decision": "accepted", "reason": "", "seen": "open"})
        assert late.status_code == 409
        assert "他人处理" in late.text


def test_saving_the_draft_checks_it(world, as_person):
    journey = drafted(world, ("为了规范集市，制定本办法。",))
    client = as_person("lt_clerk")
    edit = reverse("normative_docs:edit", kwargs={"public_id": journey.document.public_id})
    with journey.on():
        form = client.get(edit).context["form"]
        values = {name: form[name].value() for name in form.fields}
        values = {name: value for name, value in values.items() if value not in (None, False)}
        values |= {
            "draft_text": "第一条　摊主每月缴纳摊位管理费五十元。",
            "seen": journey.document.facts_digest(),
        }
        answer = client.post(edit, values)
    assert answer.status_code == 302, answer.context["form"].errors
    journey.document.refresh_from_db()
    assert [hint.kind for hint in newest_check(journey.document).hints.all()] == ["有效期缺失", "设定收费"]


def test_only_the_towns_people_come_here(world, as_person):
    journey, hints = _checked(world)
    with journey.on():
        assert as_person("qh_clerk").get(_url(journey)).status_code == 404
        client = as_person("lt_head")
        assert client.get(_url(journey)).status_code == 200
        assert client.post(_url(journey, "check")).status_code == 403
        assert client.get(_url(journey, "hint", number=hints[0].pk)).status_code == 403


def test_under_review_the_drafter_is_told_that_the_reviewer_decides(world, as_person):
    journey = under_review(world)
    with journey.on():
        assert "由审核人处理" in as_person("lt_clerk").get(_url(journey)).text
        page = as_person("lt_legal").get(_url(journey)).text
        assert "由审核人处理" not in page
        hints = newest_check(journey.document).hints.all()
        assert all(_url(journey, "hint", number=hint.pk) in page for hint in hints)


def test_case_page_and_review_page_lead_to_the_panel(world, as_person):
    journey = under_review(world)
    client = as_person("lt_legal")
    with journey.on():
        for name in ("inside:case", "legal_review:staff-review"):
            page = client.get(reverse(name, kwargs={"public_id": journey.document.public_id})).text
            assert _url(journey) in page
            assert "仅供审核参考" in page


def test_the_number_of_queries_does_not_grow_with_the_hints(world, as_person, django_assert_max_num_queries):
    few, many = drafted(world), drafted(world, tuple(f"第{n}号摊位每月缴纳摊位管理费{n}元。" for n in range(20, 29)))
    client = as_person("lt_clerk")
    for journey in (few, many):
        with journey.on():
            check(journey.document, journey.cast.clerk)
            client.get(_url(journey))
            with django_assert_max_num_queries(20):
                client.get(_url(journey))


def test_decisions_and_reasons_stand_in_the_opinion_letter(world):
    journey = under_review(world)
    journey.find()
    journey.conclude("amend", "请修改第二条、第三条。")
    paper = opinion_letter(newest(journey.document))
    tables = [block for block in paper.body if getattr(block, "header", None) == ("条款", "提示", "处理", "理由")]
    assert [row[:3] for row in tables[0].rows] == [("第二条", "设定收费", "采纳"), ("第三条", "模糊权力", "采纳")]
    assert all(row[3] for row in tables[0].rows)
    headings = [block.text for block in paper.body if type(block).__name__ == "Heading"]
    assert headings[-1] == "四、条款提示处理情况"

"""How a rehearsal reads a page: by the words on it, as people do."""

import pytest

from kiosk.rehearsal.reading import NotOnThePage, read_page

PAGE = """<main>
<form method="post" action="/need/new"><input type="hidden" name="need" value="n1">
<textarea name="text">
两行
字</textarea>
<label class="pick"><input type="radio" name="to" value="a" checked><span><b>提议</b></span></label>
<label class="pick"><input type="radio" name="to" value="b"><span><b>商议</b><small>两委</small></span></label>
<button type="submit" class="button button--dominant" name="step" value="go"><svg></svg><span>提交需求</span></button>
<button type="button">键盘</button></form>
<a class="button" href="/matters/?show=over"><span>办完的</span> <b>3</b></a>
</main>"""


@pytest.fixture
def page():
    return read_page("/need/new", PAGE)


def test_a_form_sends_what_stands_in_it(page):
    form = page.control("提交需求").form
    assert (form.action, form.method) == ("/need/new", "post")
    assert form.fields == [("need", "n1"), ("text", "两行\n字"), ("to", "a")]


def test_buttons_and_links_are_found_by_their_words(page):
    assert page.dominant.words == "提交需求"
    assert (page.dominant.name, page.dominant.value) == ("step", "go")
    assert page.control("办完的").href == "/matters/?show=over"
    assert page.links("/matters/") == ["/matters/?show=over"]
    assert page.offers("提交")
    assert not page.offers("键盘")


def test_a_tile_is_found_by_its_words_in_its_own_form(page):
    form = page.dominant.form
    assert (page.tile("商议", form).name, page.tile("商议", form).value) == ("to", "b")


def test_what_is_not_on_the_page_is_said_with_what_is(page):
    with pytest.raises(NotOnThePage, match="没有“归档”，只有：提交需求、办完的 3"):
        page.control("归档")
    with pytest.raises(NotOnThePage, match="没有“决议”这一格，只有：提议、商议 两委"):
        page.tile("决议", page.dominant.form)
    with pytest.raises(NotOnThePage, match="没有主按钮"):
        _ = read_page("/", "<a href='/x'>去</a>").dominant

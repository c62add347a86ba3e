"""Full-text search in Chinese, the index by year, kind and letter, and five hundred matters on a telephone."""

import re

import kiosk_fixtures
import pytest
from site_fixtures import words

from kiosk.app import open_store
from kiosk.demo.many import found_many
from kiosk.store.journal import SqlJournal
from kiosk.store.register import Register
from kiosk.web.public.search import AT_MOST, Thing, excerpt, search

whole_database, whole_house = kiosk_fixtures.whole_database, kiosk_fixtures.whole_house

ROAD = Thing("/m/1", "村道硬化（村口至虎头岭）", "第1号事项", "路面宽3.5米。\n责任人林观塱")
POND = Thing("/m/2", "虎头岭鱼塘对外发包", "第2号事项", "公开竞价，底价每亩600元。")
LAMPS = Thing("/need/2026-1", "村口的路灯坏了三盏", "需求", "已派电工去修。")
THINGS = (ROAD, POND, LAMPS)


def hrefs(found):
    return [thing.href for thing in found.things]


def test_what_has_it_in_the_title_comes_before_what_has_it_in_the_text():
    told = (Thing("/m/3", "水塔", "", "从鱼塘引水。"), POND)
    assert hrefs(search(told, "鱼塘")) == ["/m/2", "/m/3"]


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("虎头岭", ["/m/1", "/m/2"]),
        ("虎头岭 发包", ["/m/2"]),
        ("发包　虎头岭", ["/m/2"]),
        ("林观塱", ["/m/1"]),
        ("３．５米", ["/m/1"]),
        ("路 灯", ["/need/2026-1"]),
        ("600", ["/m/2"]),
        ("", []),
        ("   ", []),
        ("飞机场", []),
    ],
)
def test_every_part_of_the_question_must_occur_whatever_its_width(question, answers):
    assert hrefs(search(THINGS, question)) == answers


def test_where_nothing_has_it_what_comes_near_is_offered_and_said_to_be_only_near():
    found = search(THINGS, "修村口的路灯")
    assert (hrefs(found), found.near) == (["/need/2026-1"], True)
    assert not search(THINGS, "路灯").near


def test_blanks_and_line_ends_in_a_text_hide_nothing_and_join_nothing():
    told = (Thing("/m/1", "一 事 一 议", "", "第一行\n第二行"),)
    assert hrefs(search(told, "一事一议")) == ["/m/1"]
    assert search(told, "行第二").near, "what ends one line and begins the next is not one word"


def test_the_place_that_was_found_is_shown_with_its_line_alone():
    assert excerpt(ROAD, "3.5") == ("路面宽", "3.5", "米。")
    assert excerpt(ROAD, "观塱") == ("责任人林", "观塱", "")
    assert excerpt(ROAD, "鱼塘") == ("", "", "")


# --- on the portal, without a script


def found_on(house, question):
    page = house.visitor().client.get("/find/", query_string={"q": question}).text
    block = re.search(r'id="found">(.*?)</article>', page, re.S)[1]
    return words(block), re.findall(r'href="([^"]+)"', block)


def test_a_villager_finds_a_matter_by_a_word_of_its_works_its_money_or_its_objection(whole_house):
    for question, number in (("宏基", 2), ("砖窑坑", 6), ("错车台", 2), ("无障碍扶手", 1)):
        text, links = found_on(whole_house, question)
        assert f"“{question}”找到1件" in text
        assert links == [f"/m/{number}"]
    assert "错车台" in found_on(whole_house, "错车台")[0]


def test_nothing_private_can_be_found_by_asking_for_it(whole_house):
    need = next(iter(whole_house.village().needs.values()))
    assert need.author not in found_on(whole_house, need.author)[0].replace(f"“{need.author}”", "")
    assert found_on(whole_house, "苏启东等36户联名")[1] == []


def test_a_question_is_never_html(whole_house):
    page = whole_house.visitor().client.get("/find/", query_string={"q": "<b>x</b>"}).text
    assert "<b>x</b>" not in page
    assert "没有找到“&lt;b&gt;x" in page


def test_the_index_leads_to_every_matter_by_year_kind_and_letter(whole_house):
    page = whole_house.visitor().open("/find/")
    for by in ("year", "kind", "letter"):
        links = re.findall(rf'href="(/find/{by}-[^"]+)"', page)
        listed = {
            m for link in links for m in re.findall(r'"(/m/\d+)"', whole_house.visitor().open(link))
        }
        assert listed == {f"/m/{m.number}" for m in whole_house.village().matters.values()}
    assert "/m/1" in whole_house.visitor().open("/find/letter-Z"), "长者饭堂 is zhang, not chang"
    whole_house.visitor().open("/find/letter-Q", 404)
    whole_house.visitor().open("/find/colour-red", 404)


# --- five hundred matters


@pytest.fixture(scope="module")
def large_house(tmp_path_factory):
    """A village that has decided five hundred matters."""
    settings = kiosk_fixtures.settings_in(tmp_path_factory.mktemp("large"))
    _flask, engine = open_store(settings)
    opening = kiosk_fixtures.OPENING
    found_many(Register(engine), SqlJournal(engine), opening, settings.public_url, 500)
    engine.dispose()
    house = kiosk_fixtures.House(settings, kiosk_fixtures.HandClock())
    yield house
    house.close()


def test_the_first_page_of_five_hundred_matters_is_at_most_100_kilobytes_with_all_that_it_loads(
    large_house,
):
    phone = large_house.visitor()
    page = phone.get("/")
    assert len(large_house.village().matters) == 500
    loaded = re.findall(r'<link rel="stylesheet" href="([^"]+)"|(?<= )src="([^"]+)"', page.text)
    names = {name for pair in loaded for name in pair if name}
    sizes = [len(page.data), *(len(phone.get(name).data) for name in names)]
    for name in names:
        slices = re.findall(r'url\("([^"]+)"\)', phone.get(name).text)
        sizes += [len(phone.get(one).data) for one in slices]
    assert sum(sizes) <= 100_000, sizes
    assert "还有42件正在公布，看全部" in words(page.text)


def test_every_one_of_five_hundred_is_found_by_its_own_words_and_every_list_comes_in_pages(
    large_house,
):
    for number in (1, 250, 500):
        _, links = found_on(large_house, f"（{number}）")
        assert f"/m/{number}" in links
    text, links = found_on(large_house, "虎头岭")
    assert len(links) == AT_MOST
    assert "找到50件" not in text
    page, seen = "/m/", set()
    while page:
        told = large_house.visitor().open(page)
        seen |= set(re.findall(r'"(/m/\d+)"', told))
        more = re.search(r'href="(/m/\?page=\d+)"', told)
        page = more[1] if more else ""
    assert len(seen) == 500

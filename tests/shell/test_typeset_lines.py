"""避头尾, whole numbers, squeezed and justified lines: the typesetter without any page."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.typeset.breaks import may_break
from kiosk.typeset.document import Face
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.grid import CHARACTER, WIDTH
from kiosk.typeset.lines import balanced, set_lines
from kiosk.typeset.spacing import SetLine

FONTS = FontFolder.from_node_modules(Path(__file__).parents[2] / "node_modules")
PROSE = (
    "金塱村村民代表会议（以下简称“会议”）于2026年11月21日召开，应到45人，实到33人；经表决，"
    "《公益性骨灰楼选址与建设方案》获赞成28票、反对3票、弃权1票、无效1票——超过到会人数一半，通过！"
    "预算126.5万元，占地1.26亩（约840平方米），公示15日。有异议的，可否书面提出？可以：见http://192.168.8.1/p/5。"
)


def lines_of(text: str, room: float = WIDTH, *, indent: float = 0, justify: bool = True):
    return set_lines(text, Face.BODY, CHARACTER, FONTS, room=room, indent=indent, justify=justify)


def texts(lines: list[SetLine]) -> list[str]:
    return [line.text for line in lines]


def test_a_body_line_holds_28_characters_exactly() -> None:
    lines = lines_of("村" * 60)
    assert [len(line.text) for line in lines] == [28, 28, 4]
    assert lines[0].width == pytest.approx(WIDTH)


def test_the_first_line_is_two_characters_shorter() -> None:
    assert [len(text) for text in texts(lines_of("村" * 60, indent=2 * CHARACTER))] == [26, 28, 6]


@pytest.mark.parametrize("characters", range(6, 29))
def test_no_line_begins_with_a_closing_or_ends_with_an_opening_mark(characters: int) -> None:
    lines = texts(lines_of(PROSE * 3, characters * CHARACTER))
    assert not [line for line in lines if line[0] in "，。、；：？！）》”…—"]
    assert not [line for line in lines if line[-1] in "（《“"]


@pytest.mark.parametrize("characters", range(6, 29))
def test_numbers_units_and_dashes_stay_whole(characters: int) -> None:
    lines = texts(lines_of(PROSE * 2, characters * CHARACTER))
    for token in ("2026年", "11月", "21日", "45人", "28票", "126.5万元", "840平方米", "——"):
        assert sum(line.count(token) for line in lines) == 2, token


def test_justified_lines_are_as_wide_as_the_type_area_and_the_last_is_not() -> None:
    *full, last = lines_of(PROSE * 2)
    assert full
    for line in full:
        assert line.width == pytest.approx(WIDTH, abs=0.05)
    assert last.width < WIDTH - 1


def test_a_full_stop_is_pushed_in_where_the_line_has_blank_to_give() -> None:
    text = "经表决，赞成、反对、弃权之和与到会人数相符合，本决议依法获得通过。" + "村" * 9
    first = lines_of(text, (text.index("。")) * CHARACTER)[0]
    assert first.text.endswith("。")
    assert first.width == pytest.approx(text.index("。") * CHARACTER, abs=0.05)


def test_without_blank_to_give_a_character_goes_along_with_its_full_stop() -> None:
    assert texts(lines_of("村" * 28 + "。" + "村" * 5)) == ["村" * 27, "村。" + "村" * 5]


def test_adjacent_marks_gape_no_more_than_half() -> None:
    loose = lines_of("村”村，村")[0].width
    assert lines_of("村村”，村")[0].width == pytest.approx(loose - CHARACTER / 2)


def test_a_line_feed_breaks_and_leaves_its_line_ragged() -> None:
    lines = lines_of("甲乙\n丙")
    assert texts(lines) == ["甲乙\n", "丙"]
    assert lines[0].width == pytest.approx(2 * CHARACTER)


def test_an_address_breaks_after_its_separators_only() -> None:
    address = "http://192.168.8.1/p/2026/05?check=3817-0462"
    lines = texts(lines_of(address, 12 * CHARACTER))
    assert "".join(lines) == address
    assert all(line[-1] in "/.?=-&_" for line in lines[:-1])


def test_a_word_wider_than_the_line_is_cut_rather_than_lost() -> None:
    digest = "9f2c41d07be855a1" * 4
    lines = lines_of(digest, 10 * CHARACTER)
    assert "".join(texts(lines)) == digest
    assert all(line.width <= 10 * CHARACTER + 0.05 for line in lines)


def test_latin_words_keep_their_letters_and_break_at_spaces() -> None:
    assert may_break("an ox") == [False, False, False, True, False]


@pytest.mark.parametrize("whole", ["金塱村决〔2026〕5号", "第24条", "28×2=56"])
def test_numbers_of_papers_and_articles_stay_whole(whole: str) -> None:
    start = whole.index("〔") if "〔" in whole else 0
    assert not any(may_break(whole)[start + 1 :])


def test_an_empty_text_is_one_empty_line() -> None:
    assert texts(lines_of("")) == [""]


def test_a_title_is_as_even_as_possible() -> None:
    title = "金塱村村民代表会议关于公益性骨灰楼选址与建设方案的决议"
    lines = balanced(title, Face.TITLE, 22, FONTS, room=WIDTH)
    assert len(lines) == 2
    assert abs(len(lines[0].text) - len(lines[1].text)) <= 2


CHARACTERS = st.sampled_from("村民代表议㛃䶮，。、；：？！（）《》“”—…·0123456789.%abZ/-×人元年 \n")


@settings(max_examples=150, deadline=None)
@given(st.text(CHARACTERS, max_size=120), st.integers(2, 28), st.integers(0, 2), st.booleans())
def test_joining_the_lines_gives_back_the_text(
    text: str, characters: int, indent: int, justify: bool
) -> None:
    room = characters * CHARACTER
    lines = lines_of(text, room, indent=min(indent, characters - 1) * CHARACTER, justify=justify)
    assert "".join(texts(lines)) == text
    assert all(line.width <= room + 0.05 for line in lines)
    assert all(line.text for line in lines) or not text

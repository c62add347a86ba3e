"""`kiosk publish`: the portal's own pages as a folder that any web host or stick carries, whole or not at all."""

import errno
import json
import os
import re
import shutil
from html.parser import HTMLParser

import kiosk_fixtures
import pytest
import site_fixtures
from click.testing import CliRunner
from kiosk_fixtures import VILLAGE
from site_fixtures import pages, words

from kiosk.cli import cli
from kiosk.core import commands as c
from kiosk.demo.proposals import DITCHES
from kiosk.site.addresses import NoSuchPlace, file_of, translated
from kiosk.site.folder import MARK, FolderTaken, mark, put_folder
from kiosk.site.pages import File
from kiosk.site.publishing import NotPublished, publish

whole_database, founded_database = kiosk_fixtures.whole_database, kiosk_fixtures.founded_database
whole_house = kiosk_fixtures.whole_house
papered_database = kiosk_fixtures.papered_database
published_house = site_fixtures.published_house


class Links(HTMLParser):
    """Where a page leads, what it loads, where its forms go."""

    def __init__(self, page):
        super().__init__()
        self.links, self.forms = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.links += [told[name] for name in ("href", "src") if name in told]
        if tag == "form":
            self.forms.append(told.get("action"))


def leads_outside(link):
    return link.startswith(("tel:", "data:", "#"))


# --- one site


def test_every_link_of_every_page_is_relative_and_leads_to_a_file_of_the_site(published_house):
    for name, page in pages(published_house.site).items():
        for link in Links(page).links:
            if not leads_outside(link):
                target = (published_house.site / name).parent / link
                assert not link.startswith("/"), (name, link)
                assert target.is_file(), (name, link)


def test_links_of_style_sheets_feed_and_data_are_relative_too(published_house):
    site = published_house.site
    for path in [*site.rglob("*.css"), *site.rglob("*.json"), site / "feed.xml"]:
        told = re.findall(r'(?:url\("|"href":"|href=")([^"#]+)"', path.read_text("utf-8"))
        assert all((path.parent / link).is_file() for link in told), path
        assert told or path.name not in {"public.json", "feed.xml"}


def test_a_site_holds_pages_papers_data_and_feed(published_house):
    site = published_house.site
    for name in ("index.html", "m/1.html", "m/1.json", "r/2026-1.html", "r/2026-1.pdf",
                 "result/2026-1.pdf", "need/2026-1.html", "m/6/objection/1.html", "feed.xml",
                 "public.json", "public.schema.json", "static/css/portal.css", MARK):  # fmt: skip
        assert (site / name).is_file(), name
    for name in ("r/2026-1", "result/2026-1"):
        hall = published_house.visitor().get(f"/{name}.pdf").data
        assert (site / f"{name}.pdf").read_bytes() == hall


def test_a_site_says_the_same_as_the_hall(published_house):
    """The sentence, the arithmetic, the way, the money: one source."""
    hall = published_house.visitor()
    for address, name in (("/m/2", "m/2.html"), ("/r/2026-1", "r/2026-1.html")):
        told, shown = words(hall.open(address)), words((published_house.site / name).read_text())
        for part in re.findall(r"[^。 ]{6,}。", told):
            if "录像" not in part and "核对" not in part and "还剩" not in part:
                assert part in shown, part


def test_what_only_works_in_the_hall_is_a_sentence_that_says_where_to_go(published_house):
    every = pages(published_house.site)
    for name, page in every.items():
        assert not re.search(r"/object\b|need/new|signin|/pair\b|/film/", page), name
        assert [action for action in Links(page).forms if action] == [], name
    assert "要提异议：公布期内，在会场的网络里打开公开栏，或者到村委会" in words(every["m/6.html"])
    assert "要提需求：在会场的网络里打开公开栏" in words(every["need/index.html"])
    assert "在会场的网络里打开公开栏" in words(every["check/index.html"])


def test_days_left_are_said_of_the_day_on_which_the_site_was_made(published_house):
    """Tomorrow it is still true: both dates, and how many days were left on that day."""
    every = pages(published_house.site)
    first = words(every["index.html"])
    told = "公布从2026年11月16日到2026年11月30日，首尾都算，共15天。在2026年11月22日还剩 9 天。"
    assert told in first
    assert told in words(every["m/6.html"])
    assert told in words(every["r/2026-3.html"])
    assert all("这里是 2026年11月22日 09:00 的内容。" in words(page) for page in every.values())
    for name, page in every.items():
        assert "正在公布，还剩" not in words(page), name
        assert not re.search(r"还有\d+天", words(page)), name


def test_a_site_needs_no_script_and_what_it_has_is_its_own(published_house):
    for name, page in pages(published_house.site).items():
        assert not re.search(r"<script(?![^>]* src=)|\son[a-z]+=|style=", page), name
        assert 'type="module"' not in page, "modules do not load from a stick"
    for script in published_house.site.rglob("*.js"):
        assert "import " not in script.read_text("utf-8").split("\n", 1)[0]


def test_everybody_may_read_a_site(published_house):
    for path in [published_house.site, *published_house.site.rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644), path


def test_the_mark_says_whose_site_it_is_and_up_to_which_entry(published_house):
    told = json.loads((published_house.site / MARK).read_text("utf-8"))
    head = published_house.kiosk.known(VILLAGE).head
    assert (told["village"], told["seq"], told["check_code"]) == (
        VILLAGE,
        head.seq,
        head.check_code,
    )


# --- again


def test_publishing_again_brings_what_is_new_and_keeps_nothing_old(whole_house, tmp_path):
    out, parts = tmp_path / "site", whole_house.app.parts
    publish(whole_house.app.flask, parts, out)
    (out / "old.html").write_text("old")
    whole_house.clock.on(days=1)
    whole_house.do(c.AssignWorks(DITCHES.matter, "p0004", "林观塱", whole_house.clock().date(), 1))
    publish(whole_house.app.flask, parts, out)
    assert not (out / "old.html").exists()
    assert "责任人" in words((out / "m/6.html").read_text("utf-8"))
    assert [path.name for path in tmp_path.iterdir() if "site" in path.name] == ["site"]


@pytest.fixture(params=["a disk", "a stick without links"])
def medium(request, monkeypatch):
    """FAT and exFAT know no second name of a file."""

    def refused(*_names, **_options):
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    if request.param != "a disk":
        monkeypatch.setattr(os, "link", refused)
    return request.param


def test_what_did_not_change_is_not_written_again(whole_house, tmp_path, medium):
    out, app = tmp_path / "site", whole_house.app
    first = publish(app.flask, app.parts, out)
    files = {path: path.stat().st_ino for path in out.rglob("*") if path.is_file()}
    whole_house.clock.on(minutes=5)
    (out / "m/2.html").write_text("altered on the stick")
    (out / "old.html").write_text("old")
    again = publish(app.flask, app.parts, out)
    anew = {path for path, inode in files.items() if path.stat().st_ino != inode}
    told = {str(path.relative_to(out)) for path in anew}
    assert {"index.html", "m/2.html", "public.json", MARK} <= told
    assert "m/1.html" not in told
    assert len(told) < 10
    assert (again.files, again.fresh) == (first.files, len(told))
    assert "这里是 2026年11月22日 09:05 的内容。" in words((out / "index.html").read_text())
    assert "09:00 的内容。整个公开栏更新到哪一天，看首页。" in words((out / "m/1.html").read_text())
    assert "村道硬化" in (out / "m/2.html").read_text()
    assert {path for path in out.rglob("*") if path.is_file()} == set(files)
    assert [path.name for path in tmp_path.iterdir() if "site" in path.name] == ["site"]


def test_cut_off_on_a_stick_without_links_no_page_leads_to_one_that_is_missing(
    tmp_path, monkeypatch
):
    """However far it came: the old page leads to old ones, the new one to new ones, and the next run ends it."""
    monkeypatch.setattr(os, "link", lambda *_names: (tmp_path / "no such file").stat())
    replace = type(tmp_path).replace

    def pages_of(day):
        leaf = one(f"m/{day}.html")
        return site_of("ours", one("index.html", f'href="m/{day}.html"'), leaf)

    for left in range(2):
        out = tmp_path / f"site{left}"
        put_folder(out, "ours", pages_of("old"))
        budget = iter([None] * left)

        def cut(self, target, budget=budget):
            if next(budget, "cut"):
                raise OSError(errno.EIO, "pulled out")
            return replace(self, target)

        with monkeypatch.context() as patch:
            patch.setattr(type(tmp_path), "replace", cut)
            with pytest.raises(OSError, match="pulled out"):
                put_folder(out, "ours", pages_of("new"))
        lead = re.search('href="([^"]+)"', (out / "index.html").read_text())[1]
        assert (out / lead).is_file(), left
        put_folder(out, "ours", pages_of("new"))
        assert {path.name for path in out.rglob("*.html")} == {"index.html", "new.html"}


def one(name, text="x"):
    return File(name, iter([text.encode()]))


def site_of(village, *files):
    return [*files, mark(village)]


def test_a_foreign_folder_and_another_villages_site_are_not_written_over(tmp_path):
    full = tmp_path / "full"
    full.mkdir()
    (full / "letter.txt").write_text("x")
    with pytest.raises(FolderTaken, match="里有别的东西，不能盖掉。请换一个新的或者空的文件夹。"):
        put_folder(full, "ours", site_of("ours"))
    put_folder(tmp_path / "theirs", "theirs", site_of("theirs"))
    with pytest.raises(FolderTaken, match="不能盖掉"):
        put_folder(tmp_path / "theirs", "ours", site_of("ours"))
    (tmp_path / "file").write_text("x")
    with pytest.raises(FolderTaken, match="不是文件夹"):
        put_folder(tmp_path / "file", "ours", site_of("ours"))
    with pytest.raises(FolderTaken, match="是整个盘。请写盘里的一个文件夹"):
        put_folder(type(tmp_path)("/"), "ours", site_of("ours"))
    assert (full / "letter.txt").read_text() == "x"


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "empty").mkdir()
    assert put_folder(tmp_path / "empty", "ours", site_of("ours", one("a/b.html"))).files == 2
    assert (tmp_path / "empty/a/b.html").read_text() == "x"


def test_a_disk_that_is_full_in_the_middle_leaves_the_old_site_as_it_was(tmp_path):
    out = tmp_path / "site"
    put_folder(out, "ours", site_of("ours", one("index.html", "old")))

    def full():
        yield one("index.html", "new")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(OSError, match="No space"):
        put_folder(out, "ours", full())
    assert (out / "index.html").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_where_the_power_went_between_old_and_new_the_next_run_puts_it_right(tmp_path):
    out = tmp_path / "site"
    put_folder(out, "ours", site_of("ours", one("index.html", "old")))
    out.rename(tmp_path / ".site.old")
    shutil.copytree(tmp_path / ".site.old", tmp_path / ".site.new")

    def fails():
        yield one("index.html", "new")
        raise OSError(errno.EIO, "gone")

    with pytest.raises(OSError, match="gone"):
        put_folder(out, "ours", fails())
    assert (out / "index.html").read_text() == "old"
    put_folder(out, "ours", site_of("ours", one("index.html", "new")))
    assert (out / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_that_cannot_be_written_is_said_in_plain_words(published_house, tmp_path):
    (tmp_path / "file").write_text("x")
    app = published_house.app
    with pytest.raises(NotPublished, match=r"没有写成：.*原来的没有动。"):
        publish(app.flask, app.parts, tmp_path / "file" / "site")


def test_the_command_says_where_it_is_and_what_to_open(whole_house, tmp_path):
    environment = {
        "KIOSK_DATA_DIR": str(whole_house.settings.data_dir),
        "KIOSK_RECORDINGS_DIR": str(tmp_path / "recordings"),
    }
    out = tmp_path / "公开栏"
    answer = CliRunner().invoke(cli, ["publish", str(out)], env=environment)
    assert answer.exit_code == 0, answer.output
    assert f"已写成网站：{out}，" in answer.output
    assert "打开里面的 index.html 就能看。" in answer.output
    (out / MARK).unlink()
    refused = CliRunner().invoke(cli, ["publish", str(out)], env=environment)
    assert refused.exit_code == 1
    assert "没有写成网站：" in refused.output


# --- addresses


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/", "index.html"),
        ("/m/", "m/index.html"),
        ("/m/?page=2", "m/index-page-2.html"),
        ("/m/3", "m/3.html"),
        ("/m/3.json", "m/3.json"),
        ("/r/2026-1.pdf", "r/2026-1.pdf"),
        ("/find/letter-C?page=2", "find/letter-C-page-2.html"),
        ("/static/css/portal.css", "static/css/portal.css"),
    ],
)
def test_each_address_of_the_hall_has_its_file(address, name):
    assert file_of(address) == name


@pytest.mark.parametrize("address", ["//evil", "/../x", "/m/?q=a&b=c", "/m/ü", "/m/?page=../x"])
def test_an_address_that_is_none_has_no_file(address):
    with pytest.raises(NoSuchPlace):
        file_of(address)


def test_links_are_translated_from_where_the_page_stands_and_told():
    found = []
    text = '<a href="/"><img src="/m/3/photo/a.jpg"></a><a href="/m/3#top">href="tel:1"</a>'
    shown = translated(text, "text/html", "/m/3", found.append)
    assert shown == (
        '<a href="../index.html"><img src="3/photo/a.jpg"></a><a href="3.html#top">href="tel:1"</a>'
    )
    assert found == ["/", "/m/3/photo/a.jpg", "/m/3"]
    assert translated(
        '{"href":"/m/3","text":"\\"href\\":\\"/x\\""}', "application/json", "/a.json", found.append
    ) == ('{"href":"m/3.html","text":"\\"href\\":\\"/x\\""}')

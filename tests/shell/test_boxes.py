"""The keys of the sealed boxes: on the disk before they are used, nobody else's to read, and destroyed for good."""

import os
import threading
from pathlib import Path

import pytest
from nacl.public import Box, PrivateKey, PublicKey

from kiosk.core.refusals import Malformed
from kiosk.core.terms import VillageId, VoteId
from kiosk.store.boxes import KEY_BYTES, BoxKeys
from kiosk.store.database import READING
from kiosk.store.journal import SqlJournal
from kiosk.store.tables import BoxRow

HERE = VillageId("here")
VOTE, OTHER = VoteId("m1-vote-1"), VoteId("m1-vote-2")
OVERHEAD = 40  # a nonce of 24 bytes, a tag of 16


@pytest.fixture
def keys(tmp_path):
    return BoxKeys(tmp_path / "box-keys")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "box-keys"


def key_file(folder, vote=VOTE):
    return folder / f"{vote}.key"


# --- made


@pytest.fixture
def synced(monkeypatch):
    """What was asked to be on the disk, in that order."""
    asked, fsync = [], os.fsync

    def record(handle):
        asked.append(Path(f"/proc/self/fd/{handle}").readlink())
        fsync(handle)

    monkeypatch.setattr(os, "fsync", record)
    return asked


def test_a_key_its_name_and_its_folder_are_on_the_disk_before_it_is_used(keys, folder, synced):
    keys.make(VOTE)
    assert synced == [folder.parent, folder / f"{VOTE}.part", folder]
    assert [path.name for path in folder.iterdir()] == [f"{VOTE}.key"]


def test_the_key_is_on_the_disk_before_the_commit_of_what_it_seals(engine, tmp_path, synced):
    with SqlJournal(engine).writing(HERE) as writing:
        writing.seal(VOTE, b"content")
        assert synced[-1] == tmp_path / "box-keys"
        assert key_file(tmp_path / "box-keys").exists()


def test_nobody_but_its_owner_may_read_a_key(keys, folder):
    folder.mkdir(mode=0o755)
    keys.make(VOTE)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert key_file(folder).stat().st_mode & 0o777 == 0o600


def test_what_is_left_where_a_start_was_cut_off_becomes_no_key(keys, folder):
    folder.mkdir()
    left = folder / f"{VOTE}.part"
    left.write_bytes(b"half")
    left.chmod(0o644)
    assert keys.kept() == []
    keys.make(VOTE)
    assert keys.kept() == [VOTE]
    assert not left.exists()
    assert key_file(folder).stat().st_mode & 0o777 == 0o600
    assert keys.opened(VOTE, keys.seal(VOTE, b"content")) == b"content"


def test_every_box_gets_a_key_of_its_own(keys, folder):
    for vote in (VOTE, OTHER):
        keys.make(vote)
    assert keys.kept() == [VOTE, OTHER]
    assert key_file(folder).read_bytes() != key_file(folder, OTHER).read_bytes()
    sealed = keys.seal(VOTE, b"content")
    with pytest.raises(Malformed):
        keys.opened(OTHER, sealed)
    before = key_file(folder).read_bytes()
    keys.make(VOTE)  # of a vote whose opening was rolled back
    assert key_file(folder).read_bytes() != before


def test_a_box_is_not_made_where_its_key_cannot_be_written(engine, tmp_path):
    (tmp_path / "box-keys").write_text("in the way")
    store = SqlJournal(engine)
    with pytest.raises(OSError, match="box-keys"), store.writing(HERE) as writing:
        writing.seal(VOTE, b"content")
    with pytest.raises(LookupError):
        store.box(HERE, VOTE)


@pytest.mark.parametrize("name", ["", "../vote", "a/b", ".vote"])
def test_a_name_that_leads_elsewhere_is_no_vote(keys, name):
    with pytest.raises(Malformed):
        keys.make(VoteId(name))


# --- used


def test_a_sealed_content_has_one_length_whatever_it_is_and_never_the_same_bytes(keys):
    keys.make(VOTE)
    contents = [bytes(50), b"\xff" * 50, os.urandom(50)]
    sealed = [keys.seal(VOTE, content) for content in contents * 2]
    assert {len(one) for one in sealed} == {50 + OVERHEAD}
    assert len(set(sealed)) == len(sealed)
    assert [keys.opened(VOTE, one) for one in sealed] == contents * 2


def test_in_the_database_lies_only_what_is_sealed(engine):
    store = SqlJournal(engine)
    with store.writing(HERE) as writing:
        writing.seal(VOTE, b"who, and how many")
    with engine.connect().execution_options(**READING) as connection:
        (row,) = connection.execute(BoxRow.__table__.select()).all()
    assert b"who" not in row.content
    assert len(row.content) == len(b"who, and how many") + OVERHEAD


@pytest.mark.parametrize("place", [0, 24, -1])
def test_what_was_altered_does_not_open(keys, place):
    keys.make(VOTE)
    sealed = bytearray(keys.seal(VOTE, b"content"))
    sealed[place] ^= 1
    with pytest.raises(Malformed):
        keys.opened(VOTE, bytes(sealed))
    with pytest.raises(Malformed):
        keys.opened(VOTE, b"short")


@pytest.mark.parametrize("content", [b"", b"half", bytes(KEY_BYTES), bytes(KEY_BYTES + 1)])
def test_a_key_that_is_half_destroyed_or_half_there_is_none(keys, folder, content):
    keys.make(VOTE)
    sealed = keys.seal(VOTE, b"content")
    key_file(folder).write_bytes(content)
    for use in (
        lambda: keys.opened(VOTE, sealed),
        lambda: keys.seal(VOTE, b"content"),
        lambda: keys.ballot_key(VOTE),
    ):
        with pytest.raises(LookupError):
            use()


def test_what_a_page_encrypts_for_a_vote_only_the_key_of_that_vote_opens(keys):
    keys.make(VOTE)
    keys.make(OTHER)
    page = PrivateKey.generate()
    sealed = bytes(Box(page, PublicKey(keys.ballot_key(VOTE))).encrypt(b"a ballot"))
    sender = bytes(page.public_key)
    assert keys.ballot(VOTE, sender, sealed) == b"a ballot"
    with pytest.raises(Malformed):
        keys.ballot(OTHER, sender, sealed)
    with pytest.raises(Malformed):
        keys.ballot(VOTE, sender, sealed[:-1])


@pytest.mark.parametrize("sender", [b"", b"short", bytes(32), b"\xff" * 33])
def test_a_sender_that_is_no_key_is_malformed(keys, sender):
    keys.make(VOTE)
    with pytest.raises(Malformed):
        keys.ballot(VOTE, sender, bytes(100))


def test_the_public_half_tells_nothing_of_the_key_that_seals_the_box(keys, folder):
    """The two uses have keys of their own, derived from the one that is kept."""
    keys.make(VOTE)
    kept = key_file(folder).read_bytes()
    assert keys.ballot_key(VOTE) != bytes(PrivateKey(kept).public_key)


# --- destroyed


def test_a_destroyed_key_is_overwritten_on_the_disk_and_then_removed(keys, folder, synced):
    keys.make(VOTE)
    sealed = keys.seal(VOTE, b"content")
    same_blocks = folder.parent / "the same file by another name"
    same_blocks.hardlink_to(key_file(folder))
    synced.clear()
    keys.destroy(VOTE)
    assert same_blocks.read_bytes() == bytes(KEY_BYTES)
    assert synced == [key_file(folder), folder]
    assert keys.kept() == []
    with pytest.raises(LookupError):
        keys.opened(VOTE, sealed)


def test_where_there_is_no_key_there_is_nothing_to_destroy(keys):
    keys.destroy(VOTE)
    keys.make(VOTE)
    keys.destroy(VOTE)
    keys.destroy(VOTE)
    assert keys.kept() == []


def test_a_key_without_a_box_is_left_over_and_destroyed_and_no_other(engine, tmp_path):
    keys = BoxKeys(tmp_path / "box-keys")
    store = SqlJournal(engine, keys)
    store.destroy_keys_left_over()  # not even the folder is there
    with store.writing(HERE) as writing:
        writing.seal(VOTE, b"open")
    keys.make(OTHER)
    store.destroy_keys_left_over()
    assert keys.kept() == [VOTE]
    assert store.box(HERE, VOTE) == b"open"


def test_a_key_of_a_vote_that_opens_at_this_moment_is_not_left_over(engine, tmp_path):
    """Another program may start on the same folder while a vote opens: it waits until it can see the box."""
    keys = BoxKeys(tmp_path / "box-keys")
    store = SqlJournal(engine, keys)
    another = threading.Thread(target=store.destroy_keys_left_over)
    with store.writing(HERE) as writing:
        writing.seal(VOTE, b"open")
        another.start()
        another.join(0.3)
        assert another.is_alive()
    another.join(20)
    assert store.box(HERE, VOTE) == b"open"

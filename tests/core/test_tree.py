"""The tree over a journal: the roots of RFC 9162, what each entry is about, and no leaf that is not vouched for."""

import hashlib
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import events

from kiosk.core.codec import plain
from kiosk.core.events import CheckedIn
from kiosk.core.journal import EMPTY, Head, chain
from kiosk.core.terms import CommandId, MeetingId, PersonId, Role
from kiosk.core.tree import Tree, leaf, subjects
from kiosk.core.values import Actor

FACT = CheckedIn(MeetingId("m"), PersonId("p"))
DIGESTS = [hashlib.sha256(bytes([number])).hexdigest() for number in range(40)]


def root_by_the_book(leaves):
    """RFC 9162, 2.1.1, word for word: split at the largest power of two smaller than the number of leaves."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = root_by_the_book(leaves[:split]), root_by_the_book(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def test_the_root_is_that_of_the_rfc_at_every_size():
    tree, leaves = Tree(), []
    for number, digest in enumerate(DIGESTS):
        assert tree.root == root_by_the_book(leaves).hex()
        about = (f"m{number % 3}",)
        tree = tree.grown(digest, about)
        leaves.append(leaf(digest, about))
    assert tree.root == root_by_the_book(leaves).hex()


def test_a_leaf_is_a_zero_byte_the_digest_and_the_subjects():
    data = b"\x00" + bytes.fromhex(DIGESTS[0]) + '["m1","塘"]'.encode()
    assert leaf(DIGESTS[0], ("m1", "塘")) == hashlib.sha256(data).digest()


@given(st.integers(0, 39), st.sampled_from(["digest", "subjects", "gone", "twice"]))
def test_another_leaf_anywhere_is_another_root(place, change):
    leaves = [(digest, ("m",)) for digest in DIGESTS]
    whole = grown(leaves)
    before, here, after = leaves[:place], leaves[place], leaves[place + 1 :]
    instead = {
        "digest": [("ab" * 32, here[1])],
        "subjects": [(here[0], ("m", "n"))],
        "gone": [],
        "twice": [here, here],
    }[change]
    assert grown([*before, *instead, *after]).root != whole.root


def asked():
    at = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
    return {"at": at, "actor": Actor(Role.KIOSK), "command": CommandId("c")}


def grown(leaves):
    tree = Tree()
    for digest, about in leaves:
        tree = tree.grown(digest, about)
    return tree


@pytest.mark.parametrize(
    ("event", "about"),
    [
        ({"kind": "RowChanged", "row": {}}, ()),
        ({"kind": "CheckedIn", "meeting": "m", "person": "p"}, ("m",)),
        ({"kind": "VoteOpened", "meeting": "m", "vote": "v", "matters": ["b", "a"]}, ("a", "b", "m", "v")),
        ({"kind": "MatterRaised", "matter": "a", "needs": ["n"], "mandate": "x"}, ("a", "n")),
        ({"kind": "MeetingConvened", "meeting": "m", "agenda": [{"matter": "a"}, {"matter": "b"}]}, ("a", "b", "m")),
        ({"kind": "VideoMarked", "meeting": "m", "vote": None}, ("m",)),
        ({"kind": "PaperIssued", "subject": "v", "from_seq": 7}, ("v",)),
        ({"kind": "CorrectionProposed", "correction": "c", "seq": 7}, ("#7", "c")),
        ({"kind": "CorrectionConfirmed", "correction": "c"}, ("c",)),
    ],
)  # fmt: skip
def test_what_an_entry_is_about(event, about):
    assert subjects(event) == about


@given(events())
def test_every_entry_is_about_ids_in_their_order(event):
    about = subjects(plain(event))
    assert list(about) == sorted(set(about))
    json.dumps(about)


@given(st.lists(events(), min_size=1, max_size=9))
def test_each_entry_names_the_root_over_all_before_it(facts):
    entries = chain(EMPTY, facts, **asked())
    tree = Tree()
    for entry in entries:
        assert entry.tree == tree.root
        tree = tree.grown(entry.head.digest, subjects(plain(entry.event)))
    assert entries[-1].head.tree == tree


def test_a_journal_does_not_go_on_from_a_head_that_does_not_know_its_tree():
    entries = chain(EMPTY, [FACT], **asked())
    with pytest.raises(ValueError, match="knows its tree"):
        chain(Head(1, entries[0].head.digest), [FACT], **asked())

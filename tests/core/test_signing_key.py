"""The key that papers are signed by: a fact of the journal, known by its fingerprint."""

import hashlib
from base64 import b64encode

import pytest
from simulator import voting

from kiosk.core import commands as c
from kiosk.core.refusals import Malformed


def key(adopted=b"a certificate", **changed):
    told = {
        "certificate": b64encode(adopted).decode(),
        "sha256": hashlib.sha256(adopted).hexdigest(),
    }
    return c.AdoptSigningKey(**told | changed)


def test_another_key_takes_the_place_of_the_first_and_neither_is_forgotten():
    sim = voting()
    for certificate in (b"first", b"first", b"second", b"first"):
        sim.do(key(certificate))
    adopted = [event.certificate for event in sim.village().signing_keys]
    assert adopted == [key(one).certificate for one in (b"first", b"second", b"first")]


@pytest.mark.parametrize("wrong", [{"sha256": "ab" * 32}, {"certificate": "no base64"}])
def test_a_certificate_of_another_fingerprint_is_none(wrong):
    sim = voting()
    with pytest.raises(Malformed):
        sim.do(key(**wrong))

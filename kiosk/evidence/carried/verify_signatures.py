"""Checks the signature under a paper (验签): ECDSA on the curve P-256 with SHA-256, in whole numbers alone.

A signature in a PDF is a CMS message (RFC 5652) in DER, which has exactly one way of being written. So the message is
not searched for what it says: it is written anew from its four free parts (certificate, signed attributes, and the two
numbers of the signature) and must come out the same to the last byte. Everything else in it could then be changed by
nobody. Used by verify.py, beside which it lies in every bundle.
"""

from __future__ import annotations

import hashlib
from typing import Optional

# --- DER: a tag, a length, and the content, which often is a row of the same

SEQUENCE, SET, INTEGER, OCTETS, FIRST = 0x30, 0x31, 0x02, 0x04, 0xA0
LONG = 0x80  # from here on a byte is no length itself, but says of how many bytes the length is


def der(tag: int, *content: bytes) -> bytes:
    """The one way of writing it."""
    inside = b"".join(content)
    size = len(inside)
    if size < LONG:
        return bytes([tag, size]) + inside
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, LONG + len(length)]) + length + inside


def span(value: bytes) -> tuple[int, int]:
    """From where to where the content stands. IndexError where there is no length."""
    size = value[1]
    if size < LONG:
        return 2, 2 + size
    begin = 2 + size - LONG  # so many bytes say how long it is
    return begin, begin + int.from_bytes(value[2:begin], "big")


def content(value: bytes) -> bytes:
    """What stands behind tag and length."""
    begin, end = span(value)
    return value[begin:end]


def parts(value: bytes) -> list[bytes]:
    """The values of which the content is a row."""
    rest, found = content(value), []
    while rest:
        _, end = span(rest)
        found.append(rest[:end])
        rest = rest[end:]
    return found


# --- the names of things (object identifiers), as DER writes them

SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
DATA = bytes.fromhex("06092a864886f70d010701")
CONTENT_TYPE = bytes.fromhex("06092a864886f70d010903")
MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")
SHA_256 = bytes.fromhex("300d06096086480165030402010500")
ECDSA_SHA_256 = bytes.fromhex("300a06082a8648ce3d040302")
KEY_ON_P_256 = bytes.fromhex("301306072a8648ce3d020106082a8648ce3d030107")
UNCOMPRESSED = 4  # both coordinates of a point are given (SEC 1, 2.3.3)
VERSION_1 = bytes.fromhex("020101")


# --- the curve P-256 (FIPS 186-4, D.1.2.3): the points (x, y) with y² = x³ - 3x + b, counted modulo p

P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # how many multiples of G there are
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
Point = Optional[tuple[int, int]]  # None is the point at infinity, the zero of this addition


def added(one: Point, other: Point) -> Point:
    """The sum: the line through both meets the curve once more; that point, mirrored."""
    if one is None or other is None:
        return one or other
    (x1, y1), (x2, y2) = one, other
    if x1 == x2 and (y1 + y2) % P == 0:
        return None
    steep = (3 * x1 * x1 - 3, 2 * y1) if one == other else (y2 - y1, x2 - x1)
    slope = steep[0] * pow(steep[1], -1, P) % P
    x3 = (slope * slope - x1 - x2) % P
    return x3, (slope * (x1 - x3) - y1) % P


def times(factor: int, point: Point) -> Point:
    """The point added to itself so many times, by doubling."""
    product: Point = None
    for bit in f"{factor:b}":
        product = added(product, product)
        if bit == "1":
            product = added(product, point)
    return product


def is_signature(key: tuple[int, int], message: bytes, r: int, s: int) -> bool:
    """Whether (r, s) is a signature of the message by that key (FIPS 186-4, 6.4; SEC 1, 4.1.4)."""
    x, y = key
    on_curve = x < P and y < P and (y * y - x * x * x + 3 * x - B) % P == 0
    if not (on_curve and 0 < r < N and 0 < s < N):
        return False
    z, inverse = int.from_bytes(hashlib.sha256(message).digest(), "big"), pow(s, -1, N)
    point = added(times(z * inverse % N, G), times(r * inverse % N, key))
    return point is not None and point[0] % N == r


# --- the message

ODD, OTHER_CONTENT, NOT_BY_KEY = "签名写得不规范，被改动", "签名与内容不符", "签名无效"


def fault_of(message: bytes, certificate: bytes, digest: bytes) -> str:
    """What is wrong with a signature, in Chinese; nothing where it is that key's over content of that digest.

    message: what stands in the PDF between < and >, zeros behind it included. certificate: X.509, DER.
    """
    try:
        _, _, _, attributes, _, signature = parts(parts(parts(parts(parts(message)[1])[0])[4])[0])
        r, s = (int.from_bytes(content(number), "big") for number in parts(content(signature)))
        written = message_of(certificate, attributes, content(signature))
        key = public_key(certificate)
    except (IndexError, ValueError):
        return ODD
    if message != written.ljust(len(message), b"\0"):
        return ODD
    says = [
        der(SEQUENCE, CONTENT_TYPE, der(SET, DATA)),
        der(SEQUENCE, MESSAGE_DIGEST, der(SET, der(OCTETS, digest))),
    ]
    if any(one not in parts(attributes) for one in says):
        return OTHER_CONTENT
    # What is signed is the attributes, written as a set of their own.
    signed = bytes([SET]) + attributes[1:]
    return "" if is_signature(key, signed, r, s) else NOT_BY_KEY


def message_of(certificate: bytes, attributes: bytes, signature: bytes) -> bytes:
    """The CMS message, as anybody would write it who has these parts."""
    _, serial, _, issuer, *_ = parts(parts(certificate)[0])
    r, s = parts(signature)
    signer = der(
        SEQUENCE,
        VERSION_1,
        der(SEQUENCE, issuer, serial),
        SHA_256,
        der(FIRST, *parts(attributes)),
        ECDSA_SHA_256,
        der(OCTETS, der(SEQUENCE, der(INTEGER, content(r)), der(INTEGER, content(s)))),
    )
    return der(
        SEQUENCE,
        SIGNED_DATA,
        der(
            FIRST,
            der(
                SEQUENCE,
                VERSION_1,
                der(SET, SHA_256),
                der(SEQUENCE, DATA),
                der(FIRST, certificate),
                der(SET, signer),
            ),
        ),
    )


def public_key(certificate: bytes) -> tuple[int, int]:
    """The point on P-256 that the certificate is of. ValueError where it is of another kind of key."""
    kind, bits = parts(parts(parts(certificate)[0])[6])
    unused, form, point = content(bits)[0], content(bits)[1], content(bits)[2:]
    if (kind, unused, form, len(point)) != (KEY_ON_P_256, 0, UNCOMPRESSED, 64):
        raise ValueError("no key on P-256")
    return int.from_bytes(point[:32], "big"), int.from_bytes(point[32:], "big")

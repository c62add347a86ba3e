"""Bundles with everything in them, and a thousand ways to spoil them, the same on every day."""

import hashlib
import json
import re
from base64 import b64encode
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from ballot_lives import ONE, OTHER, Count
from forging import canonical
from lives import WELL
from pypdf import PdfWriter
from simulator import MATTER, VILLAGE, convened

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel, Choice, Method
from kiosk.core.journal import read
from kiosk.core.papers import file_name
from kiosk.core.terms import (
    CorrectionId,
    Edition,
    NeedId,
    ObjectionId,
    Paper,
    PersonId,
    Picture,
    Role,
    Standing,
)
from kiosk.core.values import Actor, Attachment
from kiosk.evidence.audit import check_code
from kiosk.evidence.bundle import export
from kiosk.store.signing_key import SigningKey
from kiosk.typeset.signing import signed

FOR, AGAINST, ABSTAIN = Choice.FOR, Choice.AGAINST, Choice.ABSTAIN
PARTS = ("part-0001.mp4", "part-0002.mp4")


class House:
    """A simulated village whose papers, photographs and films lie in a folder."""

    def __init__(self, sim, folder):
        self.sim, self.folder, self.key = sim, folder, None

    def adopt_key(self):
        """From here on its papers are signed."""
        self.key = SigningKey.kept(self.folder / "key.pem", "上社村村民委员会", self.sim.clock.at)
        certificate = self.key.certificate
        told = b64encode(certificate).decode(), hashlib.sha256(certificate).hexdigest()
        self.sim.do(c.AdoptSigningKey(*told), Actor(Role.KIOSK))

    def export(self, out, matter=None, **asked):
        kiosk, films = self.sim.kiosk, self.folder.joinpath
        return export(kiosk, VILLAGE, self.paper, films, out, self.photo, matter=matter, **asked)

    def paper(self, issued):
        return self.folder / file_name(issued)

    def photo(self, sha256):
        return self.folder / f"{sha256}.jpg"

    def issue(self, subject, paper, kind):
        """A paper with noise in it, of the newest entry of that kind about its subject."""
        about = (f'"kind":"{kind}"', f'"{subject}"')
        lines = enumerate(self.sim.lines(), start=1)
        seq = max(n for n, line in lines if all(words in line for words in about))
        content = noise_in_a_pdf(f"{paper}{seq}")
        digest = hashlib.sha256(content).hexdigest()
        command = c.IssuePaper(subject, paper, Edition.ARCHIVE, seq, seq, len(content), digest)
        self.sim.do(command)
        issued = read(self.sim.lines()[-1]).event
        if self.key is not None:
            content = signed(content, self.key.certificate, self.key.private, self.sim.clock.at)
        self.paper(issued).write_bytes(content)

    def photograph(self, matter, picture):
        content = hashlib.shake_256(picture.value.encode()).digest(2000)
        digest = hashlib.sha256(content).hexdigest()
        self.photo(digest).write_bytes(content)
        self.sim.do(c.AttachPhoto(matter, picture, Attachment("照片.jpg", len(content), digest)))

    def film(self, meeting):
        """Two parts of noise in fragments of a thousand bytes, sealed, with their chain."""
        (self.folder / meeting).mkdir(parents=True)
        self.sim.do(c.StartRecording(meeting, "card", sound=True))
        lines, h, at = [], bytes(32), self.sim.clock.at
        for part in PARTS:
            content = hashlib.shake_256(part.encode()).digest(4500)
            (self.folder / meeting / part).write_bytes(content)
            for i, off in enumerate(range(0, len(content), 1000)):
                piece = content[off : off + 1000]
                h = hashlib.sha256(h + piece).digest()
                told = {"part": part, "i": i, "off": off, "len": len(piece), "t": 1.5, "h": h.hex()}
                lines.append(json.dumps(told) + "\n")
            digest, until = hashlib.sha256(content).hexdigest(), at + timedelta(minutes=10)
            sealed = (len(content), digest, at, until, 600_000, len(lines), h.hex())
            self.sim.do(c.SealSegment(meeting, part, *sealed))
        (self.folder / meeting / "chain.jsonl").write_text("".join(lines))
        self.sim.do(c.StopRecording(meeting))


def noise_in_a_pdf(seed):
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(595, 842)
    writer.add_metadata({"/Subject": hashlib.shake_256(seed.encode()).hexdigest(1500)})
    writer.write(out)
    return out.getvalue()


def village_with_two_matters(folder):
    """One matter voted on by all five channels, with papers, a photograph, a film; another is voted on in secret."""
    sim = convened(12, 2, agenda=(MATTER, WELL)).check_in(12).open()
    house = House(sim, folder)
    house.adopt_key()
    sim.open_vote(MATTER, running_tally=False, revisable=True)
    count = Count(sim).ballot("v01", FOR, channel=Channel.KIOSK_SCREEN)
    count.ballot("v02", FOR, channel=Channel.KIOSK_SCREEN).ballot("v03", ABSTAIN)
    count.ballot("v03", FOR).note(("v04", FOR), ("v05", AGAINST)).confirm().issue(
        "v06", "v07", "v08"
    )
    count.hands(ONE, 2, 1, 0).hands(OTHER, 2, 1, 0).returned(3).read(FOR, AGAINST, None)
    sim.close()
    house.issue(sim.vote_id, Paper.TALLY_SHEET, "VoteClosed")
    sim.open_vote(WELL, method=Method.SECRET)
    count = Count(sim)
    for number in range(1, 7):
        count.ballot(f"v{number:02d}", FOR if number < 5 else AGAINST)
    count.witness()
    sim.close()
    house.film(sim.meeting_id)
    sim.adjourn()
    house.issue(MATTER, Paper.RESOLUTION, "PublicationOpened")
    house.photograph(MATTER, Picture.FIRST_DAY)
    sim.do(c.FileObjection(ObjectionId("objection-1"), MATTER, "何女士", "路太窄"))
    sim.do(c.AnswerObjection(ObjectionId("objection-1"), upheld=False, answer="已按规定加宽"))
    correction = CorrectionId("correction-1")
    sim.do(c.ProposeCorrection(correction, 20, "姓名写错", "应为何某某"))
    sim.do(c.ConfirmCorrection(correction), Actor(Role.CHAIR, PersonId("another")))
    sim.do(c.FileNeed(NeedId("need-9"), Standing.VILLAGER, "龚女士", "井水浑", 0, 0))
    return house


# --- how a bundle may be spoiled: at most one byte, or one field, of one file

SHARES = (
    ("journal.jsonl", 360), ("tree.jsonl", 90), ("papers", 130), ("recordings", 150), ("photos", 60),
    ("register.json", 70), ("rules.json", 70), ("catalogue.json", 30), ("manifest.json", 40),
)  # fmt: skip
"""How many of a thousand alterations each kind of file gets; of those in JSON every second is of a field."""


@dataclass(frozen=True)
class Alteration:
    """In that file the bytes from `begin` to `end` are others."""

    name: str
    begin: int
    end: int
    instead: bytes

    def of(self, content):
        return content[: self.begin] + self.instead + content[self.end :]


class Chance:
    """Numbers that nobody could have chosen, the same for the same seed on every machine."""

    def __init__(self, seed):
        self.seed, self.drawn = seed, 0

    def below(self, end):
        self.drawn += 1
        digest = hashlib.sha256(f"{self.seed}:{self.drawn}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % end

    def choice(self, among):
        return among[self.below(len(among))]


def alterations(files, seed=1):
    """A thousand, by the shares above. `files`: the content of each by its name."""
    chance = Chance(seed)
    for kind, number in SHARES:
        names = sorted(name for name in files if name == kind or name.startswith(f"{kind}/"))
        for n in range(number if names else 0):
            name = chance.choice(names)
            by_field = n % 2 and name.endswith((".json", ".jsonl"))
            yield (a_field if by_field else a_byte)(name, files[name], chance)


def a_byte(name, content, chance):
    place = chance.below(len(content))
    other = chance.choice([byte for byte in range(256) if byte != content[place]])
    return Alteration(name, place, place + 1, bytes([other]))


def places_of_signature(content):
    """Where in a signed paper which part of its signature stands, by bytes: from, to."""
    found = re.search(rb"/ByteRange \[0 (\d+) (\d+) \d+\]", content)
    hole, after = int(found[1]), int(found[2])
    message = bytes.fromhex(content[hole + 1 : after - 1].decode())
    certificate, attributes = message.index(b"\xa0\x82"), message.index(CONTENT_TYPE)
    certificate = message.index(b"\xa0\x82", certificate + 2)
    value = message.index(ECDSA_AND_OCTETS, attributes) + len(ECDSA_AND_OCTETS)
    end = 4 + int.from_bytes(message[2:4], "big")
    within = {
        "certificate": (certificate, message.index(b"\x31\x82", certificate)),
        "signed attributes": (attributes, value),
        "value": (value, end),
        "zeros behind it": (end, len(message)),
    }
    places = {part: (hole + 1 + 2 * a, hole + 1 + 2 * b) for part, (a, b) in within.items()}
    return places | {"ByteRange": found.span(), "what else was appended": (after, len(content))}


CONTENT_TYPE = bytes.fromhex("06092a864886f70d010903")
ECDSA_AND_OCTETS = bytes.fromhex("300a06082a8648ce3d04030204")


def a_field(name, content, chance):
    """Another value somewhere in the JSON of one line, written as canonically as the line was."""
    lines = content.splitlines(keepends=True)
    place = chance.below(len(lines))
    begin = sum(map(len, lines[:place]))
    value = json.loads(lines[place])
    holder, key = chance.choice(list(leaves(value)))
    holder[key] = another(holder[key], chance)
    spaced = name.endswith("chain.jsonl")
    line = json.dumps(value).encode() if spaced else canonical(value)
    return Alteration(name, begin, begin + len(lines[place].rstrip()), line)


def leaves(value):
    """Every place of a value that is neither a list nor an object."""
    for key in value if isinstance(value, dict) else range(len(value)):
        if isinstance(value[key], dict | list) and value[key]:
            yield from leaves(value[key])
        else:
            yield value, key


def another(value, chance):
    match value:
        case bool():
            return not value
        case int() | float():
            return value + chance.choice([-1, 1, 10])
        case str():
            return value[:-1] if value and chance.below(2) else f"{value}1"
        case None:
            return "x"
        case _:
            return ["x"]


# --- the format before this one


def as_format_1(folder, entries, files):
    """The same record as the kiosk wrote it before there was a tree: a chain alone, a manifest of the head alone."""
    lines, prev, files = [], "0" * 64, dict(files)
    for seq, entry in enumerate(entries, 1):
        old = {key: value for key, value in entry.items() if key != "tree"}
        old["event"] = without_editions(entry["event"], files)
        lines.append(canonical({**old, "seq": seq, "prev": prev, "v": 1}))
        prev = hashlib.sha256(lines[-1]).hexdigest()
    founded = entries[0]["event"]
    manifest = {
        "format": "kiosk-bundle-1",
        "village": founded["village"],
        "name": founded["name"],
        "head": {"seq": len(lines), "digest": prev},
        "check_code": check_code(prev),
    }
    files = {
        **files,
        "journal.jsonl": b"".join(line + b"\n" for line in lines),
        "README.txt": "证据包".encode(),
        "verify.py": b"",
        "manifest.json": canonical(manifest) + b"\n",
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def without_editions(event, files):
    """A paper had one edition and one issue, and its name said neither; its file is renamed."""
    if event["kind"] != "PaperIssued":
        return event
    parts = [event[name] for name in ("subject", "paper", "edition", "source_seq", "from_seq")]
    content = files.pop(f"papers/{'-'.join(map(str, parts))}.pdf")
    # Nothing was signed then.
    files[f"papers/{parts[0]}-{parts[1]}-{parts[4]}.pdf"] = content[: event["size_bytes"]]
    return {key: value for key, value in event.items() if key not in {"edition", "source_seq"}}


def contents(folder):
    """What lies in a folder, by name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }

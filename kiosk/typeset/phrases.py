"""What several papers say alike: who issues, which issue it is, how to check it, whose catalogue it is."""

from datetime import datetime

from kiosk import wording
from kiosk.core.law.catalogue import Kind
from kiosk.core.law.cataloguing import catalogue_digest
from kiosk.core.law.rules import Comparison
from kiosk.core.matters.publicity import Publication
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.papers import Imprint
from kiosk.core.terms import Body, ClipAudience, day_of
from kiosk.core.village import Village
from kiosk.core.votes.vote import Vote
from kiosk.typeset.document import Block, CheckBlock, Heading, Paragraph
from kiosk.wording.attendance import rate
from kiosk.wording.pieces import body_name

SHORT_DIGEST = 16
"""So many hexadecimal digits tell one file or catalogue from any other that people will ever hold against it."""
_WHO_SEES_IT = {
    ClipAudience.HALL_NETWORK: ("手机要连着会场的网络；干部和监委会在别处登录后也能看。",),
    ClipAudience.OFFICERS: ("本村规定只给干部和监委会看，请先登录。",),
    ClipAudience.PUBLIC: (
        "手机要连着会场的网络；干部和监委会在别处登录后也能看。",
        "遮好面部、放行了的，谁都可以在公开栏上看。",
    ),
}
_ENDS = "。；;，,. \n"
_PARTY = {Body.PARTY_COMMITTEE, Body.PARTY_MEETING}
_COLLECTIVE = {Body.MEMBERS, Body.MEMBER_REPRESENTATIVES}


def committee(village: Village) -> str:
    """The committee that publishes (村民委员会)."""
    return f"{village.name}村民委员会"


def issuer(village: Village, body: Body) -> str:
    """Who calls that body together (召集人)."""
    if body in _PARTY:
        return f"{village.name}{body_name(Body.PARTY_COMMITTEE)}"
    if body is Body.TWO_COMMITTEES:
        return f"{village.name}“两委”"
    return f"{village.name}集体经济组织" if body in _COLLECTIVE else committee(village)


def came(quorum: Comparison) -> str:
    """到会比例 as the inspectors' form asks for it, with its division."""
    return f"比例{rate(quorum.count, quorum.base)}"


def of_township(meeting: Meeting) -> tuple[tuple[str, str], ...]:
    """Where whoever came for the township signs with his post (乡镇参会人员签字，含职务)."""
    came = {moved.person for moved in meeting.presence}
    here = [s for s in meeting.seats.values() if s.is_of_township and s.person in came]
    return (("乡镇参会人员：", "职务："),) * len(here)


def footer(number: str, of: Imprint, village: Village) -> str:
    """The small line at the foot of every page: the number, the edition, the check code, what the journal is for."""
    mark = wording.purpose_mark(village.purpose)
    return f"{number}　{edition_said(of)}　{wording.check_code(of.head)}{mark}"


def edition_said(of: Imprint) -> str:
    """For whom it is set, and which issue where it is not the first (版次): 存档版, 公示版 第2稿."""
    issue = f" 第{of.number}稿" if of.number > 1 else ""
    return f"{wording.EDITIONS[of.edition]}{issue}"


def page_code(of: Imprint, link: str) -> str:
    """What the small QR code on every page says (每页的码): where the paper is, and the check code it must have."""
    return f"{link}#{of.head.check_code}"


def replacing(of: Imprint) -> tuple[Block, ...]:
    """Under the title: which issue it replaces (替换第几稿), by its check code and day; nothing on a first issue."""
    if (old := of.replaces) is None:
        return ()
    return (
        Paragraph(
            f"本稿为第{of.number}稿，{wording.day(day_of(of.at))}制发，替换{wording.day(day_of(old.at))}制发的"
            f"第{old.number}稿（第{old.number}稿{wording.check_code(old.head)}）。第{old.number}稿仍然保存。"
        ),
    )


def corrected(of: Imprint) -> tuple[Block, ...]:
    """Every correction of what the paper tells of (更正), beside it: nothing in the record is rewritten."""
    if not of.corrections:
        return ()
    told = (
        f"{n}．日志第{c.seq}条有误：{whole(c.ground)}更正为：{whole(c.statement)}"
        f"（{wording.day(day_of(c.confirmed_at or c.proposed_at))}两名干部签字；原条保留不改）"
        for n, c in enumerate(of.corrections, 1)
    )
    return (Heading(1, "更正"), *map(Paragraph, told))


def check_block(of: Imprint, link: str, event: tuple[str, datetime]) -> CheckBlock:
    """How anybody can check the paper (核验): the code, the two times, where it is on the portal, the whole digest.

    `event`: what happened and when; the other time is that of the issue. Both are the journal's.
    """
    head, (what, at) = of.head, event
    lines = (
        f"{wording.check_code(head)}（日志第{head.seq}条）",
        f"{what}：{wording.instant(at)}　制发时间：{wording.instant(of.at)}",
        f"手机查看：{link}",
        f"完整校验值 {head.digest[:32]}",
        f"　　　　　 {head.digest[32:]}",
        "本页数字由会议日志算出；同一本日志总得出同一份文书，任何人可以核验。",
    )
    return CheckBlock(f"{link}#{head.digest}", lines)


def clip_block(village: Village, meeting: Meeting, vote: Vote) -> tuple[CheckBlock, ...]:
    """The QR code that opens the film of exactly this vote, and who may see it; nothing where there is no film."""
    if meeting.recording.started is None:
        return ()
    what = "结束时的录像（无记名，过程中画面遮住）" if vote.is_secret else "的录像"
    lines = (f"扫左边的码，看这次表决{what}。", *_WHO_SEES_IT[village.clip_audience])
    return (CheckBlock(f"{village.portal_url}/film/{meeting.id}/{vote.id}/", lines),)


def kind_in_catalogue(village: Village, kind: Kind) -> str:
    """The kind of matter with its law, and the catalogue by its digest (事项类别、清单校验值)."""
    said = f"事项类别：{kind.name}（{kind.basis}）"
    catalogue = village.catalogue
    if catalogue is None:
        return f"{said}。"
    listed = "见" if catalogue.kind(kind.id) == kind else "立项时的清单已由新清单替换，现行清单为"
    digest = catalogue_digest(catalogue)[:SHORT_DIGEST]
    return f"{said}，{listed}《{catalogue.name}》{catalogue.version}版，清单校验值前{SHORT_DIGEST}位{digest}。"


def whole(text: str) -> str:
    """What somebody wrote, word for word, with a full stop at its end."""
    return f"{text.rstrip(_ENDS)}。"


def period(publication: Publication) -> str:
    """From which day to which it hangs, both counted, and the law's fifteen days (公布期限)."""
    return (
        f"自{wording.day(publication.first_day)}起至{wording.day(publication.last_day)}"
        f"止公布，首尾计共{publication.days()}日（村民委员会组织法第三十五条：不得少于十五日）"
    )

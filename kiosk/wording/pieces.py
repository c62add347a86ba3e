"""What each piece of a matter's file is called (卷内题名); bodies and publications by their names on paper."""

from kiosk.core import events as e
from kiosk.core.matters.publicity import Publication
from kiosk.core.papers import Item
from kiosk.core.papers.file_index import Piece
from kiosk.core.terms import Body, Stage
from kiosk.core.village import Village
from kiosk.wording.figures import clock_seconds, day, money, resolution_number
from kiosk.wording.names import (
    BODIES,
    COUNT_SOURCES,
    FORUMS,
    PAPERS,
    PICTURES,
    PROXY_LETTER,
    STAGES_SHORT,
)
from kiosk.wording.results import said_in_one
from kiosk.wording.sentences import group, meeting_title

_OF_MATTER = (
    e.NeedFiled
    | e.NeedAnswered
    | e.MatterRaised
    | e.ReviewRecorded
    | e.ProposalRevised
    | e.MatterReturned
    | e.MatterSentToAssembly
    | e.MatterEnded
    | e.OpinionFiled
    | e.MatterArchived
    | e.SignedSheetFiled
)
_OF_MEETING = (
    e.MeetingConvened
    | e.MeetingCalledOff
    | e.MeetingInquorate
    | e.ProxyGiven
    | e.MeetingOpened
    | e.ProposalAmended
    | e.RecusalDeclared
    | e.MeetingAdjourned
    | e.RecordingStarted
    | e.NotePinned
)
_OF_VOTE = (
    e.BallotPapersReturned
    | e.ClosingWitnessed
    | e.VoteClosed
    | e.CountChecked
    | e.DifferenceExplained
    | e.DifferenceSettled
    | e.VoteVoided
)
_OF_WORKS = (
    e.WorksAssigned
    | e.ContractRecorded
    | e.WorksStarted
    | e.ProgressReported
    | e.AcceptanceRequested
    | e.WorksInspected
)


def body_name(body: Body, of_group: int = 0) -> str:
    """A body as it stands behind the village's name (会议名称): 第3村民小组户代表会议, “两委”联席会议."""
    name = BODIES[body]
    if of_group:
        return group(of_group) + name.removeprefix("村民小组")
    is_villages_own = body in {Body.PARTY_COMMITTEE, Body.TWO_COMMITTEES}
    return name.removeprefix("村") if is_villages_own else name


def result_number(village: str, year: int, number: int) -> str:
    """公示编号 of a result: 金塱村实施结果〔2026〕1号."""
    return f"{village}实施结果〔{year}〕{number}号"


def publication_name(village: str, publication: Publication) -> str:
    """A publication by its number, a resolution or a result (公示编号)."""
    numbered = result_number if publication.stage is Stage.RESULT_PUBLIC else resolution_number
    return numbered(village, publication.year, publication.number)


def piece_title(village: Village, item: Item) -> str:
    """What the piece is called in the index of the file (题名)."""
    piece = item.piece
    match piece:
        case _ if isinstance(piece, _OF_MATTER):
            return _of_matter(piece)
        case _ if isinstance(piece, _OF_MEETING | _OF_VOTE):
            return (
                f"{_of_meeting(village, piece)}：{meeting_title(village.meetings[piece.meeting])}"
            )
        case _ if isinstance(piece, _OF_WORKS):
            return _of_works(piece)
        case _:
            return _in_public(village, piece)


def _of_matter(piece: _OF_MATTER) -> str:  # noqa: C901 -- a table: each arm is one name
    match piece:
        case e.NeedFiled():
            return f"需求登记：〔{piece.year}〕{piece.number}号"
        case e.NeedAnswered():
            return "需求答复"
        case e.MatterRaised():
            stand = f"（候选人{len(piece.contest.candidates)}名）" if piece.contest else ""
            return f"议题提议：{piece.title}{stand}"
        case e.ReviewRecorded():
            return f"合法性审查意见（{'合法' if piece.favourable else '不合法'}）"
        case e.ProposalRevised():
            return "方案修改"
        case e.MatterReturned():
            return f"退回：{STAGES_SHORT[piece.to]}"
        case e.MatterSentToAssembly():
            return "提交村民会议"
        case e.MatterEnded():
            return "终止"
        case e.OpinionFiled():
            view = "同意" if piece.favourable else "不同意"
            return f"村务监督意见：{STAGES_SHORT[piece.stage]}（{view}）"
        case e.MatterArchived():
            return "归档，卷内目录与备考表"
        case e.SignedSheetFiled():
            return f"签字页：{PAPERS[piece.paper]}第{piece.page}页"


def _of_meeting(village: Village, piece: _OF_MEETING | _OF_VOTE) -> str:  # noqa: C901 -- a table: each arm is one name
    match piece:
        case _ if isinstance(piece, _OF_VOTE):
            return _of_vote(village, piece)
        case e.MeetingConvened():
            return "会议通知"
        case e.MeetingCalledOff():
            return "取消会议"
        case e.MeetingInquorate():
            return f"流会（应到{piece.entitled}，实到{piece.present}）"
        case e.ProxyGiven():
            return PROXY_LETTER
        case e.MeetingOpened():
            return f"签到（应到{len(piece.roll)}，实到{piece.present}）"
        case e.ProposalAmended():
            return "会上修改方案"
        case e.RecusalDeclared():
            return "回避登记"
        case e.MeetingAdjourned():
            return "会议记录，散会"
        case e.RecordingStarted():
            parts = len(village.meetings[piece.meeting].recording.segments)
            return f"会议录像（{parts}段）"
        case e.NotePinned():
            return f"监督批注{piece.number}号（{clock_seconds(piece.moment)}）"


def _of_vote(village: Village, piece: _OF_VOTE) -> str:
    match piece:
        case e.BallotPapersReturned():
            return f"纸票（收回{piece.returned}张）"
        case e.ClosingWitnessed():
            return "监督开箱"
        case e.VoteClosed():
            return f"计票单（{said_in_one(village.meetings[piece.meeting].votes[piece.vote])}）"
        case e.CountChecked():
            return f"复点（{COUNT_SOURCES[piece.source]}）"
        case e.DifferenceExplained():
            return "票数差异说明"
        case e.DifferenceSettled():
            return "票数差异确认"
        case e.VoteVoided():
            return "表决作废"


def _of_works(piece: _OF_WORKS) -> str:
    match piece:
        case e.WorksAssigned():
            return f"实施责任：期限{day(piece.deadline)}，预算{money(piece.budget_fen)}"
        case e.ContractRecorded():
            return f"合同：{money(piece.amount_fen)}"
        case e.WorksStarted():
            return "开工"
        case e.ProgressReported():
            return f"实施进度：已支出{money(piece.spent_fen)}"
        case e.AcceptanceRequested():
            return f"申请验收：实际支出{money(piece.actual_fen)}"
        case e.WorksInspected():
            return f"验收：{'合格' if piece.accepted else '不合格'}"


def _in_public(village: Village, piece: Piece) -> str:
    match piece:
        case e.PublicationOpened():
            name = "实施结果公示" if piece.stage is Stage.RESULT_PUBLIC else "决议书和决议公示"
            return f"{name}：{publication_name(village.name, Publication.opened(piece))}"
        case e.PhotoAttached():
            return f"照片：{PICTURES[piece.picture]}"
        case e.VoiceAttached():
            return f"念给大家听：{STAGES_SHORT[piece.stage]}，第{piece.issue}次录音"
        case e.ObjectionFiled():
            return f"异议登记：第{piece.number}号"
        case e.ObjectionAnswered():
            number = village.objections[piece.objection].number
            return f"异议答复：第{number}号（{'成立' if piece.upheld else '不成立'}）"
        case e.ObjectionEscalated():
            number = village.objections[piece.objection].number
            return f"异议提交{FORUMS[piece.forum]}：第{number}号"
        case _:
            return _corrected(village, piece)


def _corrected(village: Village, piece: Piece) -> str:
    match piece:
        case e.CorrectionProposed():
            return f"更正：日志第{piece.seq}条"
        case e.CorrectionConfirmed():
            return f"更正复核：日志第{village.corrections[piece.correction].seq}条"
        case _:
            raise TypeError(f"no piece of a file: {type(piece).__name__}")

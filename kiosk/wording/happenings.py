"""What has happened, in one plain sentence for each kind of entry in the journal (日志条目); complete by test.

A sentence names its gaps after the fields of the event. How somebody voted is never said: that he voted is.
"""

from collections.abc import Mapping
from string import Formatter

from kiosk.core import events as e
from kiosk.core.village import Village
from kiosk.wording.told import Name, Told

HAPPENINGS: Mapping[type[e.Event], str] = {
    e.VillageFounded: "建村：{township}{name}，{purpose}",
    e.CatalogueAdopted: "启用事项清单：{catalogue}，依据：{basis}{approver}",
    e.RowChanged: "定下议事规则：{row}，依据：{basis}{approver}",
    e.PeriodsChanged: "定下期限：{periods}，依据：{basis}{approver}",
    e.ClipAudienceChanged: "定下表决录像给谁看：{audience}，依据：{basis}{approver}",
    e.PhonesChanged: "定下公示上的电话：乡镇{township_phone}，监督{supervision_phone}，依据：{basis}{approver}",
    e.SigningKeyAdopted: "启用签名密钥，证书指纹{sha256}",
    e.CorrectionProposed: "提出更正：第{seq}条记错了，{ground}；实际是：{statement}",
    e.CorrectionConfirmed: "复核更正：{correction}",
    e.NeedFiled: "{author}提出需求〔{year}〕{number}号：{text}",
    e.NeedAnswered: "答复需求{need}：{answer}",
    e.MatterRaised: "立项：{title}，{amount_fen}，决议方式是{row}，动议事由是{origin}",
    e.ReviewRecorded: "{matter}：{reviewer}的合法性审查意见是{favourable}，{opinion}",
    e.ProposalRevised: "{matter}：修改方案，{why}",
    e.MatterReturned: "{matter}：退回到{to}，{ground}",
    e.MatterEnded: "{matter}：终止，{ground}",
    e.MatterSentToAssembly: "{matter}：改由{row}，{ground}",
    e.OpinionFiled: "{matter}：监委会对{stage}的意见是{favourable}，{text}",
    e.MatterArchived: "{matter}：归档",
    e.SignedSheetFiled: "收回签了字的{paper}（{subject}）第{page}页，{by_hand}",
    e.EmergencyDeclared: "登记应急先行处置：{ground}；{measures}",
    e.EmergencyCountersigned: "应急处置双签：{emergency}",
    e.EmergencyWitnessed: "应急处置见证：{emergency}；{statement}",
    e.EmergencyReported: "{meeting}：听取应急处置通报：{emergency}",
    e.MeetingConvened: "召集{meeting}：{starts_at}，{place}，议题：{agenda}",
    e.NoticeServed: "{meeting}：用{means}通知了{people}",
    e.MeetingCalledOff: "{meeting}：取消，{ground}",
    e.MeetingInquorate: "{meeting}：流会，应到{entitled}人，实到{present}人",
    e.CheckedIn: "{person}签到（{meeting}）",
    e.CheckedOut: "{person}离场（{meeting}）",
    e.ProxyGiven: "{principal}书面委托同户的{proxy}表决（{meeting}）",
    e.MeetingOpened: "{meeting}：宣布开会，应到{roll}人，实到{present}人{closed_before}",
    e.MeetingPaused: "{meeting}：到会人数不够，暂停，在场{present}人",
    e.MeetingResumed: "{meeting}：到会人数够了，继续开会，在场{present}人",
    e.ItemTaken: "{meeting}：开始议{matter}",
    e.AgendaReordered: "{meeting}：调整议程，依次是{matters}",
    e.FloorRequested: "{person}申请发言（{meeting}）",
    e.FloorGiven: "{person}发言，给{seconds}（{meeting}）",
    e.SpeechEnded: "{person}发言结束（{meeting}）",
    e.ProposalAmended: "{meeting}：{mover}提出修改{matter}的方案",
    e.ItemTakenOutOfConsent: "{meeting}：{person}要求单独表决{matter}",
    e.RecusalDeclared: "{meeting}：{person}在{matter}上回避，{ground}",
    e.VoteOpened: "{meeting}：{matters}开始表决（{method}），可以表决{electorate}人",
    e.BallotCast: "{person}投了一张票（{meeting}，{vote}，{channel}）",
    e.BallotChanged: "{person}改了一次票（{meeting}，{vote}，{channel}）",
    e.HandsNoted: "{meeting}：{clerk}记下{vote}的举手表决{hands}人，等人见证",
    e.HandsConfirmed: "{meeting}：{witness}见证确认{vote}的举手记名单",
    e.HandsCounted: "{meeting}：{teller}点完了{vote}的举手",
    e.BallotPapersPrinted: "{meeting}：{vote}印纸票，{batch}批第{first}号到第{last}号",
    e.BallotPaperIssued: "{meeting}：{person}领了{vote}的一张纸票",
    e.BallotPaperExchanged: "{meeting}：{person}换了{vote}的一张纸票，旧票作废",
    e.BallotPapersReturned: "{meeting}：{vote}开箱，收回纸票{returned}张",
    e.BallotPaperRead: "{meeting}：{vote}唱票第{number}张",
    e.ReadingTakenBack: "{meeting}：{vote}撤回第{number}张的唱票，重唱",
    e.ClosingWitnessed: "{meeting}：监委会{supervisor}在场监督{vote}开箱",
    e.BoxOpened: "{meeting}：{vote}的密封票箱打开，{voters}人投过票",
    e.VoteClosed: "{meeting}：{vote}表决结束，{tally}，{carried}",
    e.CountChecked: "{meeting}：{vote}复点（{source}，{teller}），{counts}",
    e.DifferenceExplained: "{meeting}：{officer}说明{vote}的票数为什么不一样，{ground}",
    e.DifferenceSettled: "{meeting}：{officer}同意对{vote}票数差异的说明",
    e.VoteVoided: "{meeting}：{vote}的表决作废，{ground}",
    e.MeetingAdjourned: "{meeting}：散会",
    e.NotePinned: "{meeting}：监委会批注{number}号，记在{moment}：{text}",
    e.MinutesNoted: "{meeting}：{recorder}记会议记录要点{number}，{matter}：{text}{strikes}",
    e.MinutesRead: "{meeting}：{recorder}宣读了会议记录，念到日志第{seq}条",
    e.MinutesApproved: "{meeting}：主持人{chair}宣布会议记录通过，到日志第{seq}条",
    e.SignedPaperCompared: "{meeting}：开会前对照签了字的会议记录，上次散会的校验码{agrees}（日志第{seq}条）",
    e.StickCompared: "{meeting}：开会前核对监委会的U盘，{agrees}（U盘上第{seq}条）",
    e.RecordDifferenceAccepted: "{meeting}：监委会{supervisor}知道校验码不一致，同意照样开会，{ground}",
    e.PublicationOpened: "{matter}：{stage}，从{first_day}到{last_day}",
    e.PhotoAttached: "{matter}：存照片“{picture}”",
    e.VoiceAttached: "{matter}：{stage}第{number}号念给大家听，第{issue}次录音，长{duration_ms}",
    e.ObjectionFiled: "{author}对{matter}提出第{number}号异议：{text}",
    e.ObjectionAnswered: "答复异议（{objection}）：{upheld}，{answer}",
    e.ObjectionEscalated: "异议（{objection}）提交{forum}：{ground}",
    e.WorksAssigned: "{matter}：由{owner_name}负责实施，{deadline}前完成，预算{budget_fen}",
    e.ContractRecorded: "{matter}：与{contractor}的合同，{amount_fen}，日期{dated}{inside_publication}",
    e.WorksStarted: "{matter}：开工{inside_publication}",
    e.ProgressReported: "{matter}：实施进度，{text}，已支出{spent_fen}",
    e.AcceptanceRequested: "{matter}：申请验收，{findings}，实际支出{actual_fen}",
    e.WorksInspected: "{matter}：验收{accepted}，{statement}",
    e.FilmRoomReported: "{meeting}：开会前磁盘够录像{minutes}分钟",
    e.ShortFilmAccepted: "{meeting}：主持人同意录像不全，会议计划{planned}分钟，磁盘只够录{minutes}分钟",
    e.RecordingStarted: "{meeting}：开始录像（{source}，{sound}）",
    e.SegmentSealed: "{meeting}：一段录像封存，从{began_at}起，长{duration_ms}",
    e.RecordingInterrupted: "{meeting}：录像中断，从{since}到{until}，{cause}",
    e.VideoMarked: "{meeting}：在录像上标记{vote}的{moment}",
    e.RecordingStopped: "{meeting}：录像结束",
    e.FilmViewed: "{meeting}：查看录像，事由是{purpose}{words}",
    e.FilmDeletionProposed: "{meeting}：提出删除录像，{ground}",
    e.FilmDeleted: "{meeting}：复核删除录像，{ground}，校验值仍在日志里",
    e.ClipRequested: "{meeting}：申请{vote}的公开片段（{whole_picture}，{sound}）",
    e.ClipReleased: "{meeting}：审看后公开一个录像片段，校验值{sha256}",
    e.ClipRejected: "{meeting}：一个录像片段不予公开，{ground}",
    e.ClipWithdrawn: "{meeting}：撤下一个公开的录像片段，{ground}",
    e.PaperIssued: "制成{paper}{edition}（{subject}）",
}
"""One sentence for each kind of entry."""


def happening(event: e.Event, village: Village, name: Name) -> str:
    """The entry in one plain sentence (一句话说明), without the full stop.

    `village` is the village as it stands, so that ids can be told by their titles; `name` calls a person.
    """
    sentence = HAPPENINGS[type(event)]
    gaps = {gap for _, gap, _, _ in Formatter().parse(sentence) if gap}
    told = Told(event, village, name)
    return sentence.format(**{gap: told.words(gap) for gap in gaps})

"""The words that lie beside a bundle (证据包说明): what is in it, and how it is checked, by phone, program or hand."""

from kiosk import wording
from kiosk.core.events import PaperIssued
from kiosk.core.terms import MatterId
from kiosk.core.village import Village
from kiosk.evidence.extract import Extract


def leaflet(part: Extract, village: Village, matter: MatterId | None) -> str:
    """The text of README.txt."""
    heads = {entry.seq: entry.head for entry in part.entries}
    papers = "".join(
        f"  {wording.PAPERS[e.paper]}：依据日志第 {e.from_seq} 条，校验码 {heads[e.from_seq].check_code}\n"
        for e in (entry.event for entry in part.entries)
        if isinstance(e, PaperIssued) and e.from_seq in heads
    )
    head = part.entries[-1].head
    about = village.matters[matter] if matter is not None else None
    mark = wording.purpose_mark(village.purpose).strip()
    text = _VILLAGE if about is None else _MATTER
    return text.format(
        name=village.name,
        mark=f"　{mark}" if mark else "",
        number="" if about is None else about.number,
        title="" if about is None else about.title,
        entries=len(part.entries),
        seq=head.seq,
        code=head.check_code,
        papers=papers or "  （还没有制成的文书）\n",
        checking=_CHECKING,
    )


_CHECKING = """怎么核对（不用联网，三种办法任选）
  一、手机、电脑都行：用浏览器打开 verify.html，选这个文件夹（或全选里面的文件，或打包成 zip）。
  二、电脑上装有 Python 3.9 以上：在本文件夹里打开命令行
      python3 verify.py . --code 纸上印的校验码
  三、不用程序：sha256sum papers/* photos/* 算出来的（有 voices 的，也一样），应当与 journal.jsonl 里的 "sha256" 相同。
  显示“通过”，说明每一条记录、每一份文件都没有动过、没有少，每次表决重新数票、重新判定，结果一样；
  动过的，会说出是日志第几条、哪个文件。
  谁掌握村里那台机器，谁就能把记录从头重写一遍，所以一定要输入有人签字的那张纸上的校验码再核一次。
  不放心这里的核对程序，可以从别处另取一份；也可以照 docs/bundle.md 自己写一个。
"""

_MATTER = """{name}第{number}号事项证据包（一事一档）{mark}
{title}

这是存档用的，里面有姓名和各人的意见，不得对外公开。

里面有什么
  journal.jsonl     会议日志里讲这件事的 {entries} 条，一字不改，带原来的条号
  tree.jsonl        指纹表：日志第 1 条到第 {seq} 条，每条的指纹和它讲的是哪件事、哪次会；
                    别的事只有指纹，没有内容。有没有少放、换过，一算就知道
  papers/ photos/ voices/   文书、照片、念给大家听的录音；recordings/ clips/ 录像和公开片段（录像可以不带，只带片段链）
  rules.json        每次表决用的规则行；rules.md 是同样的规则，写成算例给人看
  catalogue.json    立项时的事项清单
  register.json     每次会议的名册：只有编号和身份，没有电话、地址、身份证号
  manifest.json     清单：每个文件的大小和指纹，日志最后一条的校验码
  verify.html verify.py  核对程序，两个各写各的，结果应当一样（verify.py 要用到旁边三个 verify_*.py）

这份证据包做到日志第 {seq} 条为止，校验码 {code}
{papers}
{checking}"""

_VILLAGE = r"""{name} 会议证据包（全村）{mark}

里面有什么
  journal.jsonl        会议日志，一行一条，共 {seq} 条；每条都带着上一条的 SHA-256（哈希链）和前面各条的树根
  tree.jsonl           指纹表：每条的指纹和它讲的是哪件事
  recordings/会议/段   会议录像，每段的 SHA-256 记在日志里；保存期满、两人经手删除的不在
  recordings/会议/chain.jsonl  录像的片段链，链尾记在日志里；录像被动过，查得到是哪一段的第几个片段
  clips/…              公开过的录像片段，SHA-256 记在日志里
  papers/              文书，每份的 SHA-256 记在日志里
  voices/              念给大家听的录音（有的才有），文件名就是 SHA-256，记在日志里
  photos/              公示、施工和审查意见书的照片，文件名就是 SHA-256，记在日志里
  manifest.json        清单：每个文件的大小和指纹，日志最后一条的校验码
  verify.html verify.py  核对程序：日志、票数、文件、签名（verify.py 要用到旁边三个 verify_*.py）
  audit.py             通查程序（python3 audit.py . --code 纸上印的校验码），从需求到归档每一步都按法律核对
  ledger.csv           重大事项台账，一件一行，用 WPS、Excel 打开

{checking}
用手核验
  1. 算第 5 条的 SHA-256：
       sed -n 5p journal.jsonl | tr -d '\n' | sha256sum
     结果应当与第 6 条里 "prev" 后面的 64 个字符相同：
       sed -n 6p journal.jsonl | grep -o '"prev":"[0-9a-f]*"'
  2. 算第 {seq} 条（最后一条）的校验码：取 SHA-256 的前 16 个字符作十六进制数，写成十进制，取最后 16 位：
       printf '%016u\n' 0x$(sed -n {seq}p journal.jsonl | tr -d '\n' | sha256sum | cut -c1-16) | tail -c 17
     结果应当是 {code}（去掉短横）。
  3. 纸质文书上印着“校验码”和“日志第几条”：把上一步里的 {seq} 换成那个号码，算出来的应当与纸上相同。
{papers}  4. 录像和照片：用 sha256sum 算出来的，应当与日志里那一条的 "sha256" 相同：
       sha256sum recordings/*/* photos/*
       grep -o '"sha256":"[0-9a-f]*"' journal.jsonl
     文书后面跟着村里的电子签名，只算签名以前的部分，字节数是那一条里的 "size_bytes"：
       head -c 字节数 papers/文件名 | sha256sum
"""

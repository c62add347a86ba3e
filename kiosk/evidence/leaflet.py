"""The words that lie beside a bundle (证据包说明): what is in it, and how it is checked with a program and by hand."""

LEAFLET = r"""{name} 会议证据包

里面有什么
  journal.jsonl        会议日志，一行一条，共 {seq} 条；每条都带着上一条的 SHA-256（哈希链）
  recordings/会议/段   会议录像，每段的 SHA-256 记在日志里；保存期满、两人经手删除的不在
  recordings/会议/chain.jsonl  录像的片段链，链尾记在日志里；录像被动过，查得到是哪一段的第几个片段
  clips/…              公开过的录像片段，SHA-256 记在日志里
  papers/              文书（通知、计票单、决议书、结果公示、卷内目录），每份的 SHA-256 记在日志里
  photos/              公示、施工和审查意见书的照片，文件名就是 SHA-256，记在日志里
  manifest.json        清单：村名、日志最后一条的号码、SHA-256 和校验码
  audit.py             通查程序，只要装有 Python 3.9 以上，不用联网
  README.txt           本说明

用程序核验（在本文件夹里打开命令行）
  python3 audit.py .
  python3 audit.py . --code 纸上印的校验码
  显示“通过”，说明日志没有断、没有改，每次表决重新计票结果一样，录像、文书和照片与日志一致；
  从提出需求到归档的每一步，程序都按自己写明的法律规定重新核对一遍，不通过的写明是第几条。
  谁掌握这台机器，谁就能把日志从头重写一本；所以一定要用有人签字的纸质文书上的校验码再核一次。
  不放心这里的 audit.py，可以从别处另取一份。

不用程序，用手核验
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

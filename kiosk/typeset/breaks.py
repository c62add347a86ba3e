"""Where a line of Chinese may end (避头尾), and which marks carry blank to give away.

After GB/T 15834—2011 and W3C's clreq: no line begins with a closing mark or ends with an
opening one; numbers with their unit, Latin words, —— and …… stay whole.
"""

import re
from itertools import pairwise

OPENING = frozenset("（《〈“‘【〔「『［｛〖")
STOPS = frozenset("，。、；：？！")
CLOSING = frozenset("）》〉”’】〕」』］｝〗") | STOPS
_MARKS = CLOSING | OPENING
_NO_START = CLOSING | frozenset("…—～·・％‰℃°々%,.;:?!)]} \n")
_NO_END = OPENING | frozenset("￥＄￡№＃$#([{")

_UNIT = (
    "平方米|平方公里|立方米|公里|公斤|公顷|毫米|厘米|万元|亿元|万|亿|元|亩|米|户|票|人|名|个|项|条|款|"
    "次|届|岁|年|月|日|时|分|秒|天|号|组|页|份|张|间|层|栋|位|件|吨|倍|％|‰|℃"
)
_WHOLE = re.compile(rf"〔[0-9]+〕[0-9]+号|第?[!-~×÷]*[0-9](?:{_UNIT})|第?[!-~×÷]+|—+|…+")
_IN_ADDRESS = re.compile(r"(?<=[/?&=_.\-])(?=[0-9A-Za-z])")


def _tied(text: str) -> set[int]:
    """Positions inside a number, a word or a doubled mark: no line ends before them."""
    tied: set[int] = set()
    for token in _WHOLE.finditer(text):
        tied.update(range(token.start() + 1, token.end()))
    for word in re.finditer(r"[!-~]*://[!-~]*", text):
        free = (word.start() + m.start() for m in _IN_ADDRESS.finditer(word.group()))
        tied.difference_update(free)
    return tied


def may_break(text: str) -> list[bool]:
    """For each position of the text: whether a line may begin there; the first is no break."""
    tied = _tied(text)
    return [
        *[False][: len(text)],
        *(
            at not in tied and after not in _NO_START and before not in _NO_END
            for at, (before, after) in enumerate(pairwise(text), start=1)
        ),
    ]


def blank_between(before: str, after: str) -> float:
    """Empty space (em) that a pair of full-width marks holds between their inks."""
    return 0.5 * (before in CLOSING) + 0.5 * (after in OPENING)


def tightening(before: str, after: str) -> float:
    """What to take (em) between two neighbours at any time, so that ”， and ）（ gape no more.

    The two halves of —— are brought together: Noto's dash is 0.89 em wide with ink of 0.80.
    """
    if before == after == "—":
        return 0.087
    if before in _MARKS and after in _MARKS:
        return min(0.5, blank_between(before, after))
    return 0.0

"""What the public may read of what people wrote (公开的说法): no number of a person, no home, no illness, no author.

Law 11 of the kiosk: the archive copy says all, the public copy does not. A pattern finds what has the form of a
number or says itself what it is; a name it cannot know is given to it.
"""

import re

NUMBER_HIDDEN = "（号码不公开）"
HOME_HIDDEN = "（住址不公开）"
HEALTH_HIDDEN = "（健康情况不公开）"

_NUMBERS = re.compile(
    r"(?<![0-9])(?:"
    r"1[3-9][0-9](?:[ -]?[0-9]{4}){2}"  # a mobile telephone
    r"|0[0-9]{2,3}[ -][0-9]{7,8}"  # a telephone with its area
    r"|(?:[0-9][ -]?){15,18}[0-9Xx]"  # an identity card, a bank card
    r")(?![0-9])"
)
_HOMES = re.compile(
    r"(?:家住|住址|家庭地址|家庭住址)[在是为：:]?\s*[^，。；,;、\s（）()]{2,40}"
    r"|[0-9]+组[0-9]+号(?![0-9])"
    r"|[0-9]+(?:号楼|栋|幢)[0-9]+(?:室|房)"
)
_DISABLED = "肢体|智力|精神|视力|听力|言语|多重"
_HEALTH = re.compile(
    r"(?:身患|患有?|确诊|得了)[^，。；,;\n（）]{1,12}?(?:病|症|癌|瘤|炎)"
    r"|因病[^，。；,;\n（）]{0,12}"
    rf"|(?:(?:{_DISABLED})残疾)?[一二三四1-4]级(?:(?:{_DISABLED})?残疾)|(?:{_DISABLED})残疾(?!人)"
)
_NAME_AT_LEAST = 2


def discreet(text: str, *names: str) -> str:
    """The text without numbers of people, homes and illnesses (隐去号码、住址、健康情况), and without these names."""
    for name in names:
        if len(name) >= _NAME_AT_LEAST:
            text = text.replace(name, "提出人")
    text = _NUMBERS.sub(NUMBER_HIDDEN, text)
    return _HEALTH.sub(HEALTH_HIDDEN, _HOMES.sub(HOME_HIDDEN, text))

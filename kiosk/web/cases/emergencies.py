"""Emergencies (应急先行处置): declared, signed by a second officer, witnessed by the 监委会, owed to a meeting."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk.core.commands import CountersignEmergency, DeclareEmergency, WitnessEmergency
from kiosk.core.emergency import Emergency
from kiosk.core.terms import EmergencyId
from kiosk.web.access import ANY_OFFICER, CONSOLE, SUPERVISION, allow, visitor
from kiosk.web.answers import carry_out, went_well
from kiosk.web.filling import Answer, fill_in, said
from kiosk.web.forms import identifier
from kiosk.web.parts import parts
from kiosk.wording import Sentence

emergencies = Blueprint("emergencies", __name__, url_prefix="/emergencies")

GROUNDS = (
    "暴雨洪水，来不及开会。",
    "山体滑坡、道路塌方，来不及开会。",
    "饮水中断，来不及开会。",
    "房屋、桥梁有倒塌危险，来不及开会。",
    "火灾、疫情，来不及开会。",
)
MEASURES = (
    "转移安置受威胁的村民。",
    "雇请机械抢通道路。",
    "抢修供水、供电设施。",
    "封闭危险地段，派人值守。",
)
STATEMENTS = ("本人到场见证，情况属实，措施适当。", "本人事后核实，情况属实。")


@emergencies.get("/")
@allow(ANY_OFFICER)
def home() -> str:
    """Every emergency with its signatures; those owed to a meeting first."""
    village = parts().village()
    known = sorted(village.emergencies.values(), key=lambda e: e.declared_at, reverse=True)
    officer = visitor().officer
    return render_template(
        "emergencies/home.html",
        village=village,
        emergencies=sorted(known, key=lambda e: not e.is_owed),
        owed=sum(e.is_owed for e in known),
        names={person.id: person.name for person in parts().register.people(parts().home)},
        me=officer.id if officer else None,
        may_declare=officer is not None and bool(officer.roles & CONSOLE.roles),
        may_witness=officer is not None and bool(officer.roles & SUPERVISION.roles),
    )


@emergencies.route("/new", methods=["GET", "POST"])
@allow(CONSOLE)
def declare() -> Answer:
    """登记应急处置: why there is no time for a meeting, and what is done."""

    def act() -> str:
        ground = said("ground", "紧急情况")
        measures = said("measures", "处置措施")
        carry_out(DeclareEmergency(EmergencyId(identifier("emergency")), ground, measures))
        return "/emergencies/"

    def draw(no: Sentence | None) -> str:
        return render_template(
            "emergencies/new.html",
            village=parts().village(),
            sentence=no,
            fields=request.form if request.method == "POST" else {"emergency": parts().new_token()},
            grounds=GROUNDS,
            measures=MEASURES,
        )

    return fill_in(act, draw)


@emergencies.post("/<emergency>/countersign")
@allow(CONSOLE)
def countersign(emergency: str) -> Response:
    """双签: another officer, at his own sign-in."""
    carry_out(CountersignEmergency(EmergencyId(emergency)))
    return went_well("/emergencies/")


@emergencies.route("/<emergency>/witness", methods=["GET", "POST"])
@allow(SUPERVISION)
def witness(emergency: str) -> Answer:
    """见证: a member of the 监委会 says what he saw."""
    known: Emergency = parts().village().emergency(EmergencyId(emergency))

    def act() -> str:
        carry_out(WitnessEmergency(known.id, said("statement", "见证意见")))
        return "/supervision/"

    def draw(no: Sentence | None) -> str:
        return render_template(
            "emergencies/witness.html",
            village=parts().village(),
            emergency=known,
            sentence=no,
            fields=request.form if request.method == "POST" else {"statement": STATEMENTS[0]},
            ready=STATEMENTS,
        )

    return fill_in(act, draw)

"""Every act there is: one tuple, in the order in which a case meets them."""

from attendance.services import (
    cases,
    earlier_notices,
    issuers,
    payments,
    rematching,
    representations,
    reviews,
    settling_money,
    support,
)
from attendance.services.acts import Act
from attendance.services.letters import anew, delivering, leave, sending
from attendance.services.notices import going_out, improvement, to_improve
from attendance.services.notices.penalty import deciding, ending, issuing, unpaid
from attendance.services.requests import answering, making

ACTS: tuple[Act, ...] = (
    *cases.ACTS,
    *support.ACTS,
    *earlier_notices.ACTS,
    *issuers.ACTS,
    *making.ACTS,
    *answering.ACTS,
    *to_improve.ACTS,
    *going_out.ACTS,
    *improvement.ACTS,
    *deciding.ACTS,
    *issuing.ACTS,
    *unpaid.ACTS,
    *ending.ACTS,
    *payments.ACTS,
    *settling_money.ACTS,
    *rematching.ACTS,
    *representations.ACTS,
    *reviews.ACTS,
    *sending.ACTS,
    *anew.ACTS,
    *delivering.ACTS,
    *leave.ACTS,
)


def act_named(name: str) -> Act:
    """Return the act of that name; raises KeyError."""
    return _BY_NAME[name]


_BY_NAME = {act.name: act for act in ACTS}

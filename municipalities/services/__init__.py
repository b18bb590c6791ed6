"""What changes in the register, in the network's membership, and among the people of municipalities."""

from municipalities.services.acting import was_turned_away
from municipalities.services.affiliations import (
    ask_affiliation,
    confirm_affiliation,
    end_affiliation,
    forget_due,
    forget_person,
    refuse_affiliation,
)
from municipalities.services.colleagues import (
    accept_invitation,
    decline_invitation,
    invite_colleague,
    make_focal_point,
    make_staff,
)
from municipalities.services.domains import (
    import_mail_domains,
    keep_mail_domains,
    stamp_of_domains,
    suggest_for_email,
    towns_of_addresses,
)
from municipalities.services.memberships import join_network, leave_network, name_contact
from municipalities.services.presentations import save_presentation, stamp_of
from municipalities.services.register import ImportResult, import_register

__all__ = [
    "ImportResult",
    "accept_invitation",
    "ask_affiliation",
    "confirm_affiliation",
    "decline_invitation",
    "end_affiliation",
    "forget_due",
    "forget_person",
    "import_mail_domains",
    "import_register",
    "invite_colleague",
    "join_network",
    "keep_mail_domains",
    "leave_network",
    "make_focal_point",
    "make_staff",
    "name_contact",
    "refuse_affiliation",
    "save_presentation",
    "stamp_of",
    "stamp_of_domains",
    "suggest_for_email",
    "towns_of_addresses",
    "was_turned_away",
]

"""Who belongs to the two towns of the small network: ST and FP to one, Olga to the other; some ask, one is invited."""

from municipalities import links
from tests.factories import make_affiliation, make_user


class BelongingWorld:
    def __init__(self, people: dict, other, town, newcomer):
        self.affiliation = make_affiliation(people["ST"], town)
        self.focal = make_affiliation(people["FP"], town, kind="focal_point")
        self.second_focal = make_affiliation(make_user("eva@cm-x.pt", name="Eva Leal"), town, kind="focal_point")
        self.others = make_affiliation(other, newcomer, kind="focal_point")
        undecided = {"proof": "", "decided_at": None}
        nina, ivo = make_user("nina@example.org", name="Nina Paz"), make_user("ivo@example.org", name="Ivo Reis")
        self.asking = make_affiliation(nina, town, state="asked", **undecided)
        self.asking_elsewhere = make_affiliation(nina, newcomer, state="asked", **undecided)
        self.invited = make_affiliation(ivo, town, state="invited", asked_by=people["FP"], **undecided)

    @property
    def values(self) -> dict:
        """What ``$name`` stands for in permissions.yml."""
        return {
            "affiliation": self.affiliation.uuid, "second_focal": self.second_focal.uuid, "asking": self.asking.uuid,
            "asking_elsewhere": self.asking_elsewhere.uuid, "others_affiliation": self.others.uuid,
            "invitation": lambda: links.token_for(self.invited),
        }  # fmt: skip

"""What stands beside the form of each section: what it is for, and who reads it."""

from django.utils.translation import gettext_lazy as _

GUIDANCE = {
    "title": _("It can still be changed later; the address of the practice is made of it when it is first published."),
    "summary": _("Who reads only this sentence should know whether to read on."),
    "context": _("Write as you would tell a colleague. A link alone is not an answer: who cannot open it learns nothing."),
    "objectives": _("Only what was really meant to be reached. Results come later."),
    "blocks": _("Parts that can be taken over one by one, in the order in which you would do them again. From one to eight."),
    "partners": _("Your municipality is named already. Here stands who else worked on it. No names of people."),
    "groups": _("Choose for whom it was, and which inequalities you looked at. Each axis needs a sentence that says how."),
    "resources": _("So that others can see whether they can afford it. Estimates are welcome."),
    "period": _("The months are enough."),
    "results": _(
        "Numbers with their source, before and after where you have both. When nothing was measured say so and why: "
        "an honest “not measured” is better than a vague success."
    ),
    "difficulties": _("At least one. Readers trust a practice more that says what went wrong."),
    "transfer": _("Think of a municipality half as large as yours."),
    "contact": _("Questions from other municipalities go to this address."),
    "media": _("At most ten pictures and files, 10 MB each and 50 MB together. Nobody else sees them before they are published."),
    "classification": _("The practice is found by these words."),
}

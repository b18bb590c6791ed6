"""What each vocabulary is for, in one line."""

from django.utils.translation import gettext_lazy as _

from network_portal.vocabularies.models import Vocabulary

NOTES = {
    Vocabulary.THEME: _("Of webinars, calls and practices. People follow calls by theme."),
    Vocabulary.AREA: _("The wide fields under which practices stand."),
    Vocabulary.AXIS: _("Whom a measure looks at: of webinars, calls and practices."),
    Vocabulary.TARGET_GROUP: _("For whom a practice is."),
    Vocabulary.PRACTICE_TYPE: _("What a practice is: a plan, a service, a training course."),
    Vocabulary.CHARTER_ARTICLE: _("What a practice puts into effect; an article belongs to an edition of the Charter."),
    Vocabulary.SDG_TARGET: _("To which targets of gender equality a practice contributes."),
    Vocabulary.POPULATION_BAND: _("The size of a municipality, in figures and in the catalogue."),
    Vocabulary.COST_BAND: _("About what a practice costs."),
    Vocabulary.ROLE: _("In which role people come to webinars."),
}

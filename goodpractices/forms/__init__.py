"""The forms of a practice's sections; ``SectionForms`` puts together those of one."""

from goodpractices.forms.whole import SectionForms

__all__ = ["SectionForms"]

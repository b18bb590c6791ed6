"""What the figures are: one function for the four of a cycle, one for all its tables."""

from webinars.stats.figures import CycleFigures, cycle_figures

__all__ = ["CycleFigures", "cycle_figures"]

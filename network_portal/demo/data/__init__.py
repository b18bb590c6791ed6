"""The demonstration's texts. The people, webinars and figures are invented; the municipalities and founders are real."""

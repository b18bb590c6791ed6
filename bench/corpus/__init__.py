"""A catalogue of made-up practices in five languages, the same on every machine, and searches whose answers are known."""

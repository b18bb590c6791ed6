"""The pages of municipalities, by who they are for."""

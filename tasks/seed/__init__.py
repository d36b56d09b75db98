"""The starter data of the core: the strategy as announced and what became of it."""

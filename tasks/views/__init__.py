"""The pages of the core, a module for each noun."""

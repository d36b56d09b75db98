"""Settings; the environment is read in base.py only."""

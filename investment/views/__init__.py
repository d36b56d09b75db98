"""The pages of investment."""

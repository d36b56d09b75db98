"""The starter data of investment."""

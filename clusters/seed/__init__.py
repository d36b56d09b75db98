"""The starter data of clusters."""

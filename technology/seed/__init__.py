"""The starter data of technology."""

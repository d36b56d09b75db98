"""The starter data of trade."""

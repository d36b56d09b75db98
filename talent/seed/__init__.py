"""The starter data of talent."""

"""The starter data of ecosystem."""

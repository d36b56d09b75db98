"""The starter data of ministries and offices."""

"""The core: what every one of the six tasks shares."""

"""Every user write: one verb, one actor, one transaction, one log."""

"""Task 6, trade: frameworks, negotiation cases, technology protection."""

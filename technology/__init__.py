"""Task 1, technology: research programmes, the research hub, the 25 trillion won line."""

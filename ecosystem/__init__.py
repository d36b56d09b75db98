"""Task 4, ecosystem: supply chain items, lead projects, mother factories."""

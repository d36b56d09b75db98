"""Task 5, investment: tax credits, permits, infrastructure, vehicles."""

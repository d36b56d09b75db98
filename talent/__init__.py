"""Task 2, talent: programmes, cohorts, incentives for foreign talent."""

"""Task 3, clusters: special and national industrial complexes."""

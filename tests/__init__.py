"""Tests; they mirror the packages. `reference` is the independent model of the rollups."""

"""Benchmarks: each compares two ways to do the same work, by turns, in one run."""

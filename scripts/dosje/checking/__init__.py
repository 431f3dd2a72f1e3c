"""Finds what is wrong in an edition. Changes nothing."""

"""Reads an edition: settings, records, texts, bibliography and pictures, each value with its place."""

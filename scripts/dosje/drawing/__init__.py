"""Drawings as SVG and as tables: time, place, who was in the room."""

"""Dosje: documentary websites whose every statement can be followed to the folio it rests on."""

__version__ = "0.1.0"

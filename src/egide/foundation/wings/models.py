"""No table: Django announces the end of the migrations only to an app that has this module."""

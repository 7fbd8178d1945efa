"""Which roles enter the pages of the field: those whose row R01 is nominal in catalogue/access/matrix.csv (a test says so)."""

FIELD = ("ASSOCIATION_WORKER", "ISCG")

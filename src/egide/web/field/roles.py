"""Which roles enter the pages of the field, from catalogue/access/matrix.csv (a test says so).

FIELD: those whose row R01 is nominal, who follow files. PARTNERS: those who read on R02 what a consent or a text opens to them.
"""

FIELD = ("ASSOCIATION_WORKER", "ISCG")
PARTNERS = ("ASSOCIATION_WORKER", "COORDINATOR", "INVESTIGATOR", "ISCG", "SHELTER_WORKER")

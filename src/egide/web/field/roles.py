"""Which roles enter the pages of the field, from catalogue/access/matrix.csv (a test says so).

FIELD: those whose row R01 is nominal, who follow files. PARTNERS: those who read on R02 what a consent or a text opens to them.
"""

FIELD = ("ASSOCIATION_WORKER", "ISCG")
PARTNERS = ("ASSOCIATION_WORKER", "COORDINATOR", "INVESTIGATOR", "ISCG", "SHELTER_WORKER")
REGISTER = ("INVESTIGATOR", "MUNICIPAL_OFFICER")  # who asks the register of measures: R36, fact only
HOUSE = ("SHELTER_WORKER", "SIAO_OPERATOR")  # who keeps places: R35 nominal, without files of their own
SPOTTING = (  # who counts an offer: R37 nominal, a row that holds no person
    "ASSOCIATION_WORKER", "COORDINATOR", "CRIP_OFFICER", "INVESTIGATOR", "ISCG", "MUNICIPAL_OFFICER", "PROFESSIONAL",
    "PROGRAMME_WORKER", "RECEPTION_OFFICER", "SHELTER_WORKER", "SIAO_OPERATOR", "TRAINER",
)  # fmt: skip
RECEIVING = (  # R06, N or S
    "ASSOCIATION_WORKER", "CRIP_OFFICER", "INVESTIGATOR", "ISCG", "PROSECUTOR", "SHELTER_WORKER", "SIAO_OPERATOR",
)  # fmt: skip
PROGRAMME = ("PROGRAMME_WORKER",)  # R03, own: the part on the alleged perpetrator, without any file
COORDINATOR = ("COORDINATOR",)  # R08, N: keeps the network and its protocols

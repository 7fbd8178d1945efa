"""Which roles enter the professional directory: those that read R05 in catalogue/access/matrix.csv (a test says so)."""

READERS = (
    "ASSOCIATION_WORKER", "COORDINATOR", "INVESTIGATOR", "ISCG", "MUNICIPAL_OFFICER", "PROGRAMME_WORKER", "SHELTER_WORKER",
)  # fmt: skip

"""Which role does what on the desk: the codes of catalogue/nomenclatures/roles.yaml that the pages ask for."""

STATISTICIAN, EDITOR, SIGNATORY, READER = "STATISTICIAN", "EDITOR", "SIGNATORY", "READER"
DESK = (STATISTICIAN, EDITOR, SIGNATORY)
COMPOSERS = (STATISTICIAN, EDITOR)
READERS = (*DESK, READER)  # those who may read a revision before it is public

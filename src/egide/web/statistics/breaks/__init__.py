"""The pages of breaks: the proposals, one with its evidence and its curve, and the signature."""

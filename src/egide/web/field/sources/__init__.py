"""The pages of sheets of facts: written by a perpetrator programme, received by those who assess danger."""

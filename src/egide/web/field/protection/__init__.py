"""The pages of protection measures: in a file for its team, and one question for the police."""

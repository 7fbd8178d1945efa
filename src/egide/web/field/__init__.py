"""The pages of those who work with people: today's list, the file and its rooms, the partner's link. No model here."""

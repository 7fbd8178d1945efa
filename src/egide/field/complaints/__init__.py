"""Complaints (R34): her wish, each attempt, a refusal and its clock, the steps she may follow, and the time line she prepares."""

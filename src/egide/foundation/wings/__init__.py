"""The walls between purposes: the wings, their database roles, what each role may touch, and how one enters.

No rule about a person or a figure lives here; the policies of a wing live in that wing.
"""

"""What the data protection officer reads each month: who shared without consent, who was refused, what was read on a ground.

It owns no table and reads no name of a person: the functions of the walls give dates, texts of law, accounts and counts.
"""

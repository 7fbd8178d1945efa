"""What an assessment sets going: when a situation is looked at again, and what its level triggers, with owners and times."""

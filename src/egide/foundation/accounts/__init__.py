"""Who can sign in. What an account may do is a mandate (organisations), never a property of the account."""

"""Pages by audience: each calls one query or one action, and never imports a model."""

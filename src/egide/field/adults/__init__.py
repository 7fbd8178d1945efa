"""Reports about an adult unable to protect herself: what the law says of it, the route, the receipt, the outcome (R38)."""

"""Nothing leaves without passing here: small cells hidden, others hidden to protect them, and an audit that attacks the result."""

"""The one-page sheet of facts for the prosecutor: what was observed, written, told; who decided which level, and when."""

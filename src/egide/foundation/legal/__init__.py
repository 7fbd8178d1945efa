"""The legal gate: a module that holds personal data runs only under a named act, controller, DPIA, DPO and retention (X02)."""

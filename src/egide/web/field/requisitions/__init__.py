"""The pages of the requisition desk: what was received, what was checked, each item answered, the printed answer."""

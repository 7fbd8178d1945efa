"""The only place that sees two wings, one after the other: cells of counts go from the field to the statistics, as a delivery.

No model, no page and no table lives here; nothing is read from one wing while inside another.
"""

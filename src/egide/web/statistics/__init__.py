"""The pages of the statistics wing: the desk, the deliveries, the editions."""

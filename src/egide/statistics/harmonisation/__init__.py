"""From the producer's codes to the house's: periods, territories, units, nomenclatures; what has no code is listed, never dropped."""

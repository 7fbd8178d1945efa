"""How the house is run: settings, addresses, the database of a small installation. No rule of any trade lives here."""

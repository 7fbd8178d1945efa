"""The pages of a station's reception: the desk, one number, the station's table and settings, the screen of the hall."""

"""Lists of names that leave the house: asked for, approved by someone else, fetched once, never kept here (X16)."""

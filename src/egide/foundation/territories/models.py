"""One point for each commune. Its name, its département and its dates are the catalogue's."""

from django.db import models
from django.db.models import Q


class CommunePoint(models.Model):
    """Where a commune lies, in degrees: the point that its source gives, most often a centre. `source` names the file."""

    code = models.CharField(max_length=5, primary_key=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    source = models.CharField(max_length=60)
    loaded_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)), name="commune_is_on_earth"
            )
        ]

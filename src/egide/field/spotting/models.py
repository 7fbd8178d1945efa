"""One number for each organisation and month: the only thing that spotting leaves behind (AT-85)."""

import uuid

from django.db import models

from egide.foundation.organisations.models import Organisation


class OfferCount(models.Model):
    """How many times professionals of an organisation offered help in a month."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "month"], name="one_count_a_month")]

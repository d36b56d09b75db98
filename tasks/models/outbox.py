"""Queued background jobs; `common.background.enqueue` writes them, the relay sends them."""

from django.db import models


class OutboxJob(models.Model):
    name = models.CharField(max_length=80)
    argument = models.CharField(max_length=80)
    period = models.CharField(max_length=20, blank=True, default="")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "argument", "period"], condition=~models.Q(period=""), name="outbox_once_a_period"
            )
        ]
        indexes = [models.Index(fields=["id"], condition=models.Q(done_at__isnull=True), name="outbox_waiting")]

    def __str__(self) -> str:
        return f"{self.name}({self.argument})"

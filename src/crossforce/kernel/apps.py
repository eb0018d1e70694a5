"""Registers the app `kernel`."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "crossforce.kernel"
    label = "kernel"

    def ready(self) -> None:
        from crossforce.kernel import guarded_watch  # noqa: PLC0415 - models first
        from crossforce.kernel.live import telling  # noqa: PLC0415

        guarded_watch.tell_of_writing(telling.written)

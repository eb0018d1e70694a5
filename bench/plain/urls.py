"""Two pages: Django's own list view, and one that writes a row of a log."""

from typing import Any

from django.urls import path
from django.views.generic import ListView

from bench.plain.models import Entry, Facet, Look, Note


class Entries(ListView):  # type: ignore[type-arg] # not generic at run time
    """Fifty rows a page, with the choices of the filter."""

    queryset = Entry._default_manager.order_by("sort_en", "reference")
    paginate_by = 50
    template_name = "plain_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facets = list(Facet._default_manager.order_by("name_en"))
        kinds = ("region", "force", "function")
        choices = {kind: [each for each in facets if each.kind == kind] for kind in kinds}
        return super().get_context_data(choices=choices, **kwargs)


class Notes(ListView):  # type: ignore[type-arg] # not generic at run time
    """Fifty notes a page, and a row that says that somebody looked."""

    queryset = Note._default_manager.order_by("-created_at", "-id")
    paginate_by = 50
    template_name = "plain_notes.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        Look._default_manager.create(who=str(request.user), path=request.get_full_path())
        return super().get(request, *args, **kwargs)


urlpatterns = [path("register/", Entries.as_view()), path("notes/", Notes.as_view())]

"""One page: Django's own list view."""

from typing import Any

from django.urls import path
from django.views.generic import ListView

from bench.plain.models import Entry, Facet


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


urlpatterns = [path("register/", Entries.as_view())]

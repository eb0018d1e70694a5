"""The web frame: pages, lists, forms and refusals, the same in every app (docs/howto/add-a-page.md)."""

from crossforce.kernel.web import dateparts as dateparts
from crossforce.kernel.web import downloads as downloads
from crossforce.kernel.web import forms as forms
from crossforce.kernel.web import lists as lists
from crossforce.kernel.web.marks import asks_again as asks_again
from crossforce.kernel.web.marks import public as public
from crossforce.kernel.web.marks import repeatable as repeatable
from crossforce.kernel.web.marks import without_posting as without_posting
from crossforce.kernel.web.pages import form_page as form_page
from crossforce.kernel.web.pages import page as page
from crossforce.kernel.web.saying import acted as acted
from crossforce.kernel.web.saying import said_on as said_on

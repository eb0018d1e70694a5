// Enhances what works without it: GOV.UK Frontend's components on every page.
import { initAll } from "govuk-frontend";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

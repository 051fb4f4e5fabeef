// Tells stylesheets and components that scripts run. Stands first in the body, so nothing jumps.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}

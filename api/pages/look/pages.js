// Makes the pages quicker; every one of them works without it.
import { initAll } from "./govuk.js";

initAll();

// A table that lists many rows can be narrowed by typing; without this the search form does it.
for (const field of document.querySelectorAll("[data-narrows]")) {
  const rows = [...document.getElementById(field.dataset.narrows).querySelectorAll("tbody tr")];
  const status = document.getElementById(`${field.id}-status`);
  field.closest("[hidden]")?.removeAttribute("hidden");
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLocaleLowerCase("en-GB");
    let shown = 0;
    for (const row of rows) {
      row.hidden = !row.textContent.toLocaleLowerCase("en-GB").includes(wanted);
      shown += row.hidden ? 0 : 1;
    }
    status.textContent = `${shown} of ${rows.length} shown`;
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

/* Narrows the chronology to a person, organisation, kind or place. Without it the whole list stands there. */

(() => {
  "use strict";

  const form = document.querySelector(".dosje-filter");
  if (!form) return;
  const rows = [...document.querySelectorAll(".dosje-chronology > li")];
  const marks = [...document.querySelectorAll(".dosje-time a[data-key]")];
  const output = form.querySelector("output");
  const selects = [...form.querySelectorAll("select")];

  const fits = (row) =>
    selects.every(({ name, value }) => !value || (row.dataset[name] || "").split(" ").includes(value));

  function show() {
    const shown = new Set();
    for (const row of rows) {
      row.hidden = !fits(row);
      if (!row.hidden) shown.add(row.dataset.key);
    }
    for (const list of document.querySelectorAll(".dosje-chronology")) {
      const isEmpty = !list.querySelector("li:not([hidden])");
      list.hidden = isEmpty;
      list.previousElementSibling.hidden = isEmpty; // the heading with the year
    }
    for (const mark of marks) mark.classList.toggle("dosje-mark-off", !shown.has(mark.dataset.key));
    const chosen = selects.filter((select) => select.value);
    dosjeSay(
      output,
      chosen.length
        ? dosjePhrase("lists.shown", { shown: shown.size, all: rows.length })
        : dosjePhrase("lists.all", { n: rows.length }),
    );
    writeAddress(chosen);
  }

  function writeAddress(chosen) {
    if (location.protocol === "file:") return;
    const query = new URLSearchParams(chosen.map(({ name, value }) => [name, value])).toString();
    history.replaceState(null, "", (query ? `?${query}` : location.pathname) + location.hash);
  }

  const asked = new URLSearchParams(location.search);
  for (const select of selects) {
    const wanted = asked.get(select.name);
    if ([...select.options].some((option) => option.value === wanted)) select.value = wanted;
  }
  form.hidden = false;
  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(show));
  show();
})();

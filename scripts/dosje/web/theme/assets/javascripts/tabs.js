/* Tabs of Material, before they are drawn: those that the reader opened elsewhere, and the one that the address names. */

(() => {
  "use strict";

  const isLinked = "linked" in document.currentScript.dataset;
  const kept = isLinked ? __md_get("__tabs") : null;
  for (const set of Array.isArray(kept) ? document.querySelectorAll(".tabbed-set") : []) {
    const labels = [...set.querySelectorAll(":scope > .tabbed-labels label")];
    const open = kept.map((name) => labels.find((label) => label.innerText.trim() === name)).find(Boolean);
    if (open) document.getElementById(open.htmlFor).checked = true;
  }

  const target = document.getElementById(location.hash.slice(1));
  if (target?.name) target.checked = target.name.startsWith("__tabbed_");
})();

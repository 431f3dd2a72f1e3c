/* Material's question of what a reader consents to: shown until it is answered, its answer kept. */

(() => {
  "use strict";

  const form = document.forms.consent;
  const kept = __md_get("__consent");
  if (kept) {
    for (const field of form.elements) if (field.name) field.checked = Boolean(kept[field.name]);
  } else if (location.protocol !== "file:") {
    setTimeout(() => {
      document.querySelector("[data-md-component=consent]").hidden = false;
    }, 250);
  }

  for (const action of ["submit", "reset"]) {
    form.addEventListener(action, (event) => {
      event.preventDefault();
      if (action === "reset") for (const field of form.elements) if (field.name) field.checked = false;
      __md_set("__consent", Object.fromEntries([...new FormData(form).keys()].map((name) => [name, true])));
      location.hash = "";
      location.reload();
    });
  }
})();

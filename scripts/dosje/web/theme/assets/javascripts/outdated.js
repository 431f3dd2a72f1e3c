/* The word that there is a newer version, where Material's script found on an earlier page that there is one. */

(() => {
  "use strict";

  const base = new URL(document.currentScript.dataset.base, location);
  const word = document.querySelector("[data-md-component=outdated]");
  if (word && __md_get("__outdated", sessionStorage, base) === true) word.hidden = false;
})();

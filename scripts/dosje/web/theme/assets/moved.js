/* A page at an address that another page had before: leads on to that page, and to the part of it that was asked for.

   Loaded by such pages alone, which have no theme; without scripts they lead to the page (redirects.py). */

(() => {
  "use strict";

  const link = document.getElementById("moved");

  if (link) {
    const target = new URL(link.href);
    target.hash = location.hash;
    // Opened from disk, a folder shows its files and not its page.
    if (location.protocol === "file:" && target.pathname.endsWith("/")) target.pathname += "index.html";
    location.replace(target);
  }
})();

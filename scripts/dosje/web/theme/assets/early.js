/* Before anything of a page is drawn: the colours that the reader chose, or those that the device asks for.

   Loaded in the head and not deferred: a page has no body until this has run, and the body has its colours before it is
   drawn for the first time. What is kept is kept where Material's own script keeps it, under its names, as pages may load
   that script as well (theme/main.html). Pages have no script in them, so what differs between them comes in data-*. */

(() => {
  "use strict";

  const { scope, colors } = document.currentScript.dataset;

  window.__md_scope = new URL(scope, location);
  window.__md_hash = (text) => [...text].reduce((sum, sign) => (sum << 5) - sum + sign.charCodeAt(0), 0);
  window.__md_get = (name, storage = localStorage, at = __md_scope) =>
    JSON.parse(storage.getItem(`${at.pathname}.${name}`));
  window.__md_set = (name, value, storage = localStorage, at = __md_scope) => {
    try {
      storage.setItem(`${at.pathname}.${name}`, JSON.stringify(value));
    } catch {
      // A browser may let nothing be kept.
    }
  };

  /** Return the colours that a reader chose, null where none were, or where these are to be the device's. */
  function recall() {
    try {
      const { color } = __md_get("__palette") || {};
      return color && color.media !== "(prefers-color-scheme)" ? color : null;
    } catch {
      return null;
    }
  }

  const fits = ({ media }) => media && media !== "(prefers-color-scheme)" && matchMedia(media).matches;

  function colorBody() {
    for (const [name, value] of Object.entries(recall() || JSON.parse(colors).find(fits) || {})) {
      if (value) document.body.setAttribute(`data-md-color-${name}`, value);
    }
  }

  if (!colors) return;
  // Told as soon as the body is there, with nothing in it.
  const watch = new MutationObserver(() => {
    if (!document.body) return;
    watch.disconnect();
    colorBody();
  });
  watch.observe(document.documentElement, { childList: true });
})();

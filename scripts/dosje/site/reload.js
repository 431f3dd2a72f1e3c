/* Follows the preview: asks its server, for as long as the page is looked at, whether there is something newer.

   MkDocs writes such a script into each page, and the pages' policy lets none run that stands in them. The server holds
   an answer back until there is something new, or for a minute (mkdocs.livereload). */

(() => {
  "use strict";

  const { epoch, request } = document.currentScript.dataset;
  let asking = null;

  async function poll() {
    asking?.abort();
    const own = new AbortController();
    asking = own;
    while (!own.signal.aborted) {
      try {
        const answer = await fetch(`/livereload/${epoch}/${request}`, { signal: own.signal });
        if (Number(await answer.text()) > Number(epoch)) {
          location.reload();
          return;
        }
        if (answer.ok) continue;
      } catch {
        // The server ended, or this page is no longer looked at.
      }
      await new Promise((resolve) => setTimeout(resolve, 3000));
    }
  }

  const follow = () => (document.visibilityState === "visible" ? poll() : asking?.abort());
  addEventListener("load", follow);
  addEventListener("visibilitychange", follow);
  addEventListener("beforeunload", () => asking?.abort());
})();

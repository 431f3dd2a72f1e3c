/* A button copies the paragraph above it. Without JavaScript there is no button, and the text can be selected. */
"use strict";

(() => {
  const show = () => {
    for (const button of document.querySelectorAll(".dosje-copy[hidden]")) {
      button.hidden = false;
    }
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.(".dosje-copy");
    if (!button) return;
    const source = button.closest(".dosje-take").previousElementSibling;
    const text = source.innerText.trim();
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // No clipboard outside of a secure page, as when the site is opened from disk.
      getSelection().selectAllChildren(source);
      document.execCommand("copy");
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });

  // Material, where it loads pages without a reload, tells of each.
  if (window.document$) window.document$.subscribe(show);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", show);
  else show();
})();

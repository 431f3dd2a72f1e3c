/* The one button that copies: what its data-copy says, or else the paragraph above it.

   Pages have the button hidden, as it does nothing without a script. A script that makes such a button on its page
   (lookup.js) is told by the event "dosje-copied" that it has been pressed. */

(() => {
  "use strict";

  const SHOWN_FOR = 2000;

  function show() {
    for (const button of document.querySelectorAll(".dosje-copy[hidden]")) button.hidden = false;
  }

  /** Copy without the right to the clipboard, as on a page that is opened from disk in some browsers. */
  function copySelected(text, button) {
    const area = document.createElement("textarea");
    area.className = "dosje-offscreen";
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus({ preventScroll: true });
  }

  async function copy(button) {
    const text = button.dataset.copy ?? button.closest(".dosje-take").previousElementSibling.innerText.trim();
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copySelected(text, button);
    }
    dosjeSay(button, dosjePhrase("copy.done"));
    button.dispatchEvent(new CustomEvent("dosje-copied", { bubbles: true }));
    setTimeout(() => {
      dosjeSay(button, dosjePhrase("copy.button"));
    }, SHOWN_FOR);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".dosje-copy");
    if (button) copy(button);
  });

  // Material, where it loads pages without a reload, tells of each.
  if (window.document$) window.document$.subscribe(show);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", show);
  else show();
})();

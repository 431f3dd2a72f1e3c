/* An announcement that the reader has put away is hidden before it is drawn. */

(() => {
  "use strict";

  const announcement = document.querySelector("[data-md-component=announce]");
  const content = announcement?.querySelector(".md-typeset");
  if (content && __md_hash(content.innerHTML) === __md_get("__announce")) announcement.hidden = true;
})();

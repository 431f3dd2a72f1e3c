/* What stands around the text: light and dark, the drawer of a narrow screen, contents that follow the reader.

   Material's own script does this and much else in thirty times the bytes. theme/main.html loads it instead of this one
   where mkdocs.yml asks for more. Without either, a page has its first colours, and all ways through the site. */

(() => {
  "use strict";

  document.documentElement.classList.replace("no-js", "js");

  const find = (selector) => document.querySelector(selector);
  const findAll = (selector) => [...document.querySelectorAll(selector)];

  /* Light and dark. What a reader chose is kept as Material keeps it; early.js applies it. */

  const palette = find("[data-md-component=palette]");
  const options = palette ? [...palette.querySelectorAll("input")] : [];

  /** Show the page in the colours of an option; return what is to be kept of it. */
  function wear(option) {
    const color = {};
    for (const name of ["media", "scheme", "primary", "accent"]) {
      color[name] = option.getAttribute(`data-md-color-${name}`);
      document.body.setAttribute(`data-md-color-${name}`, color[name]);
    }
    option.checked = true;
    for (const one of options) if (one.nextElementSibling) one.nextElementSibling.hidden = one !== option;
    return { index: options.indexOf(option), color };
  }

  /** Return what was kept, null where nothing was, or where the browser lets nothing be kept. */
  function recall() {
    try {
      return __md_get("__palette");
    } catch {
      return null;
    }
  }

  if (options.length) {
    const kept = recall();
    const fits = options.findIndex((option) => matchMedia(option.dataset.mdColorMedia).matches);
    wear(options[kept ? kept.index : fits] || options[0]);
    palette.addEventListener("change", (event) => __md_set("__palette", wear(event.target)));
    palette.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      const next = options[(options.findIndex((option) => option.checked) + 1) % options.length];
      __md_set("__palette", wear(next));
      next.focus();
    });
  }

  /* The drawer is a checkbox, so that it opens without a script. With one, a button in the head works it, and Escape and
     a way within the page close it. */

  const drawer = find("#__drawer");
  const label = find(".md-header label[for=__drawer]");
  if (drawer && label) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `${label.className} dosje-drawer`;
    button.setAttribute("aria-label", dosjePhrase("frame.drawer"));
    button.append(...label.childNodes);
    label.replaceWith(button);

    function move(isOpen) {
      drawer.checked = isOpen;
      button.setAttribute("aria-expanded", String(isOpen));
    }
    move(drawer.checked);
    button.addEventListener("click", () => move(!drawer.checked));
    drawer.addEventListener("change", () => move(drawer.checked));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !drawer.checked) return;
      move(false);
      button.focus();
    });
    document.addEventListener("click", (event) => {
      if (event.target.closest?.(".md-nav a[href*='#']")) move(false);
    });
  }

  /* The contents show which part is read: the last whose heading has passed the upper fifth of the window. */

  const links = new Map();
  for (const link of findAll(".md-nav--secondary a[href^='#']")) {
    const id = decodeURIComponent(link.hash.slice(1));
    if (document.getElementById(id)) links.set(id, [...(links.get(id) || []), link]);
  }
  const headings = [...links.keys()].map((id) => document.getElementById(id));
  const passed = new Set();
  let read = null;

  function follow() {
    const now = headings.findLast((heading) => passed.has(heading)) || null;
    if (now === read) return;
    mark(read, false);
    mark(now, true);
    read = now;
  }

  function mark(heading, isRead) {
    for (const link of heading ? links.get(heading.id) : []) {
      link.classList.toggle("md-nav__link--active", isRead);
      if (isRead) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
      const box = link.closest(".md-sidebar__scrollwrap");
      if (!isRead || !box || box.scrollHeight <= box.clientHeight) continue;
      box.scrollTop += link.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 2;
    }
  }

  const watch = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) passed.add(target);
        else passed.delete(target);
      }
      follow();
    },
    { rootMargin: "1000000px 0px -80% 0px" },
  );
  for (const heading of headings) watch.observe(heading);

  /* The head has the name of the edition; once that of the page is out of sight, it has this. */

  const title = find("[data-md-component=header-title]");
  const own = find(".md-content h1");
  if (title && own) {
    new IntersectionObserver(
      (entries) => {
        const { isIntersecting, boundingClientRect } = entries.at(-1);
        title.classList.toggle("md-header__title--active", !isIntersecting && boundingClientRect.top < 0);
      },
      { rootMargin: "-48px 0px 0px 0px" },
    ).observe(own);
  }

  /* The way back to the top, for a reader who turns around far below it. */

  const up = find("[data-md-component=top]");
  if (up) {
    let last = scrollY;
    addEventListener(
      "scroll",
      () => {
        up.hidden = scrollY >= last || scrollY < 2 * innerHeight;
        last = scrollY;
      },
      { passive: true },
    );
    up.addEventListener("click", () => {
      scrollTo({ top: 0 });
      find(".md-header a").focus({ preventScroll: true });
    });
  }
})();

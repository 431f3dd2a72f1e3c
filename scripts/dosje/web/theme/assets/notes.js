/* Notes where they are read: in the margin on wide screens, in a card on narrow ones.

   The list at the end of the page is what notes are; here are copies of its items. Without this script
   a call leads to the list. */

(() => {
  "use strict";

  // Material leaves this dialog without a name.
  const search = document.querySelector(".md-search[role=dialog]:not([aria-label])");
  if (search) search.setAttribute("aria-label", dosjePhrase("search.button"));

  const WIDE = matchMedia("(min-width: 76.25em)");
  const GAP = 8;
  // How far above its line the first of a group may stand.
  const LIFT = 40;
  const article = document.querySelector("article.md-typeset");
  if (!article?.querySelector(".footnote > ol")) return;

  const notes = [...article.querySelectorAll("a.footnote-ref")]
    .map((call) => {
      const item = document.getElementById(decodeURIComponent(call.hash.slice(1)));
      call.setAttribute("aria-label", dosjePhrase("note.label", { number: call.textContent.trim() }));
      call.setAttribute("aria-haspopup", "dialog");
      // A wide block reaches into the margin, and a note is no line of the text: their notes have none.
      const wide = call.closest(".dosje-wide, .footnote");
      return { call, item, wide, number: call.textContent.trim(), element: null };
    })
    .filter((note) => note.item);

  /** Return a copy of what a note says, without the way back. */
  function copyOf(note) {
    const copy = document.createElement("div");
    copy.append(...[...note.item.childNodes].map((node) => node.cloneNode(true)));
    for (const way of copy.querySelectorAll(".footnote-backref")) {
      const before = way.previousSibling;
      if (before?.nodeType === Node.TEXT_NODE) before.data = before.data.replace(/\u00a0$/, "");
      way.remove();
    }
    for (const element of copy.querySelectorAll("[id]")) element.removeAttribute("id");
    for (const element of copy.querySelectorAll(".dosje-full")) element.removeAttribute("hidden");
    return copy;
  }

  /* The margin. Its notes are for the eye: a screen reader has the list, and the note that is opened. */

  let margin = null;
  let open = null;

  function fillMargin() {
    margin = document.createElement("div");
    margin.className = "dosje-margin";
    for (const note of notes.filter(({ wide }) => !wide)) {
      const element = copyOf(note);
      element.className = "dosje-margin-note";
      element.dataset.number = note.number;
      if (note.call.closest("table")) element.classList.add("dosje-margin-note--dense");
      element.setAttribute("role", "dialog");
      element.setAttribute("aria-label", dosjePhrase("note.label", { number: note.number }));
      element.tabIndex = -1;
      note.element = element;
      silence(note);
      for (const one of [note.call, element]) {
        one.addEventListener("pointerenter", () => show(note));
        one.addEventListener("pointerleave", () => hide(note));
      }
      note.call.addEventListener("focus", () => show(note));
      note.call.addEventListener("blur", () => hide(note));
      element.addEventListener("focusout", (event) => {
        if (!element.contains(event.relatedTarget)) close(note, false);
      });
      margin.append(element);
    }
    article.append(margin);
  }

  function silence(note) {
    note.element.setAttribute("aria-hidden", "true");
    for (const link of note.element.querySelectorAll("a")) link.tabIndex = -1;
  }

  function show(note) {
    note.element.classList.add("is-shown");
    note.call.classList.add("is-shown");
  }

  function hide(note) {
    if (open === note) return;
    note.element.classList.remove("is-shown");
    note.call.classList.remove("is-shown");
  }

  function openInMargin(note) {
    if (open) close(open, false);
    open = note;
    show(note);
    note.element.removeAttribute("aria-hidden");
    for (const link of note.element.querySelectorAll("a")) link.removeAttribute("tabindex");
    note.element.focus({ preventScroll: true });
    note.element.scrollIntoView({ block: "nearest" });
  }

  function close(note, isReturning) {
    if (open !== note) return;
    open = null;
    hide(note);
    silence(note);
    if (isReturning) note.call.focus({ preventScroll: true });
  }

  /** Set each note beside its line, in the stretches of margin between wide blocks. */
  function place() {
    if (!margin || !WIDE.matches) return;
    const top = article.getBoundingClientRect().top;
    const left = notes.filter((note) => note.element);
    let start = 0;
    for (const block of [...article.querySelectorAll(".dosje-wide"), null]) {
      const box = block && block.getBoundingClientRect();
      const end = box ? box.top - top : Infinity;
      const mine = [];
      while (left.length && (!block || left[0].call.getBoundingClientRect().top < box.top)) mine.push(left.shift());
      placeBetween(start, end, mine, top);
      if (box) start = box.bottom - top;
    }
  }

  /** Where notes would meet, a group of them lies around its lines. What has no room opens as a card. */
  function placeBetween(start, end, mine, top) {
    const groups = [];
    let height = 0;
    for (const note of mine) {
      note.element.hidden = false;
      const own = note.element.offsetHeight + GAP;
      note.element.hidden = start + height + own > end;
      if (note.element.hidden) continue;
      const wanted = note.call.getBoundingClientRect().top - top - height;
      groups.push({ sum: wanted, count: 1, notes: [{ note, below: height }] });
      height += own;
      while (groups.length > 1 && mean(groups.at(-2)) > mean(groups.at(-1))) {
        const last = groups.pop();
        const group = groups.at(-1);
        group.sum += last.sum;
        group.count += last.count;
        group.notes.push(...last.notes);
      }
    }
    let least = start;
    for (const group of groups) {
      const first = group.notes[0];
      const lifted = Math.max(mean(group), wantedOf(first, top) - LIFT - first.below);
      const at = Math.max(Math.min(lifted, end - height), least - first.below);
      const last = group.notes.at(-1);
      least = at + last.below + last.note.element.offsetHeight + GAP;
      for (const { note, below } of group.notes) note.element.style.top = `${at + below}px`;
    }
  }

  const wantedOf = ({ note }, top) => note.call.getBoundingClientRect().top - top;
  const mean = (group) => group.sum / group.count;

  /* The card. A popover of the browser closes by itself on Escape and on a touch outside. */

  let card = null;
  let caller = null;

  function makeCard() {
    card = document.createElement("div");
    card.className = "dosje-card md-typeset";
    card.setAttribute("popover", "auto");
    card.setAttribute("role", "dialog");
    card.tabIndex = -1;
    card.addEventListener("toggle", (event) => {
      if (event.newState !== "closed" || !caller) return;
      caller.classList.remove("is-shown");
      // Not where the reader has gone on to something else.
      if (document.activeElement === document.body || card.contains(document.activeElement)) {
        caller.focus({ preventScroll: true });
      }
      caller = null;
    });
    document.body.append(card);
  }

  function openCard(note) {
    if (!card) makeCard();
    if (card.matches(":popover-open")) card.hidePopover();
    const shut = document.createElement("button");
    shut.type = "button";
    shut.className = "dosje-card-close";
    shut.setAttribute("aria-label", dosjePhrase("note.close"));
    shut.textContent = "×";
    shut.addEventListener("click", () => card.hidePopover());
    const text = copyOf(note);
    text.className = "dosje-card-text";
    text.dataset.number = note.number;
    card.replaceChildren(text, shut);
    card.setAttribute("aria-label", dosjePhrase("note.label", { number: note.number }));
    card.showPopover();
    setBeside(note.call);
    note.call.classList.add("is-shown");
    caller = note.call;
    card.focus({ preventScroll: true });
  }

  function setBeside(call) {
    const at = call.getBoundingClientRect();
    const edge = 12;
    const width = document.documentElement.clientWidth;
    const left = Math.min(Math.max(at.left - card.offsetWidth / 2, edge), width - card.offsetWidth - edge);
    const isBelow = at.bottom + card.offsetHeight + edge < innerHeight || at.top < card.offsetHeight + edge;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${scrollY + (isBelow ? at.bottom + 6 : at.top - card.offsetHeight - 6)}px`;
  }

  /* Both */

  function adapt() {
    if (WIDE.matches) {
      if (card && card.matches(":popover-open")) card.hidePopover();
      if (!margin) fillMargin();
      place();
    } else if (open) {
      close(open, false);
    }
  }

  for (const note of notes) {
    note.call.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      const isInMargin = WIDE.matches && note.element && !note.element.hidden;
      if (!isInMargin && !("popover" in HTMLElement.prototype)) return;
      event.preventDefault();
      if (isInMargin) openInMargin(note);
      else openCard(note);
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (open) {
      close(open, true);
      return;
    }
    for (const note of notes) if (note.element) hide(note);
  });

  WIDE.addEventListener("change", adapt);
  new ResizeObserver(place).observe(article);
  if (document.fonts) document.fonts.ready.then(place);
  adapt();
})();

// The search page: asks Pagefind's index, narrows by facets, and shows each result's sentence.
// Everything the reader asked for stands in the address, so that a search can be sent on or gone back to.
(() => {
  "use strict";

  const PAGE_SIZE = 20;
  const SHOWN_VALUES = 8;
  const LONGEST_SENTENCE = 60;
  const FACETS = { type: "Kind of page", person: "Person", place: "Place", year: "Year", archive: "Archive" };
  // Of these a page has several: two chosen persons are both named. Of the others either will do.
  const ALL_OF = new Set(["person"]);

  const script = document.currentScript;
  const root = new URL("../", script.src);
  const isDisk = location.protocol === "file:";
  const form = document.getElementById("dosje-search");
  const input = document.getElementById("dosje-q");
  const said = document.getElementById("dosje-said");
  const facetsBox = document.getElementById("dosje-facets");
  const list = document.getElementById("dosje-results");
  const more = document.getElementById("dosje-more");

  const PLAIN = { ł: "l", ø: "o", đ: "d", ð: "d", ß: "ss", æ: "ae", œ: "oe", ı: "i", þ: "th" };

  // The same as fold() in scripts/dosje/edition/name_forms.py.
  function fold(text) {
    const plain = text.toLowerCase().replace(/[łøđðßæœıþ]/g, (c) => PLAIN[c]);
    const bare = plain.normalize("NFD").replace(/\p{M}/gu, "");
    return (bare.match(/[\p{L}\p{N}]+/gu) || []).join(" ");
  }

  function loadScript(address) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = address;
      element.onload = () => { element.remove(); resolve(); };
      element.onerror = () => { element.remove(); reject(new Error(`${address} is not there`)); };
      document.head.append(element);
    });
  }

  // A page opened from disk may not read the files beside it, but may run them as scripts. So the
  // build lays a twin beside each file of the index: a script that hands over its bytes.
  const handed = new Map();
  self.dosjeHand = (name, bytes) => handed.set(name, bytes);

  async function readFromDisk(name) {
    if (!handed.has(name)) await loadScript(new URL(`pagefind/${name}.js`, root).href);
    const text = atob(handed.get(name));
    handed.delete(name);
    return Uint8Array.from(text, (c) => c.charCodeAt(0));
  }

  async function openFromDisk() {
    const folder = new URL("pagefind/", root).href;
    const fetchElse = self.fetch;
    self.fetch = async (address, ...rest) => {
      const path = String(address.url || address).split("?")[0];
      const at = path.lastIndexOf("pagefind/");
      return at < 0 ? fetchElse(address, ...rest) : new Response(await readFromDisk(path.slice(at + 9)));
    };
    const code = new Blob([await readFromDisk("pagefind.js")], { type: "text/javascript" });
    const pagefind = await import(URL.createObjectURL(code));
    await pagefind.options({ basePath: folder, noWorker: true });
    return pagefind;
  }

  let opening;
  function open() {
    opening ||= (async () => {
      const spellings = loadScript(new URL("search/spellings.js", root).href).catch(() => {});
      // The zip has the twins alone; it may also be unpacked onto a web server.
      const pagefind = isDisk ? await openFromDisk() : await import(new URL("pagefind/pagefind.js", root).href).catch(openFromDisk);
      await Promise.all([pagefind.init(), spellings]);
      await pagefind.filters(); // Without it no search counts them.
      return pagefind;
    })();
    return opening;
  }

  // What is asked for, and the same with the edition's own names for spellings that it knows.
  function phrasesOf(query) {
    const known = self.dosjeSpellings || {};
    const words = fold(query).split(" ").filter(Boolean);
    let phrases = [[]];
    let changed = false;
    for (let at = 0; at < words.length; ) {
      let length = Math.min(8, words.length - at);
      while (length && !Object.hasOwn(known, words.slice(at, at + length).join(" "))) length -= 1;
      const names = length ? known[words.slice(at, at + length).join(" ")] : [words[at]];
      changed ||= length > 0;
      phrases = phrases.flatMap((phrase) => names.map((name) => [...phrase, name])).slice(0, 3);
      at += length || 1;
    }
    const ours = phrases.map((phrase) => phrase.join(" "));
    return { phrases: changed ? [query, ...ours] : [query], ours: changed ? ours : [] };
  }

  // Pages with any of the phrases. A page with two of them is counted once: whoever is in both is
  // taken off again, and so on (inclusion and exclusion).
  async function ask(pagefind, phrases, chosen) {
    const filters = filtersOf(chosen);
    const results = new Map();
    const counts = {};
    for (let set = 1; set < 1 << phrases.length; set += 1) {
      const together = phrases.filter((_, index) => set & (1 << index));
      const sign = together.length % 2 ? 1 : -1;
      const found = await pagefind.search(together.join(" ") || null, { filters });
      for (const [facet, values] of Object.entries(found.filters)) {
        counts[facet] ||= {};
        for (const [value, count] of Object.entries(values)) {
          counts[facet][value] = (counts[facet][value] || 0) + sign * count;
        }
      }
      if (together.length > 1) continue;
      for (const result of found.results) {
        if (!results.has(result.id) || results.get(result.id).score < result.score) results.set(result.id, result);
      }
    }
    return { results: [...results.values()].sort((a, b) => b.score - a.score), counts };
  }

  function filtersOf(chosen) {
    const filters = {};
    for (const [facet, values] of Object.entries(chosen)) {
      if (values.length) filters[facet] = ALL_OF.has(facet) ? values : { any: values };
    }
    return filters;
  }

  // Who asks for a name wants the page of its bearer before those that have it in their titles, and often.
  const BEARERS = ["Person", "Organisation", "Place", "Archive"];
  async function findBearers(pagefind, phrases, chosen) {
    const found = new Set();
    for (const phrase of phrases) {
      const words = fold(phrase).split(" ").filter(Boolean);
      if (!words.length) continue;
      const { results } = await pagefind.search(phrase, { filters: { ...filtersOf(chosen), type: { any: BEARERS } } });
      const best = results.slice(0, 3);
      const pages = await Promise.all(best.map((result) => result.data()));
      pages.forEach((page, at) => {
        const title = fold(page.meta.title).split(" ");
        if (words.every((word) => title.includes(word))) found.add(best[at].id);
      });
    }
    return found;
  }

  // Where any value of a facet will do, the others of it keep the counts that they have without it.
  async function countFacets(pagefind, phrases, chosen, counts) {
    const all = {};
    for (const facet of Object.keys(FACETS)) {
      const isOpen = ALL_OF.has(facet) || !(chosen[facet] || []).length;
      all[facet] = isOpen ? counts[facet] || {} : (await ask(pagefind, phrases, { ...chosen, [facet]: [] })).counts[facet];
    }
    return all;
  }

  function make(tag, attributes = {}, ...inside) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...inside);
    return element;
  }

  function readAddress() {
    const asked = new URLSearchParams(location.search);
    const chosen = {};
    for (const facet of Object.keys(FACETS)) chosen[facet] = asked.getAll(facet);
    return { query: asked.get("q") || "", chosen };
  }

  function writeAddress({ query, chosen }, isNew) {
    const asked = new URLSearchParams();
    if (query) asked.set("q", query);
    for (const [facet, values] of Object.entries(chosen)) values.forEach((value) => asked.append(facet, value));
    const text = asked.toString();
    const address = `${location.pathname}${text ? `?${text}` : ""}`;
    if (isNew && address !== location.pathname + location.search) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }

  function showFacets(state, counts) {
    const open = new Set([...facetsBox.querySelectorAll("details[open]")].map((box) => box.dataset.facet));
    const focused = document.activeElement && document.activeElement.dataset.at;
    const boxes = Object.entries(FACETS).map(([facet, title]) => {
      const picked = state.chosen[facet] || [];
      const values = Object.entries(counts[facet] || {}).filter(([value, count]) => count > 0 || picked.includes(value));
      picked.filter((value) => !values.some(([other]) => other === value)).forEach((value) => values.push([value, 0]));
      if (!values.length) return "";
      const order = new Intl.Collator(document.documentElement.lang).compare;
      values.sort((a, b) => (facet === "year" ? order(a[0], b[0]) : b[1] - a[1] || order(a[0], b[0])));
      const rows = values.map(([value, count]) => {
        const box = make("input", { type: "checkbox", name: facet, value, "data-at": `${facet}:${value}` });
        box.checked = picked.includes(value);
        return make("label", {}, box, ` ${value} `, make("span", { class: "dosje-count" }, String(count)));
      });
      const isLong = facet !== "year" && rows.length > SHOWN_VALUES;
      const shown = isLong ? rows.filter((row, at) => at < SHOWN_VALUES || row.firstChild.checked) : rows;
      const rest = rows.filter((row) => !shown.includes(row));
      const inside = rest.length
        ? [...shown, make("details", { "data-facet": facet }, make("summary", {}, `${rest.length} more`), ...rest)]
        : shown;
      return make("fieldset", {}, make("legend", {}, title), ...inside);
    });
    facetsBox.replaceChildren(...boxes.filter(Boolean));
    facetsBox.querySelectorAll("details").forEach((box) => { box.open = open.has(box.dataset.facet); });
    if (focused) facetsBox.querySelector(`[data-at="${CSS.escape(focused)}"]`)?.focus();
  }

  // The sentence around the word that counts most, with all found words marked; and the heading above it.
  function sentenceOf(data) {
    // What Pagefind calls raw has "<" and ">" escaped, for pages that take it for HTML; of us it becomes text.
    const words = data.content.split(/\s+/);
    const best = [...data.weighted_locations].sort((a, b) => a.weight - b.weight || b.balanced_score - a.balanced_score);
    const headings = data.anchors.filter((anchor) => /^h[2-6]$/.test(anchor.element));
    const inText = best.find((found) => found.location > (headings[0] || { location: 0 }).location) || best[0];
    if (!inText) return { parts: [words.slice(0, 30).join(" "), " …"], anchor: null };
    const isEnd = (word) => /[\p{L}\p{N}]{3,}[”’»)]*[.?!]["”’»)]*$/u.test(word || "");
    let start = inText.location;
    let end = inText.location;
    while (start > 0 && !isEnd(words[start - 1]) && inText.location - start < LONGEST_SENTENCE / 2) start -= 1;
    while (end < words.length - 1 && !isEnd(words[end]) && end - start < LONGEST_SENTENCE) end += 1;
    const marked = new Set(data.locations);
    const parts = start > 0 && !isEnd(words[start - 1]) ? ["… "] : [];
    for (let at = start; at <= end; at += 1) {
      parts.push(marked.has(at) ? make("mark", {}, words[at]) : words[at], " ");
    }
    if (!isEnd(words[end])) parts.push("…");
    const anchor = headings.filter((one) => one.location <= inText.location).pop() || null;
    return { parts, anchor };
  }

  function addressOf(path) {
    const bare = path.replace(/^\//, "");
    return new URL(isDisk && /(^|\/)$/.test(bare) ? `${bare}index.html` : bare, root).href;
  }

  function read(results, from) {
    return Promise.all(results.slice(from, from + PAGE_SIZE).map((result) => result.data()));
  }

  function showResults(results, from, found) {
    for (const data of found) {
      const { parts, anchor } = sentenceOf(data);
      const address = addressOf(data.raw_url);
      const about = [data.meta.kind, data.meta.when].filter(Boolean).join(", ");
      const sentence = make("p", {}, ...parts);
      if (anchor) sentence.append(" ", make("a", { href: `${address}#${anchor.id}`, class: "dosje-there" }, anchor.text));
      list.append(
        make("li", {}, make("a", { href: address, class: "dosje-title" }, data.meta.title), make("small", {}, about), sentence),
      );
    }
    more.hidden = results.length <= from + PAGE_SIZE;
    more.onclick = async () => {
      const mine = turn;
      const next = await read(results, from + PAGE_SIZE);
      if (mine !== turn) return;
      showResults(results, from + PAGE_SIZE, next);
      list.children[from + PAGE_SIZE]?.querySelector("a").focus();
    };
  }

  function describe(state, number, ours) {
    const pages = number === 1 ? "1 page" : `${number} pages`;
    const asked = state.query ? ` for “${state.query}”` : "";
    const also = ours.length ? `, here also written “${ours.join("”, “")}”` : "";
    return number ? `${pages}${asked}${also}` : `Nothing found${asked}${also}. Fewer words may find more.`;
  }

  let turn = 0;
  async function search(state) {
    const mine = (turn += 1);
    const isAsked = state.query || Object.values(state.chosen).some((values) => values.length);
    if (isAsked) said.textContent = "Searching …";
    try {
      const pagefind = await open();
      const { phrases, ours } = phrasesOf(state.query);
      const { results, counts } = await ask(pagefind, phrases, state.chosen);
      const first = await findBearers(pagefind, phrases, state.chosen);
      const rank = (result) => (first.has(result.id) ? 1 : 0);
      const shown = isAsked ? results.sort((a, b) => rank(b) - rank(a)) : [];
      const allCounts = isAsked ? await countFacets(pagefind, phrases, state.chosen, counts) : await pagefind.filters();
      const found = await read(shown, 0);
      // Meanwhile the reader may have asked for something else.
      if (mine !== turn) return;
      showFacets(state, allCounts);
      list.replaceChildren();
      showResults(shown, 0, found);
      said.textContent = isAsked ? describe(state, shown.length, ours) : "";
    } catch (error) {
      said.textContent = "The search cannot be used here; the lists below lead to every page.";
      throw error;
    } finally {
      form.dataset.turn = String(turn);
    }
  }

  function stateOf() {
    const chosen = {};
    for (const facet of Object.keys(FACETS)) {
      chosen[facet] = [...facetsBox.querySelectorAll(`input[name="${facet}"]:checked`)].map((box) => box.value);
    }
    return { query: input.value.trim(), chosen };
  }

  function start() {
    const state = readAddress();
    input.value = state.query;
    return search(state);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const state = stateOf();
    writeAddress(state, true);
    search(state);
  });
  let waiting;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const state = stateOf();
      writeAddress(state, false);
      search(state);
    }, 250);
  });
  facetsBox.addEventListener("change", () => {
    const state = stateOf();
    writeAddress(state, true);
    search(state);
  });
  addEventListener("popstate", start);
  form.hidden = false;
  document.getElementById("dosje-search-without").hidden = true;
  start();
  if (!input.value) input.focus({ preventScroll: true });
})();

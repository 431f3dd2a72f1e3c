/* The search page: asks Pagefind's index, narrows by facets, and shows each result's sentence.

   Everything the reader asked for stands in the address, so that a search can be sent on or gone back to. */

(() => {
  "use strict";

  const PAGE_SIZE = 20;
  const SHOWN_VALUES = 8;
  const LONGEST_SENTENCE = 60;
  // Those of the edition's own have a name among the phrases.
  const OWN = Object.keys(self.dosjePhrases)
    .filter((key) => key.startsWith("search.facet-own-"))
    .map((key) => key.slice("search.facet-".length));
  const FACETS = ["type", "sort", "person", "place", "year", "archive", ...OWN];
  const KINDS = "meeting event person source work place organisation archive essay page".split(" ");
  // Addresses that were sent on before kinds had keys say these.
  const FORMER_KINDS = { "Archival source": "source", "Published work": "work", Chapter: "essay", About: "page" };
  // Of these a page has several: two chosen persons are both named. Of the others either will do.
  const ALL_OF = new Set(["person"]);
  const BEARERS = ["person", "organisation", "place", "archive"];

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
    const plain = text.toLowerCase().replaceAll(/[łøđðßæœıþ]/g, (letter) => PLAIN[letter]);
    const bare = plain.normalize("NFD").replaceAll(/\p{M}/gu, "");
    return (bare.match(/[\p{L}\p{N}]+/gu) || []).join(" ");
  }

  function loadScript(address) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = address;
      element.addEventListener("load", () => {
        element.remove();
        resolve();
      });
      element.addEventListener("error", () => {
        element.remove();
        reject(new Error(`${address} is not there`));
      });
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
    return Uint8Array.from(text, (byte) => byte.codePointAt(0));
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

  async function openIndex() {
    const spellings = loadScript(new URL("search/spellings.js", root).href).catch(() => {});
    // The zip has the twins alone; it may also be unpacked onto a web server.
    const pagefind = isDisk
      ? await openFromDisk()
      : await import(new URL("pagefind/pagefind.js", root).href).catch(openFromDisk);
    await Promise.all([pagefind.init(), spellings]);
    await pagefind.filters(); // Without it no search counts them.
    return pagefind;
  }

  let opening = null;
  // Which search this is; the answer to an earlier one is thrown away.
  let turn = 0;

  /** Return what is asked for, and the same with the edition's own names for spellings that it knows. */
  function phrasesOf(query) {
    const known = self.dosjeSpellings || {};
    const words = fold(query).split(" ").filter(Boolean);
    let phrases = [[]];
    let changed = false;
    for (let at = 0; at < words.length;) {
      let length = Math.min(8, words.length - at);
      while (length && !Object.hasOwn(known, words.slice(at, at + length).join(" "))) length -= 1;
      const names = length ? known[words.slice(at, at + length).join(" ")] : [words[at]];
      changed ||= length > 0;
      phrases = phrases.flatMap((phrase) => names.map((name) => phrase.concat(name))).slice(0, 3);
      at += length || 1;
    }
    const ours = phrases.map((phrase) => phrase.join(" "));
    return { phrases: changed ? [query, ...ours] : [query], ours: changed ? ours : [] };
  }

  /**
   * Return the pages with any of the phrases, and how many each value of a facet has. A page with two of the phrases is
   * counted once: whoever is in both is taken off again, and so on (inclusion and exclusion).
   */
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
    return { results: [...results.values()].sort((one, other) => other.score - one.score), counts };
  }

  function filtersOf(chosen) {
    const filters = {};
    for (const [facet, values] of Object.entries(chosen)) {
      if (values.length) filters[facet] = ALL_OF.has(facet) ? values : { any: values };
    }
    return filters;
  }

  /** Return the pages whose bearers are named: they come before those that have the name in their titles, and often. */
  async function findBearers(pagefind, phrases, chosen) {
    const found = new Set();
    for (const phrase of phrases) {
      const words = fold(phrase).split(" ").filter(Boolean);
      if (!words.length) continue;
      const { results } = await pagefind.search(phrase, { filters: { ...filtersOf(chosen), type: { any: BEARERS } } });
      const best = results.slice(0, 3);
      const pages = await Promise.all(best.map((result) => result.data()));
      for (const [at, page] of pages.entries()) {
        const title = fold(page.meta.title).split(" ");
        if (words.every((word) => title.includes(word))) found.add(best[at].id);
      }
    }
    return found;
  }

  /** Return all counts. Where any value of a facet will do, the others of it keep those that they have without it. */
  async function countFacets(pagefind, phrases, chosen, counts) {
    const all = {};
    for (const facet of FACETS) {
      const isOpen = ALL_OF.has(facet) || !(chosen[facet] || []).length;
      all[facet] = isOpen
        ? counts[facet] || {}
        : (await ask(pagefind, phrases, { ...chosen, [facet]: [] })).counts[facet];
    }
    return all;
  }

  function make(tag, attributes = {}, ...inside) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    if (inside.length === 1 && typeof inside[0] === "string") dosjeSay(element, inside[0]);
    else element.append(...inside);
    return element;
  }

  function readAddress() {
    const asked = new URLSearchParams(location.search);
    const chosen = {};
    for (const facet of FACETS) chosen[facet] = asked.getAll(facet);
    chosen.type = chosen.type.map((kind) => FORMER_KINDS[kind] || kind.toLowerCase());
    return { query: asked.get("q") || "", chosen };
  }

  function writeAddress({ query, chosen }, isNew) {
    const asked = new URLSearchParams();
    if (query) asked.set("q", query);
    for (const [facet, values] of Object.entries(chosen)) for (const value of values) asked.append(facet, value);
    const text = asked.toString();
    const address = `${location.pathname}${text ? `?${text}` : ""}`;
    if (isNew && address !== location.pathname + location.search) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }

  /** Return the values of a facet with their counts, in the order in which they are shown; chosen ones stay. */
  function valuesOf(facet, picked, counts) {
    const values = Object.entries(counts).filter(([value, count]) => count > 0 || picked.includes(value));
    const gone = picked.filter((value) => !values.some(([other]) => other === value));
    values.push(...gone.map((value) => [value, 0]));
    const { compare } = new Intl.Collator(document.documentElement.lang);
    const isByName = facet === "year";
    return values.sort(
      (one, other) => (isByName ? 0 : other[1] - one[1]) || compare(nameOf(facet, one[0]), nameOf(facet, other[0])),
    );
  }

  const nameOf = (facet, value) => (facet === "type" && KINDS.includes(value) ? dosjePhrase(`kind.${value}`) : value);

  function makeChoice(facet, value, count, isPicked) {
    const box = make("input", { type: "checkbox", name: facet, value, "data-at": `${facet}:${value}` });
    box.checked = isPicked;
    return make("label", {}, box, ` ${nameOf(facet, value)} `, make("span", { class: "dosje-count" }, String(count)));
  }

  /** Return a facet with its values, the rarer ones folded away. */
  function makeFacet(facet, picked, counts) {
    const values = valuesOf(facet, picked, counts);
    const rows = values.map(([value, count]) => makeChoice(facet, value, count, picked.includes(value)));
    const isLong = facet !== "year" && rows.length > SHOWN_VALUES;
    const shown = isLong ? rows.filter((row, at) => at < SHOWN_VALUES || row.firstChild.checked) : rows;
    const rest = rows.filter((row) => !shown.includes(row));
    if (rest.length) {
      shown.push(
        make(
          "details",
          { "data-facet": facet },
          make("summary", {}, dosjePhrase("search.more-values", { n: rest.length })),
          ...rest,
        ),
      );
    }
    return shown.length ? make("fieldset", {}, make("legend", {}, dosjePhrase(`search.facet-${facet}`)), ...shown) : "";
  }

  function showFacets(state, counts) {
    const unfolded = new Set([...facetsBox.querySelectorAll("details[open]")].map((box) => box.dataset.facet));
    const focused = document.activeElement?.dataset.at;
    const boxes = FACETS.map((facet) => makeFacet(facet, state.chosen[facet] || [], counts[facet] || {}));
    facetsBox.replaceChildren(...boxes.filter(Boolean));
    for (const box of facetsBox.querySelectorAll("details")) box.open = unfolded.has(box.dataset.facet);
    if (focused) facetsBox.querySelector(`[data-at="${CSS.escape(focused)}"]`)?.focus();
  }

  const isEnd = (word) => /[\p{L}\p{N}]{3,}[”’»)]*[.?!]["”’»)]*$/u.test(word || "");

  /** Return the first and last word of the sentence around a word. */
  function boundsOf(words, at) {
    let first = at;
    let last = at;
    while (first > 0 && !isEnd(words[first - 1]) && at - first < LONGEST_SENTENCE / 2) first -= 1;
    while (last < words.length - 1 && !isEnd(words[last]) && last - first < LONGEST_SENTENCE) last += 1;
    return [first, last];
  }

  /** Return the sentence around the word that counts most, with all found words marked; and the heading above it. */
  function sentenceOf(data) {
    // What Pagefind calls raw has "<" and ">" escaped, for pages that take it for HTML; of us it becomes text.
    const words = data.content.split(/\s+/);
    const best = [...data.weighted_locations].sort(
      (one, other) => one.weight - other.weight || other.balanced_score - one.balanced_score,
    );
    const headings = data.anchors.filter((anchor) => /^h[2-6]$/.test(anchor.element));
    const inText = best.find((found) => found.location > (headings[0]?.location ?? 0)) || best[0];
    if (!inText) return { parts: [words.slice(0, 30).join(" "), " …"], anchor: null };
    const [first, last] = boundsOf(words, inText.location);
    const marked = new Set(data.locations);
    const parts = first > 0 && !isEnd(words[first - 1]) ? ["… "] : [];
    for (let at = first; at <= last; at += 1) {
      parts.push(marked.has(at) ? make("mark", {}, words[at]) : words[at], " ");
    }
    if (!isEnd(words[last])) parts.push("…");
    return { parts, anchor: headings.findLast((one) => one.location <= inText.location) || null };
  }

  function addressOf(path) {
    const bare = path.replace(/^\//, "");
    return new URL(isDisk && /(^|\/)$/.test(bare) ? `${bare}index.html` : bare, root).href;
  }

  function read(results, from) {
    return Promise.all(results.slice(from, from + PAGE_SIZE).map((result) => result.data()));
  }

  function makeResult(data) {
    const { parts, anchor } = sentenceOf(data);
    const address = addressOf(data.raw_url);
    const about = [data.meta.kind, data.meta.when].filter(Boolean).join(", ");
    const sentence = make("p", {}, ...parts);
    if (anchor) {
      sentence.append(" ", make("a", { href: `${address}#${anchor.id}`, class: "dosje-there" }, anchor.text));
    }
    const title = make("a", { href: address, class: "dosje-title" }, data.meta.title);
    return make("li", {}, title, make("small", {}, about), sentence);
  }

  // Those of the last search, in their order, and how many of them are shown.
  let results = [];
  let shownUpTo = 0;

  function showResults(found) {
    list.append(...found.map(makeResult));
    shownUpTo += PAGE_SIZE;
    more.hidden = results.length <= shownUpTo;
  }

  more.addEventListener("click", async () => {
    const mine = turn;
    const from = shownUpTo;
    const next = await read(results, from);
    // Meanwhile the reader may have asked for something else, or twice.
    if (mine !== turn || from !== shownUpTo) return;
    showResults(next);
    list.children[from]?.querySelector("a").focus();
  });

  function describe(state, number, ours) {
    let found = number ? dosjePhrase("search.pages", { n: number }) : dosjePhrase("search.none");
    if (state.query) found = dosjePhrase("search.for", { found, query: state.query });
    const names = ours.map((name) => dosjePhrase("search.also-name", { name })).join(", ");
    if (names) found = dosjePhrase("search.also", { found, names });
    return number ? found : dosjePhrase("search.fewer", { found });
  }

  /** Return all pages that are found, the bearers of a name first, with the counts of the facets. */
  async function find(pagefind, phrases, chosen) {
    const found = await ask(pagefind, phrases, chosen);
    const first = await findBearers(pagefind, phrases, chosen);
    const rank = (result) => (first.has(result.id) ? 1 : 0);
    const counts = await countFacets(pagefind, phrases, chosen, found.counts);
    return { sorted: found.results.sort((one, other) => rank(other) - rank(one)), counts };
  }

  async function search(state) {
    turn += 1;
    const mine = turn;
    const isAsked = state.query || Object.values(state.chosen).some((values) => values.length);
    if (isAsked) dosjeSay(said, dosjePhrase("search.searching"));
    try {
      opening ||= openIndex();
      const pagefind = await opening;
      const { phrases, ours } = phrasesOf(state.query);
      const { sorted, counts } = isAsked
        ? await find(pagefind, phrases, state.chosen)
        : { sorted: [], counts: await pagefind.filters() };
      const found = await read(sorted, 0);
      // Meanwhile the reader may have asked for something else.
      if (mine !== turn) return;
      showFacets(state, counts);
      list.replaceChildren();
      results = sorted;
      shownUpTo = 0;
      showResults(found);
      dosjeSay(said, isAsked ? describe(state, sorted.length, ours) : "");
    } catch (error) {
      dosjeSay(said, dosjePhrase("search.broken"));
      throw error;
    } finally {
      form.dataset.turn = String(turn);
    }
  }

  function stateOf() {
    const chosen = {};
    for (const facet of FACETS) {
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
  let waiting = 0;
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

/* The page /lookup/: a footnote goes in, what it cites comes out. The rules are those of `dosje cite`,
   in engine.js, which a build writes; here is only what the page shows. Shards of the index are scripts,
   because a page opened from disk may load nothing else. */

(() => {
  "use strict";

  const root = document.getElementById("dosje-lookup");
  if (!root) return;
  const shards = {};
  const loading = {};
  const SHOWN = 3;

  window.dosjeShard = (name, value) => {
    shards[name] = value;
  };

  function make(tag, options, ...children) {
    const { text, ...attributes } = options || {};
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    if (text !== undefined) dosjeSay(node, text);
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  }

  function load(path) {
    loading[path] ??= new Promise((resolve, reject) => {
      const script = make("script", { src: path });
      script.addEventListener("load", resolve);
      script.addEventListener("error", () => {
        delete loading[path];
        reject(new Error(path));
      });
      document.head.append(script);
    });
    return loading[path];
  }

  const loadShard = (name) => load(`${root.dataset.index}/${name}.js`);

  // Pages end in "/", "/index.html" or ".html", as the site was built: a link of the page itself shows it.
  const sample = document.getElementById("dosje-lookup-sample");
  const link = sample?.querySelector("a");
  let ending = link ? link.getAttribute("href").split(sample.dataset.key).pop() : "/";
  if (ending === "/" && location.protocol === "file:") ending = "/index.html";

  function wayTo(url) {
    const [page, hash] = url.slice(shards.core.base.length).split("#");
    return `../${page.replace(/\/$/, "")}${ending}${hash ? `#${hash}` : ""}`;
  }

  /** Return one answer for each line, in which Ibid. looks back: ask, load what is wanted, ask again. */
  async function answer(lines) {
    await Promise.all([load(root.dataset.engine), loadShard("core")]);
    const answers = [];
    let memory = null;
    for (const line of lines) {
      let found = dosjeLookup.look_up(line, memory, shards);
      while (found.missing.length) {
        await Promise.all(found.missing.map(loadShard));
        found = dosjeLookup.look_up(line, memory, shards);
      }
      memory = found.memory;
      answers.push(found);
    }
    return answers;
  }

  // For those who want answers as data: docs/manual/api.md.
  window.dosjeAsk = answer;

  /** Return a locator as a note has it: "p. 171". */
  function locatorOf(locator) {
    if (!locator) return "";
    const { label, value } = locator;
    return dosjePhrase(`locator.${label}`, { label: root.dataset.folio, value });
  }

  const sureOf = (match) => dosjePhrase(`lookup.confidence.${match.confidence}`);

  // Worked by dosje-copy.js.
  const makeCopyButton = (text) =>
    make("button", { type: "button", class: "dosje-copy", "data-copy": text, text: dosjePhrase("copy.button") });

  const showStatement = (cited) =>
    make(
      "li",
      { class: cited.overlaps ? "dosje-cited dosje-cited--here" : "dosje-cited" },
      make("span", { class: "dosje-place", text: locatorOf(cited.locator) }),
      make(
        "span",
        {},
        `${cited.statement} `,
        make("a", {
          href: wayTo(cited.url),
          text: dosjePhrase("lookup.cited", { page: cited.page, number: cited.note }),
        }),
      ),
    );

  function showStatements(match) {
    const all = match.cited_in;
    if (!all.length) return make("p", { class: "dosje-quiet", text: dosjePhrase("lookup.nothing-rests") });
    const here = all.filter((cited) => cited.overlaps).length;
    const heading = here
      ? dosjePhrase("lookup.rests-here", { here, all: all.length })
      : dosjePhrase("lookup.rests", { all: all.length });
    const shown = Math.max(SHOWN, Math.min(here, 8));
    const list = make("ul", { class: "dosje-statements" }, ...all.slice(0, shown).map(showStatement));
    const box = make("div", {}, make("h4", { text: heading }), list);
    if (all.length > shown) {
      const more = make("button", {
        type: "button",
        class: "dosje-more",
        text: dosjePhrase("lookup.show-more", { n: all.length - shown }),
      });
      more.addEventListener("click", () => {
        const rest = all.slice(shown).map(showStatement);
        list.append(...rest);
        more.remove();
        rest[0].querySelector("a").focus();
      });
      box.append(more);
    }
    return box;
  }

  function showNeighbours(match) {
    const pairs = [
      [dosjePhrase("lookup.before"), match.before],
      [dosjePhrase("lookup.after"), match.after],
    ].filter((pair) => pair[1]);
    if (!pairs.length) return null;
    return make(
      "p",
      { class: "dosje-neighbours" },
      ...pairs.flatMap(([before, other], index) => [
        index ? " · " : "",
        before,
        make("a", { href: wayTo(other.url), text: other.title }),
      ]),
    );
  }

  const NAMES = { "bibtex.bib": "BibTeX", ris: "RIS", "csl.json": "CSL-JSON" };
  function showExports(match) {
    const names = shards.core.page_names;
    const name = Object.hasOwn(names, match.key) ? names[match.key] : match.key;
    const folder = `../${shards.core.source_page.replace("KEY", name).replace(/\/$/, "")}`;
    const links = shards.core.entries.map((kind) => [`${folder}.${kind}`, NAMES[kind] || kind]);
    links.push([`${folder}/index.json`, dosjePhrase("lookup.as-json")]);
    return make(
      "p",
      { class: "dosje-exports" },
      dosjePhrase("lookup.take"),
      ...links.flatMap(([href, text], index) => [index ? " · " : "", make("a", { href, download: "", text })]),
    );
  }

  function showMatch(match) {
    const words = match.words || match.title;
    return make(
      "li",
      { class: `dosje-match dosje-match--${match.confidence}` },
      make(
        "h3",
        {},
        make("span", { class: "dosje-sure", text: sureOf(match) }),
        " ",
        make("a", { href: wayTo(match.url), text: match.title }),
      ),
      make("p", { class: "dosje-why", text: dosjePhrase("lookup.why", { why: match.why }) }),
      make(
        "p",
        { class: "dosje-reference" },
        `${words.replace(/\.$/, "")}. `,
        makeCopyButton(`${words.replace(/\.$/, "")}.`),
      ),
      showStatements(match),
      showNeighbours(match),
      showExports(match),
    );
  }

  const showNothing = (citation) =>
    make(
      "div",
      { class: "dosje-nothing" },
      make("p", { text: dosjePhrase("lookup.nothing") }),
      citation.looked_for
        ? make("p", { class: "dosje-quiet", text: dosjePhrase("lookup.looked-for", { what: citation.looked_for }) })
        : null,
      citation.near.length
        ? make(
            "p",
            {},
            dosjePhrase("lookup.nearest"),
            ...citation.near.flatMap((near, index) => [
              index ? "; " : "",
              make("a", { href: wayTo(near.url), text: near.title }),
              " ",
              dosjePhrase("lookup.near-why", { why: near.why }),
            ]),
          )
        : null,
    );

  const showCitation = (citation) =>
    make(
      "section",
      { class: "dosje-asked" },
      make(
        "h2",
        { class: "dosje-asked__text" },
        dosjePhrase("lookup.quoted", { text: citation.text }),
        citation.locator ? make("span", { class: "dosje-locator", text: locatorOf(citation.locator) }) : null,
      ),
      citation.matches.length
        ? make("ol", { class: "dosje-matches" }, ...citation.matches.map(showMatch))
        : showNothing(citation),
    );

  function summarise(citations) {
    if (!citations.length) return dosjePhrase("lookup.none-read");
    return citations
      .map((citation) => {
        const [first, ...others] = citation.matches;
        if (!first) return dosjePhrase("lookup.none-found", { text: citation.text });
        const found = { confidence: sureOf(first), title: first.title, n: others.length };
        return others.length ? dosjePhrase("lookup.found-more", found) : dosjePhrase("lookup.found", found);
      })
      .join(" ");
  }

  const area = make("textarea", {
    id: "dosje-query",
    rows: "3",
    spellcheck: "false",
    autocomplete: "off",
    "aria-describedby": "dosje-hint",
    // The first of the page's own examples, which are of this edition.
    placeholder: document.querySelector(".dosje-query")?.textContent || "",
  });
  const clear = make("button", { type: "button", class: "dosje-clear", text: dosjePhrase("lookup.clear") });
  const status = make("p", { class: "dosje-status", role: "status", "aria-live": "polite" });
  const results = make("div", { class: "dosje-results" });

  function say(text) {
    dosjeSay(status, text);
  }

  let turn = 0;
  let timer = 0;
  async function run() {
    const text = area.value;
    turn += 1;
    const mine = turn;
    const lines = text.split("\n").filter((line) => line.trim());
    const address = text.trim() ? `#q=${encodeURIComponent(text.trim())}` : location.pathname.split("/").pop() || "./";
    try {
      history.replaceState(null, "", address);
    } catch {
      // Some browsers keep the address of a file.
    }
    clear.hidden = !text;
    if (!lines.length) {
      results.replaceChildren();
      say("");
      return;
    }
    try {
      const answers = await answer(lines);
      if (mine !== turn) return;
      const citations = answers.flatMap((found) => found.citations);
      results.replaceChildren(...citations.map(showCitation));
      say(summarise(citations));
    } catch (error) {
      if (mine !== turn) return;
      results.replaceChildren();
      say(dosjePhrase("lookup.broken", { error: error.message }));
    }
  }

  function ask() {
    clearTimeout(timer);
    timer = setTimeout(run, 120);
  }

  area.addEventListener("input", ask);
  area.addEventListener("keydown", (event) => {
    // Enter asks at once; a line more, for a note more, is Shift and Enter.
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      clearTimeout(timer);
      run();
    }
    if (event.key === "Escape" && area.value) {
      area.value = "";
      run();
    }
    // Material has keys of its own for moving between pages.
    event.stopPropagation();
  });
  clear.addEventListener("click", () => {
    area.value = "";
    run();
    area.focus();
  });

  /** Return the text that an address holds. A "%" that somebody typed into it by hand stands for itself. */
  function decode(text) {
    return text.replaceAll(/%[0-7][\da-f]|(?:%[89a-f][\da-f])+/gi, (signs) => {
      try {
        return decodeURIComponent(signs);
      } catch {
        return signs;
      }
    });
  }

  function fromAddress() {
    // A "+" of the fragment is a plus; that of ?note= is a space.
    const fragment = location.hash.startsWith("#q=") ? decode(location.hash.slice(3)) : null;
    // Not ?q=, with which Material's own search would open.
    const query = fragment ?? new URLSearchParams(location.search).get("note");
    if (query !== null && query !== area.value) {
      area.value = query;
      run();
    }
  }
  addEventListener("hashchange", fromAddress);
  results.addEventListener("dosje-copied", () => say(dosjePhrase("lookup.copied")));

  root.append(
    make("label", { for: "dosje-query", text: dosjePhrase("lookup.footnote") }),
    area,
    make("p", {
      id: "dosje-hint",
      class: "dosje-quiet",
      text: dosjePhrase("lookup.hint"),
    }),
    clear,
    status,
    results,
  );
  clear.hidden = true;
  root.hidden = false;
  document.getElementById("dosje-lookup-without")?.remove();
  for (const code of document.querySelectorAll("code.dosje-query")) {
    const button = make("button", {
      type: "button",
      class: "dosje-example",
      title: dosjePhrase("lookup.try"),
      text: code.textContent,
    });
    button.addEventListener("click", () => {
      area.value = code.textContent;
      area.focus();
      run();
      root.scrollIntoView({ block: "start" });
    });
    code.replaceWith(button);
  }
  fromAddress();
  // What every query needs comes while the reader types.
  Promise.all([load(root.dataset.engine), loadShard("core")]).catch(() => {});
})();

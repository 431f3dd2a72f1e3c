// Reads pages and files of an edition as outside programs do, for tests: Zotero's translation server, citation-js.
// From standard input: {"pages": {URL: HTML}, "files": {NAME: TEXT}}. To standard output, as JSON: of each page what
// Zotero saves from it, and of each file what Zotero and citation-js read in it. Asks nothing of the network.

"use strict";

const fs = require("fs");

// Zotero tells on standard output what it does.
console.log = () => {};

const { JSDOM } = require("jsdom");
const wgxpath = require("wicked-good-xpath");
require("zotero-translators");
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
require("@citation-js/plugin-ris");

const { Zotero } = global;

/** Returns items as Zotero keeps them, without what only says when and whence they were saved. */
function kept(items) {
  return items.map((item) => {
    const [shown, ...notes] = Zotero.Utilities.itemToAPIJSON(item);
    const texts = notes.filter((one) => one.itemType === "note").map((one) => one.note);
    const left = new Set(["accessDate", "collections", "key", "libraryCatalog", "relations", "tags", "version"]);
    const fields = Object.entries(shown).filter(([name, value]) => value !== "" && !left.has(name));
    return { ...Object.fromEntries(fields), ...(texts.length ? { notes: texts } : {}) };
  });
}

/** Returns what Zotero's button saves from a page: {"by": its translator, "items"}; of several it takes all. */
async function readPage(html, url) {
  const { window } = new JSDOM(html, { url });
  wgxpath.install(window, true);
  const translate = new Zotero.Translate.Web();
  translate.setDocument(window.document);
  translate.setHandler("select", (_, items, done) => done(items));
  const [first] = await translate.getTranslators(true);
  translate.setTranslator(first);
  return { by: first.label, items: kept(await translate.translate({ libraryID: false })) };
}

// This version does not know the types of CSL 1.0.2, "document" and "collection", and would refuse the file.
const CSL_JSON = "bc03b4fe-436d-4a1f-ba59-de4d2d7a63f7";

/** Returns what Zotero imports from a file. */
async function readFile(text) {
  const translate = new Zotero.Translate.Import();
  translate.setString(text);
  const [first] = text.startsWith("[") ? [Zotero.Translators.get(CSL_JSON)] : await translate.getTranslators();
  translate.setTranslator(first);
  return { by: first.label, items: kept(await translate.translate({ libraryID: false })) };
}

async function main() {
  const asked = JSON.parse(fs.readFileSync(0, "utf8"));
  const found = { pages: {}, zotero: {}, "citation-js": {} };
  for (const [url, html] of Object.entries(asked.pages)) found.pages[url] = await readPage(html, url);
  for (const [name, text] of Object.entries(asked.files)) {
    found.zotero[name] = await readFile(text);
    found["citation-js"][name] = new Cite(text, { generateGraph: false }).data;
  }
  process.stdout.write(JSON.stringify(found));
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});

/* Lists that can be sorted, filtered and taken along as CSV. Without this script they are plain tables. */

(() => {
  "use strict";

  /** Return what a cell shows. A number has the head of its column with it, for narrow screens. */
  function textOf(cell) {
    const parts = [...cell.childNodes].filter((node) => node.className !== "dosje-head");
    return parts
      .map((node) => node.innerText ?? node.textContent)
      .join("")
      .trim();
  }

  const orderOf = (cell) => cell.querySelector("[data-order]")?.dataset.order || textOf(cell);
  // What a spreadsheet would take for a formula; the same as defuse() in scripts/dosje/web/tables.py.
  const defuse = (text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
  const quote = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const fold = (text) => text.toLowerCase().normalize("NFD").replaceAll(/\p{M}/gu, "");

  function make(tag, attributes = {}, ...inside) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...inside);
    return element;
  }

  /** Sort rows, which are in the order of the page, by a column; by the same one again, the other way round. */
  function sort(rows, heads, at, compare) {
    const isDown = heads[at].getAttribute("aria-sort") === "ascending";
    for (const head of heads) head.removeAttribute("aria-sort");
    heads[at].setAttribute("aria-sort", isDown ? "descending" : "ascending");
    const sign = isDown ? -1 : 1;
    const sorted = rows.map((row) => ({ row, order: orderOf(row.cells[at]) }));
    // What is empty stands last in either direction.
    sorted.sort((one, other) => !one.order - !other.order || sign * compare(one.order, other.order));
    rows[0]?.parentNode.append(...sorted.map(({ row }) => row));
  }

  function makeSortable(table, compare) {
    const rows = [...table.tBodies[0].rows];
    const heads = [...table.tHead.rows[0].cells];
    for (const [at, head] of heads.entries()) {
      const control = make("button", { type: "button" }, ...head.childNodes);
      control.addEventListener("click", () => sort(rows, heads, at, compare));
      head.replaceChildren(control);
    }
  }

  function makeFilter(table, input, status) {
    const rows = [...table.tBodies[0].rows];
    const texts = new Map(rows.map((row) => [row, fold([...row.cells].map(textOf).join(" "))]));

    function tell() {
      const shown = rows.filter((row) => !row.hidden).length;
      dosjeSay(status, dosjePhrase("lists.shown", { shown, all: rows.length }));
    }

    input.addEventListener("input", () => {
      const words = fold(input.value).split(/\s+/).filter(Boolean);
      for (const [row, text] of texts) row.hidden = !words.every((word) => text.includes(word));
      tell();
    });
    tell();
  }

  /** Hand the rows that are shown to the reader as a file. */
  function download(table, name) {
    const lines = [...table.tHead.rows, ...table.tBodies[0].rows].filter((row) => !row.hidden);
    const text = lines.map((row) => [...row.cells].map((cell) => quote(defuse(textOf(cell)))).join(",")).join("\r\n");
    // With a byte order mark, by which spreadsheets know UTF-8.
    const file = new Blob(["\ufeff", text, "\r\n"], { type: "text/csv;charset=utf-8" });
    const link = make("a", { href: URL.createObjectURL(file), download: `${name}.csv` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  for (const box of document.querySelectorAll(".dosje-sortable")) {
    const table = box.querySelector("table");
    if (!table) continue;
    const form = box.previousElementSibling;
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.querySelector("button").addEventListener("click", () => download(table, box.dataset.name));
    makeFilter(table, form.querySelector("input"), form.querySelector("[role=status]"));
    makeSortable(table, new Intl.Collator(box.dataset.locale, { numeric: true }).compare);
  }
})();

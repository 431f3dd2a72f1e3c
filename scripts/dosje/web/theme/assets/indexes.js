// Lists that can be sorted, filtered and taken along as CSV. Without this script they are plain tables.
(() => {
  "use strict";

  // A number has the head of its column with it, for narrow screens.
  const textOf = (cell) => [...cell.childNodes]
    .map((node) => (node.className === "dosje-head" ? "" : node.innerText ?? node.textContent)).join("").trim();
  const orderOf = (cell) => cell.querySelector("[data-order]")?.dataset.order || textOf(cell);
  // What a spreadsheet would take for a formula; the same as defuse() in scripts/dosje/web/tables.py.
  const defuse = (text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
  const quote = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

  function make(tag, attributes = {}, ...inside) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...inside);
    return element;
  }

  for (const box of document.querySelectorAll(".dosje-sortable")) {
    const table = box.querySelector("table");
    if (!table) continue;
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    const rows = [...body.rows].map((row) => ({ row, folded: fold([...row.cells].map(textOf).join(" ")) }));
    const compare = new Intl.Collator(box.dataset.locale, { numeric: true }).compare;

    const form = box.previousElementSibling;
    const [input, button, status] = ["input", "button", "[role=status]"].map((one) => form.querySelector(one));
    form.hidden = false;

    const tell = () => {
      const shown = rows.filter(({ row }) => !row.hidden).length;
      status.textContent = `${shown} of ${rows.length}`;
    };

    const filter = () => {
      const words = fold(input.value).split(/\s+/).filter(Boolean);
      for (const { row, folded } of rows) row.hidden = !words.every((word) => folded.includes(word));
      tell();
    };

    const sort = (at) => {
      const isDown = heads[at].getAttribute("aria-sort") === "ascending";
      heads.forEach((head) => head.removeAttribute("aria-sort"));
      heads[at].setAttribute("aria-sort", isDown ? "descending" : "ascending");
      const sign = isDown ? -1 : 1;
      // What is empty stands last in either direction.
      const sorted = [...rows].sort((a, b) => {
        const [one, other] = [orderOf(a.row.cells[at]), orderOf(b.row.cells[at])];
        return !one - !other || sign * compare(one, other);
      });
      body.append(...sorted.map(({ row }) => row));
    };

    heads.forEach((head, at) => {
      const control = make("button", { type: "button" }, ...head.childNodes);
      control.addEventListener("click", () => sort(at));
      head.replaceChildren(control);
    });

    button.addEventListener("click", () => {
      const lines = [...table.tHead.rows, ...body.rows].filter((row) => !row.hidden);
      const text = lines.map((row) => [...row.cells].map((cell) => quote(defuse(textOf(cell)))).join(",")).join("\r\n");
      // With a byte order mark, by which spreadsheets know UTF-8.
      const file = new Blob(["\ufeff", text, "\r\n"], { type: "text/csv;charset=utf-8" });
      const link = make("a", { href: URL.createObjectURL(file), download: `${box.dataset.name}.csv` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    input.addEventListener("input", filter);
    tell();
  }
})();

"""What a page of ours never does, watched in a browser."""

from __future__ import annotations

from playwright.sync_api import ConsoleMessage, Dialog, Page, Request

# What may not be in a page after its scripts have run.
FOREIGN = """() => {
  const found = []
  for (const one of document.querySelectorAll("*")) {
    for (const {name, value} of one.attributes) {
      if (name.startsWith("on")) found.push(`${one.localName} ${name}`)
      const leads = /^(href|src|action|formaction|xlink:href|data)$/.test(name)
      if (leads && /^\\s*(javascript|vbscript|data:text)/i.test(value))
        found.push(`${one.localName} ${name}=${value}`)
      if (name == "srcdoc") found.push(one.localName)
    }
    if (/^(iframe|object|embed|plaintext|frame|base|applet|math)$/.test(one.localName)) found.push(one.localName)
  }
  return [found, [...new Set([...document.querySelectorAll("*")].map(one => one.localName))]]
}"""


def watch(page: Page) -> list[str]:
    """Return a list to which all is added that a page of ours never does: dialogs, errors, requests to other hosts."""
    seen: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            seen.append(f"{page.url}: {message.text}")

    def ask(request: Request) -> None:
        if ".invalid/" in request.url.split("?")[0]:
            seen.append(request.url)

    def answer(dialog: Dialog) -> None:
        seen.append(f"{page.url}: dialog {dialog.message}")
        dialog.dismiss()

    page.on("dialog", answer)
    page.on("console", hear)
    page.on("pageerror", lambda error: seen.append(f"{page.url}: {error}"))
    page.on("request", ask)
    return seen

// Opened from disk, a page may start no worker: run its script in a hidden frame instead, which may.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(url) {
      super()
      this.onmessage = null
      this.frame = document.createElement("iframe")
      this.frame.hidden = true
      this.frame.title = "Search"
      document.documentElement.append(this.frame)
      const inner = this.frame.contentWindow
      const answer = data => {
        const event = new MessageEvent("message", { data })
        this.dispatchEvent(event)
        if (this.onmessage) this.onmessage(event)
      }
      inner.postMessage = answer
      inner.importScripts = (...urls) => urls.reduce((before, next) => before.then(() => load(inner, next)), Promise.resolve())
      this.ready = load(inner, url)
    }
    postMessage(data) {
      this.ready.then(() => {
        const inner = this.frame.contentWindow
        const event = new inner.MessageEvent("message", { data })
        inner.dispatchEvent(event)
      })
    }
    terminate() { this.frame.remove() }
  }
  const load = (inner, url) => new Promise((done, fail) => {
    const script = inner.document.createElement("script")
    script.src = new URL(url, location.href)
    script.onload = () => done()
    script.onerror = () => fail(new Error("cannot load " + url))
    inner.document.documentElement.append(script)
  })
}

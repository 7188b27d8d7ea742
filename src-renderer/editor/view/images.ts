// Loads face images before they are needed, so that no frame shows a node without its dots.
// Only the view uses it; it needs a page.

export class Images {
  readonly #images = new Map<string, HTMLImageElement>()
  readonly #ready = new Set<string>()

  /** The image when it can be painted now. */
  get(url: string): HTMLImageElement | undefined {
    return this.#ready.has(url) ? this.#images.get(url) : undefined
  }

  /** Whether all can be painted now; otherwise calls `then` once they can. */
  request(urls: Iterable<string>, then: () => void): boolean {
    const missing = [...urls].filter((url) => !this.#ready.has(url))
    if (missing.length === 0) return true
    void Promise.all(missing.map((url) => this.#load(url))).then(then)
    return false
  }

  async #load(url: string): Promise<void> {
    const image = this.#images.get(url) ?? new Image()
    this.#images.set(url, image)
    if (image.src === '') image.src = url
    // A face that cannot be decoded must not hold the drawing back: the node then shows outline and label only.
    await image.decode().catch(() => undefined)
    this.#ready.add(url)
  }
}

// Draws frames onto a canvas that nobody sees, each from its own SVG and nothing else: the pixels of a frame do not
// depend on what was drawn before. Knows no film and no codec.

/** Rows that are read at once. */
const STRIP = 120

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

export class Easel {
  readonly canvas: OffscreenCanvas
  readonly #context: OffscreenCanvasRenderingContext2D
  readonly #image = new Image()

  constructor(width: number, height: number) {
    this.canvas = new OffscreenCanvas(width, height)
    // In memory and not on a graphics card: read again for each frame, and the same on every card.
    const context = this.canvas.getContext('2d', { alpha: false, willReadFrequently: true })
    if (context === null) throw new Error('This browser draws no pictures of this size.')
    this.#context = context
  }

  async draw(svg: string): Promise<void> {
    // A `data:` address: pictures from a `blob:` address are not trusted by every browser.
    // Loaded and not `decode()`d, which waits for a frame on the screen and so for a window that can be seen.
    const image = this.#image
    const loaded = new Promise<void>((done, fail) => {
      image.onload = () => done()
      image.onerror = () => fail(new Error('A picture of the video could not be drawn.'))
    })
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
    await loaded
    this.#context.drawImage(image, 0, 0, this.canvas.width, this.canvas.height)
  }

  /** SHA-256 over the SHA-256 of strips of pixels, red green blue alpha, row by row: a large picture is never copied whole. */
  async hash(): Promise<Uint8Array> {
    const { width, height } = this.canvas
    const digests: Uint8Array[] = []
    for (let y = 0; y < height; y += STRIP) {
      const { data } = this.#context.getImageData(0, y, width, Math.min(STRIP, height - y))
      digests.push(new Uint8Array(await crypto.subtle.digest('SHA-256', data)))
    }
    return new Uint8Array(await crypto.subtle.digest('SHA-256', joined(digests)))
  }

  png(): Promise<Blob> {
    return this.canvas.convertToBlob({ type: 'image/png' })
  }
}

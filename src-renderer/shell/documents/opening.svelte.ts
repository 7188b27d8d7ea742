// What is being opened just now, for one quiet line: at once for a large file, for any other when it takes longer than a
// glance. Knows no file; it waits for what it is given.
import { texts } from '../../ui/texts/index.ts'

/** Below this nobody needs to know, in milliseconds. */
const GLANCE = 300
const MEGABYTE = 1024 * 1024

export class Opening {
  /** the line to show; null while nothing is opened, or not long enough to say so */
  sentence: string | null = $state(null)
  #expected: number | null = null
  #running = 0

  /** The size of the file that is opened next, where it is known. */
  expect(bytes: number): void {
    this.#expected = bytes
  }

  /** Waits for the work of opening; its failure is the caller's. */
  async during(name: string, work: () => Promise<void>): Promise<void> {
    const bytes = this.#expected
    this.#expected = null
    const large = bytes !== null && bytes >= MEGABYTE
    const show = (): void => {
      this.sentence = texts.machine.opening(name, large ? Math.round(bytes / MEGABYTE) : null)
    }
    this.#running += 1
    if (large) show()
    const timer = setTimeout(show, GLANCE)
    try {
      await work()
    } finally {
      clearTimeout(timer)
      this.#running -= 1
      if (this.#running === 0) this.sentence = null
    }
  }
}

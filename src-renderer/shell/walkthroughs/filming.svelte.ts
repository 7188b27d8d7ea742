// The video that is exported now, and those that a crash has left unfinished. One at a time: encoding takes all cores.
import type { Unfinished } from '@contract/stream.ts'
import { serialiseDocument } from '@contract/document-text.ts'
import type { DocumentEnvelope } from '@contract/document.ts'
import { FilmJournal, type FilmOrder } from '@contract/film-order.ts'
import { InterlockError } from '@contract/errors.ts'
import { Walkthrough } from '@contract/walkthrough.ts'
import { labPages } from '../../labs/index.ts'
import { texts } from '../../ui/texts/index.ts'
import { type FilmResult, makeFilm } from '../../walkthrough/film/make-film.ts'
import type { OpenDocument } from '../documents/open-document.svelte.ts'
import type { Workbench } from '../workbench.svelte.ts'

const words = texts.film

export interface FilmJob {
  name: string
  phase: 'painting' | 'encoding'
  /** 0 to 1 */
  done: number
  /** seconds, or null while nothing can be said */
  left: number | null
}

export class Filming {
  job: FilmJob | null = $state.raw(null)
  result: FilmResult | null = $state.raw(null)
  /** why the last one failed */
  problem: string | null = $state(null)
  unfinished: readonly Unfinished[] = $state.raw([])
  readonly #bench: Workbench
  #stop: AbortController | null = null

  constructor(bench: Workbench) {
    this.#bench = bench
  }

  async load(): Promise<void> {
    this.unfinished = await this.#bench.connection.call('streams.unfinished', {})
  }

  /** Asks what to do with unfinished videos, if there are any. */
  offer(): void {
    if (this.unfinished.length > 0) this.#bench.dialog = { kind: 'unfinished-films' }
  }

  /** @throws InterlockError `already-exists` unless the order says to overwrite */
  async export(doc: OpenDocument, order: FilmOrder): Promise<void> {
    const walkthrough = this.#bench.walkthroughs.of(doc)
    if (walkthrough === null || this.job !== null) return
    const document = doc.document()
    const about: FilmJournal = { version: 1, order, document: serialiseDocument(document) }
    await this.#make(order.path, { ...document, walkthrough }, order, async () => {
      const { path, overwrite } = order
      const { stream } = await this.#bench.connection.call('streams.begin', {
        path,
        overwrite,
        about: JSON.stringify(about),
      })
      return { stream, earlier: 0 }
    })
  }

  /** Goes on with a film that a crash has left, from its last picture that stands alone. */
  async resume(item: Unfinished): Promise<void> {
    if (this.job !== null) return
    const { connection } = this.#bench
    const resumed = await connection.call('streams.resume', { id: item.id })
    const journal = FilmJournal.safeParse(parsed(resumed.about))
    if (!journal.success) {
      await connection.call('streams.abort', { stream: resumed.stream })
      throw new InterlockError('not-found', words.lostJournal(item.name))
    }
    const { document } = await connection.call('files.parse', { name: '', text: journal.data.document })
    const walkthrough = Walkthrough.parse(document.walkthrough)
    const { order } = journal.data
    const rest = this.unfinished.filter((other) => other !== item)
    await this.#make(order.path, { ...document, walkthrough }, order, () =>
      Promise.resolve({ stream: resumed.stream, earlier: resumed.size }),
    ).finally(() => (this.unfinished = rest))
  }

  async discard(item: Unfinished): Promise<void> {
    await this.#bench.connection.call('streams.discard', { id: item.id })
    this.unfinished = this.unfinished.filter((other) => other !== item)
    this.#bench.notices.done(words.discarded(item.name))
  }

  cancel(): void {
    this.#stop?.abort()
  }

  async #make(
    path: string,
    document: DocumentEnvelope & { walkthrough: Walkthrough },
    order: FilmOrder,
    begin: () => Promise<{ stream: string; earlier: number }>,
  ): Promise<void> {
    const lab = await labPages.find(({ id }) => id === document.lab)?.load()
    if (lab === undefined) throw new InterlockError('unknown-lab', texts.frame.notices.unknownLab(document.lab))
    const stop = new AbortController()
    const name = path.split('/').at(-1) ?? path
    this.#stop = stop
    this.result = null
    this.problem = null
    this.job = { name, phase: 'painting', done: 0, left: null }
    const pace = createPace()
    try {
      const made = await makeFilm({
        host: this.#bench.connection,
        lab: lab.model,
        document,
        order,
        begin,
        signal: stop.signal,
        tell: (phase, done) => {
          if (this.job === null) return
          this.job = { name, phase, done, left: phase === 'encoding' ? pace(done) : null }
        },
      })
      this.result = made
      const { dialog, notices } = this.#bench
      if (dialog?.kind !== 'film' && dialog?.kind !== 'unfinished-films') notices.done(words.made(made.name))
    } catch (error) {
      if (error instanceof InterlockError && error.code === 'already-exists') throw error
      this.problem = error instanceof Error ? error.message : String(error)
      if (stop.signal.aborted) this.#bench.notices.done(words.cancelled)
      else this.#bench.notices.problem(words.failed(name, this.problem))
    } finally {
      this.job = null
      this.#stop = null
    }
  }
}

/** Tells from how quickly it went so far how many seconds are left; nothing in the first second. */
function createPace(): (done: number) => number | null {
  let begun: { at: number; done: number } | null = null
  return (done) => {
    const now = performance.now()
    begun ??= { at: now, done }
    const passed = (now - begun.at) / 1_000
    return passed < 1 || done <= begun.done ? null : (passed / (done - begun.done)) * (1 - done)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

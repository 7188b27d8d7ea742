// Unsaved work that an earlier window left behind: offered at the start, opened or thrown away one by one.
import type { Recovery } from '@contract/api.ts'
import { texts } from '../../ui/texts/index.ts'
import type { Workbench } from '../workbench.svelte.ts'

const words = texts.frame.recovery

/** No document text equals this one: recovered work counts as unsaved until it is saved. */
const NEVER_SAVED = ''

export class RecoveredWork {
  list: readonly Recovery[] = $state.raw([])
  readonly #bench: Workbench

  constructor(bench: Workbench) {
    this.#bench = bench
  }

  async load(): Promise<void> {
    this.list = await this.#bench.connection.call('recovery.list', {})
  }

  async open(item: Recovery): Promise<void> {
    const { connection, notices } = this.#bench
    const opened = await connection.call('recovery.open', { id: item.id })
    const doc = await this.#bench.show({ ...opened, remarks: [] }, { savedText: NEVER_SAVED })
    if (doc === null) return
    this.#drop(item)
    notices.done(words.recovered(doc.label))
    await doc.autosave.flush()
    // The work is kept under this drawing's own name now. Where it still lies in the old place, that copy would be
    // offered again at the next start; where the place is the same, the host refuses, and all is well.
    if (doc.autosave.kept) await connection.call('recovery.discard', { id: item.id }).catch(() => undefined)
  }

  async discard(item: Recovery): Promise<void> {
    await this.#bench.connection.call('recovery.discard', { id: item.id })
    this.#drop(item)
    this.#bench.notices.done(words.discarded(item.title))
  }

  #drop(item: Recovery): void {
    this.list = this.list.filter((other) => other !== item)
  }
}

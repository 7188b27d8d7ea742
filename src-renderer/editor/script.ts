// The script that a document carries along, and the texts it was typed as. It is kept among the fields that the editor
// only passes on; a change of it is one entry of history like any other. Knows no run.
import { Script } from '@contract/document.ts'
import type { Drawing } from './drawing.ts'
import type { Edits } from './edits.ts'

/** A script with the texts of its ways as they were typed, its own first; null where the events say it all. */
export interface StoredScript {
  script: Script
  texts: readonly (string | null)[]
}

/** Names under which a document's `sources` hold the texts: `script`, `script.1`, … */
const SOURCE = 'script'
const sourceOf = (way: number): string => (way === 0 ? SOURCE : `${SOURCE}.${way}`)
const isOurs = (name: string): boolean => name === SOURCE || name.startsWith(`${SOURCE}.`)

export class ScriptEdits {
  readonly #drawing: Drawing
  readonly #edits: Edits
  #read: { rest: unknown; script: StoredScript | null } | null = null

  constructor(drawing: Drawing, edits: Edits) {
    this.#drawing = drawing
    this.#edits = edits
  }

  /** The same object until it changes. */
  get(): StoredScript | null {
    const rest = this.#rest()
    if (this.#read?.rest === rest) return this.#read.script
    const script = Script.safeParse(rest['script'])
    const sources = (rest['sources'] ?? {}) as Record<string, string>
    const count = 1 + (script.data?.branches?.length ?? 0)
    const texts = Array.from({ length: count }, (_, way) => sources[sourceOf(way)] ?? null)
    this.#read = { rest, script: script.success ? { script: script.data, texts } : null }
    return this.#read.script
  }

  /** @param label of the entry in history */
  put({ script, texts }: StoredScript, label: string): void {
    const rest = this.#rest()
    const { sources: before, ...others } = rest
    const kept = Object.entries((before ?? {}) as Record<string, string>).filter(([name]) => !isOurs(name))
    const own = texts.flatMap((text, way): [string, string][] => (text === null ? [] : [[sourceOf(way), text]]))
    const sources = Object.fromEntries([...kept, ...own])
    const after = { ...others, script, ...(Object.keys(sources).length === 0 ? {} : { sources }) }
    this.#edits.entry(label, (change) =>
      change((draft) => {
        const envelope = draft.get('meta', 'envelope')
        if (envelope !== undefined) draft.put('meta', { ...envelope, rest: after })
      }),
    )
  }

  #rest(): Record<string, unknown> {
    return (this.#drawing.store.get('meta', 'envelope')?.['rest'] ?? {}) as Record<string, unknown>
  }
}

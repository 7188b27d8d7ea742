// Which records are selected. Not part of the document: a change of selection makes no entry in history.

export class Selection {
  #ids: ReadonlySet<string> = new Set()
  readonly #changed: () => void

  constructor(changed: () => void) {
    this.#changed = changed
  }

  get ids(): ReadonlySet<string> {
    return this.#ids
  }

  list(): readonly string[] {
    return [...this.#ids]
  }

  set(ids: Iterable<string>, mode: 'replace' | 'add' | 'toggle' = 'replace'): void {
    const next = new Set(mode === 'replace' ? [] : this.#ids)
    for (const id of ids) {
      if (mode === 'toggle' && next.has(id)) next.delete(id)
      else next.add(id)
    }
    const same = next.size === this.#ids.size && [...next].every((id) => this.#ids.has(id))
    if (same) return
    this.#ids = next
    this.#changed()
  }

  /** Forgets what no longer exists. */
  keep(exists: (id: string) => boolean): void {
    this.set([...this.#ids].filter(exists))
  }
}

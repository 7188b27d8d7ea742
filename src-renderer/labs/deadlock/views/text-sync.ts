// Keeps the text of a drawing and its records the same, whichever of them is edited. Knows neither page nor view.
// A text that a person wrote is kept in the document beside the records, so that undo goes back through both.
import type { GraphModel } from '@contract/document.ts'
import type { DeadlockModel } from '@labs/deadlock/model/schema.ts'
import { textFormat } from '@labs/deadlock/model/text/format.ts'
import { linksOf, mentionsOf } from '@labs/deadlock/model/text/links.ts'
import { type ParsedText, parseText } from '@labs/deadlock/model/text/parse.ts'
import { printText } from '@labs/deadlock/model/text/print.ts'
import { keyOf } from '@labs/deadlock/model/text/statement.ts'
import { updateText } from '@labs/deadlock/model/text/update.ts'
import type { Editor } from '../../../editor/editor.ts'
import { matchNodes } from '../../../editor/match.ts'
import { texts } from '../../../ui/texts/index.ts'

/** How long typing may pause before the drawing follows, in milliseconds. */
const PAUSE_MS = 24
/** Texts of earlier states that are remembered, so that undo gives back what was written to the letter. */
const MOST_REMEMBERED = 40

const FORMAT = textFormat.id

export class TextSync {
  readonly #editor: Editor
  readonly #onChange: () => void
  #text = ''
  #parsed: ParsedText = parseText('')
  /** the model that the text means, but for what is typed and not taken over yet */
  #model: GraphModel = { nodes: [], edges: [] }
  #source: string | null = null
  #timer: ReturnType<typeof setTimeout> | null = null
  /** what is typed differs from what the drawing says: it has mistakes, or is still to be read */
  #draft = false
  #taking = false
  #remembered: { source: string | null; model: GraphModel; text: string }[] = []
  #index: Index | null = null

  /** @param onChange called when the text or its problems have changed */
  constructor(editor: Editor, onChange: () => void) {
    this.#editor = editor
    this.#onChange = onChange
    this.#derive()
  }

  get text(): string {
    return this.#text
  }

  get parsed(): ParsedText {
    return this.#parsed
  }

  /** Whether what is typed has not reached the drawing. */
  get draft(): boolean {
    return this.#draft
  }

  /** What a person typed. The drawing follows when the typing pauses. */
  type(text: string): void {
    this.#text = text
    this.#draft = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.flush(), PAUSE_MS)
  }

  /** Takes over at once what is typed. */
  flush(): void {
    if (!this.#stop()) return
    this.#read()
    const { model } = this.#parsed
    if (model !== undefined) {
      const source = this.#text === printText(model) ? null : this.#text
      const options = { join: FORMAT, sources: { [FORMAT]: source } }
      // Whoever listens to the editor calls back meanwhile; the text is ahead of the records then.
      this.#taking = true
      try {
        const before = new Set(this.#model.nodes.map(({ id }) => id))
        if (this.#editor.whole.reconcile(texts.code.entry, model, options) !== null) {
          const fresh = this.#editor.model().nodes.filter(({ id }) => !before.has(id))
          this.#editor.showAll(fresh.map(({ id }) => id))
          this.#model = this.#editor.model()
          this.#source = this.#editor.whole.source(FORMAT)
          this.#draft = false
          this.#remember()
        }
      } finally {
        this.#taking = false
      }
    }
    this.#onChange()
  }

  /** Gives up what is typed and has not reached the drawing. */
  revert(): void {
    this.#stop()
    this.#draft = false
    this.#derive()
    this.#onChange()
  }

  /** To be called when records may have changed. */
  follow(): void {
    const model = this.#editor.model()
    const source = this.#editor.whole.source(FORMAT)
    const [sameModel, sameSource] = [model === this.#model, source === this.#source]
    if ((sameModel && sameSource) || this.#taking) return
    const pending = this.#stop()
    if (pending) this.#read()
    if (sameSource) {
      const known = this.#draft ? undefined : this.#recall(model)
      this.#text = known ?? updateText(this.#text, this.#model as DeadlockModel, model as DeadlockModel)
      this.#model = model
      this.#read()
      this.#draft = this.#parsed.problems.length > 0
      this.#remember()
    } else {
      this.#draft = false
      this.#derive()
    }
    this.#onChange()
  }

  /** Lines that speak of any of these records, counted from 1. */
  linesOf(ids: ReadonlySet<string>): number[] {
    const { lines } = this.#lookup()
    return [...new Set([...ids].flatMap((id) => lines.get(id) ?? []))].sort((a, b) => a - b)
  }

  /** The records that the line at this offset speaks of. */
  recordsAt(offset: number): string[] {
    const line = this.#parsed.lines.findIndex(({ start, text }) => offset >= start && offset <= start + text.length)
    return this.#lookup().records.get(line + 1) ?? []
  }

  #stop(): boolean {
    if (this.#timer === null) return false
    clearTimeout(this.#timer)
    this.#timer = null
    return true
  }

  #read(): void {
    this.#parsed = parseText(this.#text)
    this.#index = null
  }

  /** The text from the document: the one that was written, brought up to the records, or the plainest. */
  #derive(): void {
    this.#model = this.#editor.model()
    this.#source = this.#editor.whole.source(FORMAT)
    const model = this.#model as DeadlockModel
    const known = this.#recall(model)
    if (known !== undefined) this.#text = known
    else if (this.#source === null) this.#text = printText(model)
    else this.#text = updateText(this.#source, withIdsOf(model, parseText(this.#source)), model)
    this.#read()
    this.#remember()
  }

  #remember(): void {
    if (this.#draft) return
    const entry = { source: this.#source, model: this.#model, text: this.#text }
    if (this.#recall(entry.model) === entry.text) return
    this.#remembered = [...this.#remembered.slice(1 - MOST_REMEMBERED), entry]
  }

  #recall(model: GraphModel): string | undefined {
    return this.#remembered.findLast((entry) => entry.source === this.#source && sameModel(entry.model, model))?.text
  }

  #lookup(): Index {
    return (this.#index ??= indexOf(this.#parsed, this.#model as DeadlockModel))
  }
}

/** Equality of drawings. Records that did not change are mostly the same objects, so this is quick. */
function sameModel(a: GraphModel, b: GraphModel): boolean {
  const same = (one: readonly unknown[], two: readonly unknown[]): boolean =>
    one.length === two.length &&
    one.every((rec, index) => rec === two[index] || JSON.stringify(rec) === JSON.stringify(two[index]))
  return a === b || (same(a.nodes, b.nodes) && same(a.edges, b.edges))
}

/** The text's own drawing with the ids that its nodes have in the document. */
function withIdsOf(model: DeadlockModel, { model: written }: ParsedText): DeadlockModel {
  if (written === undefined) return model
  const ids = matchNodes(model, written)
  // Nodes that the document has no more keep apart from those it has.
  const idOf = (id: string): string => ids.get(id) ?? `gone:${id}`
  return {
    nodes: written.nodes.map((node) => ({ ...node, id: idOf(node.id) })),
    edges: written.edges.map((edge) => ({ ...edge, from: idOf(edge.from), to: idOf(edge.to) })),
  }
}

interface Index {
  lines: ReadonlyMap<string, number[]>
  records: ReadonlyMap<number, string[]>
}

function indexOf({ lines }: ParsedText, model: DeadlockModel): Index {
  const ids = new Map<string, string>()
  for (const { id, name } of model.nodes) {
    ids.set(keyOf(name, id), id)
    if (!ids.has(keyOf(name, null))) ids.set(keyOf(name, null), id)
  }
  const edges = new Map(model.edges.map(({ id, from, to }) => [`${from} ${to}`, id]))
  const byRecord = new Map<string, number[]>()
  const byLine = new Map<number, string[]>()
  lines.forEach(({ statement }, index) => {
    if (statement === null) return
    const nodes = mentionsOf(statement).flatMap(({ key }) => ids.get(key) ?? [])
    const links = linksOf(statement).flatMap(
      ({ from, to }) => edges.get(`${ids.get(from.key) ?? ''} ${ids.get(to.key) ?? ''}`) ?? [],
    )
    const records = [...new Set([...nodes, ...links])]
    byLine.set(index + 1, records)
    for (const id of records) {
      const list = byRecord.get(id)
      if (list === undefined) byRecord.set(id, [index + 1])
      else list.push(index + 1)
    }
  })
  return { lines: byRecord, records: byLine }
}

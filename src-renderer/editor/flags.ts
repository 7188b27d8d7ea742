// Properties of records that are so or not so, changed for everything that is selected: a crashed node, a cut link.
// While a run is open the change goes to the run instead of the records. Knows no lab by name.
import type { GraphModel } from '@contract/document.ts'
import type { FlagField, LabModel } from '@contract/lab.ts'
import { editor as texts } from '../ui/texts/editor.ts'
import type { Editor } from './editor.ts'

/**
 * All flags of a lab, each once however many kinds have it; kinds may share a letter for things that never are
 * selected with one meaning.
 */
export function allFlags(lab: LabModel): readonly FlagField[] {
  const flags = [...lab.nodeKinds, ...lab.edgeKinds].flatMap(({ flags }) => flags ?? [])
  return [...new Map(flags.map((flag) => [flag.key, flag])).values()]
}

export function flagsOfKind(lab: LabModel, kind: string): readonly FlagField[] {
  return [...lab.nodeKinds, ...lab.edgeKinds].find((one) => one.kind === kind)?.flags ?? []
}

type Flagged = Readonly<Record<string, unknown>> & { id: string; kind: string }

/** The records that are selected and can have the flag, as they are shown: in the drawing, or in the run's state. */
function selected(editor: Editor, key: string): Flagged[] {
  const shown = editor.flagRecorder?.model
  const find = (id: string): Flagged | undefined =>
    shown === undefined
      ? (editor.node(id) ?? editor.edge(id))
      : [...shown.nodes, ...shown.edges].find((record) => record.id === id)
  return [...editor.selection()].flatMap((id) => {
    const record = find(id)
    return record !== undefined && flagsOfKind(editor.lab, record.kind).some((flag) => flag.key === key) ? [record] : []
  })
}

export function canFlag(editor: Editor, key: string): boolean {
  return (editor.editable || editor.flagRecorder !== null) && selected(editor, key).length > 0
}

/** Whether all that are selected have it. */
export function hasFlag(editor: Editor, key: string): boolean {
  const records = selected(editor, key)
  return records.length > 0 && records.every((record) => record[key] === true)
}

/** Sets it for all that are selected; takes it away where all have it. One entry. */
export function flip(editor: Editor, key: string): void {
  const records = selected(editor, key)
  const flag = allFlags(editor.lab).find((one) => one.key === key)
  if (flag === undefined || records.length === 0) return
  const on = !hasFlag(editor, key)
  const { flagRecorder: run } = editor
  if (run !== null) return run.hand(flipped(run.model, new Set(records.map(({ id }) => id)), key, on))
  const names = records.map(({ id }) => editor.label(id)).join(', ')
  editor.whole.applyEdits(
    texts.history.flag(on ? flag.set : flag.clear, names),
    records.map(({ id }) => ({ do: 'set', id, field: key, value: on ? true : undefined })),
  )
}

function flipped(model: GraphModel, ids: ReadonlySet<string>, key: string, on: boolean): GraphModel {
  const change = <T extends { id: string }>(record: T): T => (ids.has(record.id) ? { ...record, [key]: on } : record)
  return { ...model, nodes: model.nodes.map(change), edges: model.edges.map(change) }
}

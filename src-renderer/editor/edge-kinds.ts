// Changing what an edge means: the kinds its direction can have, and the edits that give it another. Knows kinds only
// through the lab's model.
import type { EdgeRecord, NodeRecord } from '@contract/document.ts'
import type { EdgeKind, LabModel } from '@contract/lab.ts'
import type { RecordEdit } from '@contract/verdict.ts'
import { editor as texts } from '../ui/texts/editor.ts'
import type { Editor } from './editor.ts'

/** A kind that an edge has or could have. */
export interface KindChoice {
  kind: EdgeKind
  /** there is an edge of this kind between the same two already, so this one cannot become it */
  taken: boolean
}

/** The kinds an edge between these two can have, in the lab's order. */
function kindsBetween(lab: LabModel, from: NodeRecord, to: NodeRecord): EdgeKind[] {
  return lab.edgeKinds.filter(({ kind }) => {
    const answer = lab.connect(from, to, kind)
    return 'kind' in answer && answer.kind === kind
  })
}

/** The kinds an edge of the drawing can have, its own among them; none where there is nothing to choose. */
export function kindChoices(editor: Editor, id: string): KindChoice[] {
  const edge = editor.edge(id)
  const [from, to] = [editor.node(edge?.from ?? ''), editor.node(edge?.to ?? '')]
  if (edge === undefined || from === undefined || to === undefined) return []
  const kinds = kindsBetween(editor.lab, from, to)
  if (kinds.length < 2) return []
  const beside = editor.edgesAt(edge.from).filter((one) => one.id !== id && one.from === from.id && one.to === to.id)
  return kinds.map((kind) => ({ kind, taken: beside.some((one) => one.kind === kind.kind) }))
}

/** The kinds of which some direction can have another one as well. */
export function exchangeableKinds(lab: LabModel): EdgeKind[] {
  const ends = lab.nodeKinds.map(({ kind }, index): NodeRecord => ({ id: `${index}`, kind, name: kind }))
  const sets = ends.flatMap((from) => ends.map((to) => kindsBetween(lab, from, { ...to, id: `${to.id}+` })))
  return lab.edgeKinds.filter((kind) => sets.some((kinds) => kinds.length > 1 && kinds.includes(kind)))
}

/** Whether an edge can be given this kind and does not have it. */
export function canBecome(editor: Editor, id: string, kind: string): boolean {
  const choice = kindChoices(editor, id).find((one) => one.kind.kind === kind)
  return choice?.taken === false && editor.edge(id)?.kind !== kind
}

/** Gives an edge another kind, as one entry; fields that only the new kind has begin as the lab says. */
export function changeKind(editor: Editor, id: string, kind: string): void {
  const edge = editor.edge(id)
  const definition = editor.lab.edgeKinds.find((one) => one.kind === kind)
  if (edge === undefined || definition === undefined || !canBecome(editor, id, kind)) return
  editor.whole.applyEdits(texts.history.kind(editor.label(id), definition.label), kindEdits(edge, definition))
}

function kindEdits(edge: EdgeRecord, { kind, defaults }: EdgeKind): RecordEdit[] {
  const missing = Object.entries(defaults).filter(([field]) => edge[field] === undefined)
  return [
    { do: 'set', id: edge.id, field: 'kind', value: kind },
    ...missing.map(([field, value]): RecordEdit => ({ do: 'set', id: edge.id, field, value })),
  ]
}

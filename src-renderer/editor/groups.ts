// Nodes in groups that are drawn as regions, such as the parts of a network that cannot reach each other: set apart by a
// command, joined again, and changed by dragging a node into or out of a region. Knows no lab by name.
import type { GraphModel, NodeRecord } from '@contract/document.ts'
import type { GroupField } from '@contract/lab.ts'
import type { Point } from '@contract/scene.ts'
import { editor as texts } from '../ui/texts/editor.ts'
import type { Drawing } from './drawing.ts'
import type { Editor } from './editor.ts'
import { type Rect, union } from './geometry.ts'
import type { RecordDiff } from './records/diff.ts'

/** Room around the nodes of a group within which a node that is dragged belongs to it. */
const AROUND = 48

/** The group that everything is in of which nothing is said. */
const USUAL = 1

const groupOf = (node: NodeRecord, { key }: GroupField): number => Number(node[key] ?? USUAL)

interface Asked {
  field: GroupField
  nodes: readonly NodeRecord[]
  chosen: readonly NodeRecord[]
}

/** What is shown and what of it is selected; null where there are no groups or nothing can be changed. */
function asked(editor: Editor): Asked | null {
  const field = editor.lab.groups
  const run = editor.flagRecorder
  if (field === undefined || (!editor.editable && run === null)) return null
  const { nodes } = run?.model ?? editor.model()
  const chosen = editor.selection()
  return { field, nodes, chosen: nodes.filter(({ id }) => chosen.has(id)) }
}

/** The lowest group that nobody else is in; null when there is none left. */
function freeGroup({ field, nodes, chosen }: Asked): number | null {
  const ids = new Set(chosen.map(({ id }) => id))
  const taken = new Set(nodes.filter(({ id }) => !ids.has(id)).map((node) => groupOf(node, field)))
  for (let group = USUAL + 1; group <= field.most; group += 1) if (!taken.has(group)) return group
  return null
}

export function canSetApart(editor: Editor): boolean {
  const found = asked(editor)
  return (
    found !== null && found.chosen.length > 0 && found.chosen.length < found.nodes.length && freeGroup(found) !== null
  )
}

/** Puts what is selected into a group of its own, as one entry; while a run is open it is done in the run. */
export function setApart(editor: Editor): void {
  const found = asked(editor)
  const group = found === null ? null : freeGroup(found)
  if (found === null || group === null) return
  change(editor, found, found.chosen, group, found.field.apart)
}

export function canJoin(editor: Editor): boolean {
  const found = asked(editor)
  return found?.nodes.some((node) => groupOf(node, found.field) !== USUAL) === true
}

/** Puts everything back into one group. */
export function joinAll(editor: Editor): void {
  const found = asked(editor)
  if (found === null) return
  const apart = found.nodes.filter((node) => groupOf(node, found.field) !== USUAL)
  change(editor, found, apart, USUAL, found.field.join)
}

function change(
  editor: Editor,
  { field, nodes }: Asked,
  changed: readonly NodeRecord[],
  group: number,
  label: string,
): void {
  const ids = new Set(changed.map(({ id }) => id))
  const { flagRecorder: run } = editor
  if (run !== null) {
    const model: GraphModel = {
      ...run.model,
      nodes: nodes.map((node) => (ids.has(node.id) ? { ...node, [field.key]: group } : node)),
    }
    return run.hand(model)
  }
  editor.whole.applyEdits(
    `${label}: ${texts.what(changed.map(({ name }) => name))}`,
    changed.map(({ id }) => ({ do: 'set', id, field: field.key, value: group === USUAL ? undefined : group })),
  )
}

/** What history does at the end of each gesture: a node that was dragged belongs to the region it was put down in. */
export function groupKeeper(drawing: Drawing) {
  return (diff: RecordDiff): void => {
    const field = drawing.lab.groups
    const moved = [...diff.updated.keys()].flatMap((key) =>
      key.startsWith('positions/') ? [key.slice('positions/'.length)] : [],
    )
    if (field === undefined || moved.length === 0) return
    const resting = drawing.nodes().filter(({ id }) => !moved.includes(id))
    const regions = regionsOf(drawing, resting, field)
    if (regions.size < 2 && !regions.has(USUAL)) return
    const changes = moved.flatMap((id) => {
      const node = drawing.node(id)
      const at = drawing.position(id)
      if (node === undefined || at === undefined) return []
      const group = homeOf(at, groupOf(node, field), regions)
      return group === null ? [] : [{ node, group }]
    })
    if (changes.length === 0) return
    drawing.store.change('later', (draft) => {
      for (const { node, group } of changes) {
        const rest = Object.entries(node).filter(([key]) => key !== field.key)
        const own = Object.fromEntries(rest) as typeof node
        draft.put('nodes', group === USUAL ? own : { ...own, [field.key]: group })
      }
    })
  }
}

/** The box around each group; none for a group in whose box others stand, since a node in it could belong to either. */
function regionsOf(drawing: Drawing, nodes: readonly NodeRecord[], field: GroupField): Map<number, Rect> {
  const points = new Map<number, Point[]>()
  for (const node of nodes) {
    const at = drawing.position(node.id)
    if (at === undefined) continue
    const group = groupOf(node, field)
    points.set(group, [...(points.get(group) ?? []), at])
  }
  const regions = new Map<number, Rect>()
  for (const [group, own] of points) {
    const box = union(own.map(({ x, y }) => ({ x: x - AROUND, y: y - AROUND, width: 2 * AROUND, height: 2 * AROUND })))
    const others = [...points].flatMap(([other, theirs]) => (other === group ? [] : theirs))
    if (box !== null && !others.some((point) => holds(box, point))) regions.set(group, box)
  }
  return regions
}

const holds = (box: Rect, { x, y }: Point): boolean =>
  x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height

/** The group of the region that a node stands in now; null when it stays in its own. */
function homeOf(at: Point, now: number, regions: ReadonlyMap<number, Rect>): number | null {
  const own = regions.get(now)
  if (own !== undefined && holds(own, at)) return null
  const other = [...regions].find(([group, box]) => group !== now && holds(box, at))
  return other?.[0] ?? null
}

// Nodes set apart as parts that are drawn as regions: by a command, back again, and by dragging into and out of a region.
// A network stands in for whatever lab has groups.
import { beforeEach, describe, expect, test } from 'vitest'
import type { DocumentEnvelope, GraphModel } from '@contract/document.ts'
import { distributedModel } from '@labs/distributed/model/index.ts'
import { topologyModel } from '@labs/topology/model/index.ts'
import { Editor } from '@page/editor/editor.ts'
import { canJoin, canSetApart, joinAll, setApart } from '@page/editor/groups.ts'
import { pointer } from './fixture-lab.ts'

const empty: DocumentEnvelope = {
  format: 'interlock',
  version: 1,
  lab: 'distributed',
  title: 'Network',
  model: { nodes: [], edges: [] },
  layout: { positions: {} },
  notes: [],
}

let editor: Editor
const parts = (): Record<string, unknown> =>
  Object.fromEntries(editor.model().nodes.map(({ id, part }) => [id, part ?? 1]))
const entries = (): number => editor.history().length

/** Two nodes on the left, two on the right. */
beforeEach(() => {
  editor = new Editor({ model: distributedModel, document: empty })
  for (const [x, y] of [
    [100, 100],
    [100, 260],
    [600, 100],
    [600, 260],
  ] as const)
    editor.createNode('node', { x, y })
  editor.select([])
})

function drag(id: string, x: number, y: number): void {
  const at = editor.layout().positions[id]!
  const hand = pointer(editor)
  hand.down(at.x, at.y)
  hand.move(at.x + 10, at.y + 10)
  hand.move(x, y)
  hand.up(x, y)
}

describe('the command', () => {
  test('puts what is selected into a part of its own, drawn as a region, as one entry', () => {
    const count = entries()
    editor.select(['P3', 'P4'])
    setApart(editor)
    expect(parts()).toEqual({ P1: 1, P2: 1, P3: 2, P4: 2 })
    expect(editor.scene().regions?.map(({ text }) => text)).toEqual(['part 1', 'part 2'])
    expect(entries()).toBe(count + 1)
    editor.undo()
    expect(parts()).toEqual({ P1: 1, P2: 1, P3: 1, P4: 1 })
  })

  test('takes the lowest number that nobody else has, and the other one joins all again', () => {
    editor.select(['P1'])
    setApart(editor)
    editor.select(['P2'])
    setApart(editor)
    expect(parts()).toMatchObject({ P1: 2, P2: 3 })
    expect(canJoin(editor)).toBe(true)
    joinAll(editor)
    expect(parts()).toEqual({ P1: 1, P2: 1, P3: 1, P4: 1 })
    expect(editor.model().nodes.every((node) => !('part' in node))).toBe(true)
    expect(canJoin(editor)).toBe(false)
  })

  test('is not there for nothing, for everything, and for labs without parts', () => {
    expect(canSetApart(editor)).toBe(false)
    editor.selectAll()
    expect(canSetApart(editor)).toBe(false)
    const other = new Editor({ model: topologyModel, document: { ...empty, lab: 'topology' } })
    other.createNode('host', { x: 0, y: 0 })
    expect(canSetApart(other) || canJoin(other)).toBe(false)
    expect(other.commands().some(({ id }) => id === 'draw.apart')).toBe(false)
  })

  test('goes to the run while one is open', () => {
    const heard: GraphModel[] = []
    editor.record(null, { model: editor.model(), hand: (model) => void heard.push(model) })
    editor.select(['P4'])
    setApart(editor)
    expect(parts()['P4']).toBe(1)
    expect(heard[0]?.nodes.map(({ part }) => part ?? 1)).toEqual([1, 1, 1, 2])
  })
})

describe('dragging', () => {
  beforeEach(() => {
    editor.select(['P3', 'P4'])
    setApart(editor)
    editor.select([])
  })

  test('into a region makes a node belong to it, together with the move', () => {
    const count = entries()
    drag('P2', 600, 180)
    expect(parts()).toMatchObject({ P1: 1, P2: 2 })
    expect(entries()).toBe(count + 1)
    drag('P2', 100, 120)
    expect(parts()['P2']).toBe(1)
    editor.undo()
    editor.undo()
    expect([parts()['P2'], editor.layout().positions['P2']]).toEqual([1, { x: 100, y: 260 }])
  })

  test('to where there is no region changes nothing but the place', () => {
    drag('P2', 350, 500)
    drag('P4', 600, 320)
    expect(parts()).toEqual({ P1: 1, P2: 1, P3: 2, P4: 2 })
  })

  test('a whole region keeps it together', () => {
    editor.select(['P3', 'P4'])
    drag('P3', 350, 100)
    expect(parts()).toEqual({ P1: 1, P2: 1, P3: 2, P4: 2 })
  })
})

test('without parts nothing is put anywhere by dragging', () => {
  drag('P1', 600, 180)
  expect(parts()).toEqual({ P1: 1, P2: 1, P3: 1, P4: 1 })
})

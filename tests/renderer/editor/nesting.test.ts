// A drawing in which things lie in each other: dropping into a box, boxes that grow and make room, and that what lies in
// a box goes with it. Machines and containers stand in for whatever lab is nested.
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { DocumentEnvelope } from '@contract/document.ts'
import type { SceneNode } from '@contract/scene.ts'
import { topologyModel } from '@labs/topology/model/index.ts'
import { Editor } from '@page/editor/editor.ts'
import { apart } from '@page/editor/nesting/room.ts'
import { pointer } from './fixture-lab.ts'

const empty: DocumentEnvelope = {
  format: 'interlock',
  version: 1,
  lab: 'topology',
  title: 'Machines',
  model: { nodes: [], edges: [] },
  layout: { positions: {} },
  notes: [],
}

let editor: Editor
let said: string[]
const parents = (): Record<string, unknown> =>
  Object.fromEntries(editor.model().nodes.map(({ id, parent }) => [id, parent ?? null]))
const box = (id: string): SceneNode => editor.scene().nodes.find((node) => node.id === id)!
const inside = (inner: SceneNode, outer: SceneNode): boolean =>
  Math.abs(inner.x - outer.x) <= (outer.width - inner.width) / 2 &&
  Math.abs(inner.y - outer.y) <= (outer.height - inner.height) / 2
const meet = (a: SceneNode, b: SceneNode): boolean =>
  Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2
const entries = (): number => editor.history().length

/** A host with a hypervisor with one machine in it. */
beforeEach(() => {
  editor = new Editor({ model: topologyModel, document: empty })
  said = []
  editor.onSay((text) => said.push(text))
  editor.createNode('host', { x: 400, y: 300 })
  editor.createNode('hypervisor', { x: 400, y: 300 })
  editor.createNode('vm', { x: 400, y: 310 })
})

/** Takes a thing by its strip and lets it go at a point. */
function dragTo(id: string, x: number, y: number): void {
  const { x: left, y: middle, height } = box(id)
  const top = middle - height / 2 + 12
  const hand = pointer(editor)
  hand.down(left, top)
  hand.move(left + 20, top + 20)
  hand.move(x, y)
  hand.up(x, y)
}

describe('a new thing', () => {
  test('lies in the innermost box that it is put into', () => {
    expect(parents()).toEqual({ host1: null, hv1: 'host1', vm1: 'hv1' })
    expect(inside(box('vm1'), box('hv1')) && inside(box('hv1'), box('host1'))).toBe(true)
  })

  test('goes into the selected box when it is made without a pointer', () => {
    editor.select(['vm1'])
    editor.createNode('os')
    expect(parents()['os1']).toBe('vm1')
    expect(inside(box('os1'), box('vm1'))).toBe(true)
    editor.select(['hv1'])
    editor.createNode('vm')
    expect(parents()['vm2']).toBe('hv1')
    expect(meet(box('vm1'), box('vm2'))).toBe(false)
  })

  test('makes the boxes around it grow, and its neighbours give way', () => {
    const before = box('host1').width
    editor.createNode('vm', { x: box('vm1').x + 60, y: box('vm1').y })
    // Put over the first machine it would lie in that one, which is what a person sees light up.
    expect(parents()['vm2']).toBe('vm1')
    editor.undo()
    const edge = box('hv1').x + box('hv1').width / 2 - 3
    editor.createNode('vm', { x: edge, y: box('hv1').y })
    expect(parents()['vm2']).toBe('hv1')
    expect(meet(box('vm1'), box('vm2'))).toBe(false)
    expect(box('host1').width).toBeGreaterThan(before)
    expect(inside(box('hv1'), box('host1'))).toBe(true)
  })
})

describe('dragging', () => {
  test('puts a thing into another box as one entry, which undo takes back whole', () => {
    editor.createNode('host', { x: 1200, y: 300 })
    const [count, before] = [entries(), JSON.stringify(editor.document())]
    dragTo('hv1', 1200, 310)
    expect(parents()).toEqual({ host1: null, host2: null, hv1: 'host2', vm1: 'hv1' })
    expect(inside(box('vm1'), box('host2'))).toBe(true)
    expect(entries()).toBe(count + 1)
    expect(said.at(-1)).toMatch(/hv1 put into host2/)
    editor.undo()
    expect(JSON.stringify(editor.document())).toBe(before)
  })

  test('takes a thing out of its box when it is let go beside everything', () => {
    dragTo('vm1', 1200, 700)
    expect(parents()['vm1']).toBeNull()
    expect(inside(box('vm1'), box('hv1'))).toBe(false)
  })

  test('moves what lies in a box with it', () => {
    const away = box('vm1').x - box('host1').x
    dragTo('host1', box('host1').x + 300, box('host1').y + 200)
    expect(box('vm1').x - box('host1').x).toBeCloseTo(away, 0)
    expect(parents()).toEqual({ host1: null, hv1: 'host1', vm1: 'hv1' })
  })

  test('leaves the boxes as large as they are until the end, and Escape leaves everything as it was', () => {
    const [size, before] = [box('hv1').width, JSON.stringify(editor.document())]
    const hand = pointer(editor)
    const { x, y, height } = box('vm1')
    hand.down(x, y - height / 2 + 12)
    hand.move(x + 30, y + 30)
    hand.move(x + 700, y + 400)
    expect(box('hv1').width).toBe(size)
    editor.cancel()
    expect(JSON.stringify(editor.document())).toBe(before)
  })

  test('never puts a thing into itself', () => {
    dragTo('host1', box('vm1').x + 5, box('vm1').y + 5)
    expect(parents()['host1']).toBeNull()
  })
})

test('without a pointer a thing is put into another box by name, never into what lies in it', () => {
  editor.createNode('host', { x: 1200, y: 300 })
  expect(editor.nested.boxesFor('hv1').map(({ node, athome }) => [node.id, athome])).toEqual([
    ['host1', true],
    ['host2', true],
  ])
  editor.nested.moveInto(['hv1'], 'host2')
  expect(inside(box('vm1'), box('host2'))).toBe(true)
  editor.nested.moveInto(['host2'], 'vm1')
  expect(parents()['host2']).toBeNull()
})

test('deleting a box deletes what lies in it, and undo brings all of it back', () => {
  editor.remove(['hv1'])
  expect(Object.keys(parents())).toEqual(['host1'])
  editor.undo()
  expect(parents()).toEqual({ host1: null, hv1: 'host1', vm1: 'hv1' })
})

test('a copy of a box has copies of what lies in it, beside the original in the same box', () => {
  editor.select(['vm1'])
  editor.createNode('os')
  editor.select(['vm1'])
  editor.clip.duplicate()
  expect(parents()).toMatchObject({ vm2: 'hv1', os2: 'vm2' })
  expect(meet(box('vm1'), box('vm2'))).toBe(false)
})

test('a proposed change adds a system between host and hypervisor and moves the hypervisor into it', () => {
  editor.whole.applyEdits('mend', [
    { do: 'add', node: { id: 'hv1', kind: 'os', name: 'Linux', parent: 'host1' } },
    { do: 'set', id: 'vm1', field: 'cpus', value: 4 },
  ])
  expect(parents()).toMatchObject({ os1: 'host1', hv1: 'host1' })
  editor.whole.applyEdits('mend', [
    { do: 'add', node: { id: 'between', kind: 'os', name: 'Linux', parent: 'host1' } },
    { do: 'set', id: 'vm1', field: 'parent', value: 'between' },
  ])
  expect(parents()).toMatchObject({ between: 'host1', vm1: 'between' })
  expect(inside(box('vm1'), box('between')) && inside(box('between'), box('host1'))).toBe(true)
})

test('the place that is kept for a box is where it stands, so that it stays there when it is emptied', () => {
  const { x, y } = box('hv1')
  editor.remove(['vm1'])
  expect([Math.abs(box('hv1').x - x), Math.abs(box('hv1').y - y)].every((off) => off <= 1)).toBe(true)
})

test('tidying up keeps everything in its box, and nothing on anything else', () => {
  for (let count = 0; count < 5; count += 1) {
    editor.select(['hv1'])
    editor.createNode('vm')
  }
  editor.select([])
  editor.arrange.tidy('right')
  const machines = editor.scene().nodes.filter(({ kind }) => kind === 'vm')
  expect(machines).toHaveLength(6)
  for (const one of machines) {
    expect(inside(one, box('hv1'))).toBe(true)
    for (const other of machines) if (other !== one) expect(meet(one, other)).toBe(false)
  }
})

test('boxes that are pushed apart lie on nothing, and one that a person holds stays', () => {
  const boxes = fc.array(
    fc.record({
      x: fc.integer({ min: 0, max: 600 }),
      y: fc.integer({ min: 0, max: 400 }),
      width: fc.integer({ min: 60, max: 200 }),
    }),
    { minLength: 2, maxLength: 6 },
  )
  fc.assert(
    fc.property(boxes, (list) => {
      const nodes = list.map((one, index) => ({ ...one, id: `b${index}`, height: 60 }) as unknown as SceneNode)
      const moves = apart(nodes, new Set(['b0']))
      const after = nodes.map((node) => {
        const by = moves.get(node.id) ?? { x: 0, y: 0 }
        return { ...node, x: node.x + by.x, y: node.y + by.y }
      })
      expect(moves.has('b0')).toBe(false)
      for (const a of after) for (const b of after) if (a !== b) expect(meet(a, b)).toBe(false)
    }),
    { numRuns: 300 },
  )
})

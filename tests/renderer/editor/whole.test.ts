// Edits of the drawing as a whole: what is the same keeps its id and place, one entry each, joined while one types.
import { deadlockModel } from '@labs/deadlock/model/index.ts'
import type { GraphModel } from '@contract/document.ts'
import { expect, test } from 'vitest'
import { Editor } from '../../../src-renderer/editor/editor.ts'
import { matchNodes } from '../../../src-renderer/editor/match.ts'

const ring: GraphModel = {
  nodes: [
    { id: 'P1', kind: 'process', name: 'P1' },
    { id: 'P2', kind: 'process', name: 'P2' },
    { id: 'R1', kind: 'resource', name: 'R1', instances: 1, colour: 'kept' },
    { id: 'R2', kind: 'resource', name: 'R2', instances: 1 },
  ],
  edges: [
    { id: 'e1', kind: 'request', from: 'P1', to: 'R1', count: 1 },
    { id: 'e2', kind: 'assignment', from: 'R1', to: 'P2', count: 1 },
    { id: 'e3', kind: 'request', from: 'P2', to: 'R2', count: 1 },
    { id: 'e4', kind: 'assignment', from: 'R2', to: 'P1', count: 1 },
  ],
}

function editorOf(model: GraphModel, sources?: Record<string, string>): Editor {
  const document = {
    format: 'interlock' as const,
    version: 1,
    lab: 'deadlock',
    title: 'Ring',
    model: { ...model },
    layout: { positions: { P1: { x: 0, y: 0 }, P2: { x: 400, y: 0 }, R1: { x: 200, y: 0 }, R2: { x: 200, y: 200 } } },
    notes: [],
    ...(sources === undefined ? {} : { sources }),
  }
  return new Editor({ model: deadlockModel, document })
}

const elsewhere = (model: GraphModel): GraphModel => ({
  nodes: model.nodes.map(({ colour: _, ...node }) => ({ ...node, id: `n${node.id}` }) as GraphModel['nodes'][number]),
  edges: model.edges.map((edge) => ({ ...edge, id: `x${edge.id}`, from: `n${edge.from}`, to: `n${edge.to}` })),
})

test('the same drawing with other ids changes nothing and makes no entry', () => {
  const editor = editorOf(ring)
  const before = editor.document()
  const ids = editor.whole.reconcile('Edit the text', elsewhere(ring))
  expect(editor.document()).toEqual(before)
  expect(editor.canUndo()).toBe(false)
  expect(ids?.get('nR1')).toBe('R1')
  expect(ids?.get('xe3')).toBe('e3')
})

test('a rename keeps id, place and unknown fields', () => {
  const editor = editorOf(ring)
  const wanted = elsewhere(ring)
  const node = wanted.nodes.find(({ name }) => name === 'R1')
  if (node !== undefined) node.name = 'Disk'
  editor.whole.reconcile('Edit the text', wanted)
  expect(editor.node('R1')).toEqual({ id: 'R1', kind: 'resource', name: 'Disk', instances: 1, colour: 'kept' })
  expect(editor.layout().positions['R1']).toEqual({ x: 200, y: 0 })
  editor.undo()
  expect(editor.node('R1')?.name).toBe('R1')
})

test('what is gone goes with its edges, what is new gets a free place near its neighbour', () => {
  const editor = editorOf(ring)
  const wanted = elsewhere(ring)
  wanted.nodes = wanted.nodes.filter(({ name }) => name !== 'R2')
  wanted.edges = wanted.edges.filter(({ from, to }) => from !== 'nR2' && to !== 'nR2')
  wanted.nodes.push({ id: 'P3', kind: 'process', name: 'P3' })
  wanted.edges.push({ id: 'new', kind: 'request', from: 'P3', to: 'nR1', count: 1 })
  editor.whole.reconcile('Edit the text', wanted)
  expect(editor.model().edges.map(({ from, to }) => `${from}>${to}`)).toEqual(['P1>R1', 'R1>P2', 'P3>R1'])
  const { P3, R1, P1, P2, R2 } = editor.layout().positions
  expect(R2).toBeUndefined()
  for (const other of [R1, P1, P2]) {
    expect(Math.hypot((P3?.x ?? 0) - (other?.x ?? 0), (P3?.y ?? 0) - (other?.y ?? 0))).toBeGreaterThan(80)
  }
  expect(Math.hypot((P3?.x ?? 0) - 200, P3?.y ?? 0)).toBeLessThan(300)
  editor.undo()
  expect(editor.model()).toEqual(editorOf(ring).model())
})

test('many new nodes are laid out without overlapping', () => {
  const editor = editorOf({ nodes: [], edges: [] })
  const nodes = Array.from({ length: 60 }, (_, i) => ({ id: `P${i}`, kind: 'process', name: `P${i}` }))
  editor.whole.reconcile('Edit the text', { nodes, edges: [] })
  const places = Object.values(editor.layout().positions)
  for (const [i, a] of places.entries()) {
    for (const b of places.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(56)
  }
})

test('edits with one key join while they follow each other soon, and only then', () => {
  let time = 0
  const editor = editorOf(ring)
  const clock = performance.now
  performance.now = () => time
  try {
    const rename = (name: string, join?: string): void => {
      const wanted = elsewhere(editor.model())
      const node = wanted.nodes.find(({ id }) => id === 'nR1')
      if (node !== undefined) node.name = name
      editor.whole.reconcile('Edit the text', wanted, join === undefined ? {} : { join })
    }
    rename('Di', 'text')
    time += 1000
    rename('Dis', 'text')
    time += 1000
    rename('Disk', 'text')
    expect(editor.history()).toHaveLength(1)
    time += 2000
    rename('Disk 2', 'text')
    expect(editor.history()).toHaveLength(2)
    editor.rename('P1', 'Writer')
    rename('Disk 3', 'text')
    expect(editor.history()).toHaveLength(4)
    for (let i = 0; i < 4; i += 1) editor.undo()
    expect(editor.model()).toEqual(editorOf(ring).model())
    expect(editor.canUndo()).toBe(false)
  } finally {
    performance.now = clock
  }
})

test('record edits are one entry, a node takes its edges with it', () => {
  const editor = editorOf(ring)
  expect(
    editor.whole.applyEdits('Repair', [
      { do: 'remove', id: 'R2' },
      { do: 'set', id: 'e1', field: 'count', value: 2 },
      { do: 'remove', id: 'not there' },
    ]),
  ).toBe(true)
  expect(editor.model().edges.map(({ id, count }) => [id, count])).toEqual([
    ['e1', 2],
    ['e2', 1],
  ])
  expect(editor.history().map(({ label }) => label)).toEqual(['Repair'])
  editor.undo()
  expect(editor.model()).toEqual(editorOf(ring).model())
})

test('a drawing that is open to look only stays as it is', () => {
  const editor = editorOf(ring)
  editor.readOnly = true
  expect(editor.whole.applyEdits('Repair', [{ do: 'remove', id: 'R2' }])).toBe(false)
  expect(editor.whole.reconcile('Edit the text', { nodes: [], edges: [] })).toBeNull()
  expect(editor.model().nodes).toHaveLength(4)
})

test('texts are kept in the document, covered by undo, and leave other sources alone', () => {
  const editor = editorOf(ring, { dot: 'digraph {}' })
  editor.whole.reconcile('Edit the text', ring, { sources: { text: '# mine' } })
  expect(editor.document().sources).toEqual({ dot: 'digraph {}', text: '# mine' })
  expect(editor.whole.source('text')).toBe('# mine')
  editor.whole.reconcile('Edit the text', ring, { sources: { text: null, dot: null } })
  expect(editor.document().sources).toBeUndefined()
  editor.undo()
  editor.undo()
  expect(editor.document().sources).toEqual({ dot: 'digraph {}' })
  expect(editor.whole.source('toString')).toBeNull()
})

test('a field beside nodes and edges is kept in the document, one entry for what is set in one go', () => {
  const editor = editorOf({ ...ring, other: 'kept' } as GraphModel)
  expect(editor.whole.field('weights')).toBeUndefined()
  for (const cpu of [2, 3]) expect(editor.whole.setField('Weigh', 'weights', { cpu }, 'weights')).toBe(true)
  expect(editor.document().model).toMatchObject({ weights: { cpu: 3 }, other: 'kept' })
  expect(editor.whole.field('weights')).toBe(editor.whole.field('weights'))
  expect(editor.history().map(({ label }) => label)).toContain('Weigh')
  editor.whole.setField('Weigh', 'weights', undefined)
  expect(editor.document().model).not.toHaveProperty('weights')
  editor.undo()
  expect(editor.whole.field('weights')).toEqual({ cpu: 3 })
  editor.undo()
  expect(editor.document().model).not.toHaveProperty('weights')
  expect(editor.model().nodes).toHaveLength(4)
  editor.readOnly = true
  expect(editor.whole.setField('Weigh', 'weights', {})).toBe(false)
  expect(editor.whole.field('weights')).toBeUndefined()
})

test('two nodes of one name are told apart by their ids, else by their order', () => {
  const twins: GraphModel = {
    nodes: ['a', 'b'].map((id) => ({ id, kind: 'process', name: 'P' })),
    edges: [],
  }
  const swapped = { ...twins, nodes: [...twins.nodes].reverse() }
  expect([...matchNodes(twins, swapped)]).toEqual([
    ['b', 'b'],
    ['a', 'a'],
  ])
  const others = { ...twins, nodes: ['x', 'y'].map((id) => ({ id, kind: 'process', name: 'P' })) }
  expect([...matchNodes(twins, others)]).toEqual([
    ['x', 'a'],
    ['y', 'b'],
  ])
})

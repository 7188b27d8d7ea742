// A tiny lab for tests of the editor kit, which knows no lab: cups hold water, pots give it to cups.
import type { DocumentEnvelope, EdgeRecord, NodeRecord } from '@contract/document.ts'
import type { LabModel } from '@contract/lab.ts'
import type { SceneNode } from '@contract/scene.ts'
import { z } from 'zod'
import { Editor } from '@page/editor/editor.ts'
import type { PointerInput } from '@page/editor/tools/tool.ts'

const Model = z.object({
  nodes: z.array(z.looseObject({ id: z.string(), kind: z.enum(['cup', 'pot']), name: z.string().min(1) })),
  edges: z.array(
    z.looseObject({
      id: z.string(),
      kind: z.enum(['pour', 'ask']),
      from: z.string(),
      to: z.string(),
      count: z.number(),
    }),
  ),
})

export const SIZE = 40

export const lab: LabModel = {
  id: 'kitchen',
  formats: [],
  schema: Model,
  nodeKinds: [
    {
      kind: 'cup',
      label: 'Cup',
      key: 'C',
      prefix: 'C',
      fields: [{ key: 'shelf', label: 'Shelf', type: 'integer', min: 1, max: 9, usual: 1 }],
      defaults: {},
    },
    {
      kind: 'pot',
      label: 'Pot',
      key: 'O',
      prefix: 'P',
      fields: [{ key: 'litres', label: 'Litres', type: 'integer', min: 1, max: 9 }],
      defaults: { litres: 1 },
    },
  ],
  edgeKinds: ['pour', 'ask'].map((kind) => ({ kind, label: kind, fields: [], defaults: { count: 1 } })),
  connect(from, to) {
    if (from.kind === to.kind) return { refused: `${from.name} cannot be connected with ${to.name}.` }
    return { kind: from.kind === 'pot' ? 'pour' : 'ask' }
  },
  merge: (edge) => ({ ...edge, count: Number(edge['count']) + 1 }),
  faults: ({ nodes, edges }) => {
    const ids = new Set(nodes.map(({ id }) => id))
    return edges.flatMap((edge, index) =>
      ids.has(edge.from) && ids.has(edge.to) ? [] : [{ path: ['edges', index], message: 'an end is missing' }],
    )
  },
  picture: (model, layout, marks) => ({
    nodes: model.nodes.map((node): SceneNode => ({
      id: node.id,
      kind: node.kind,
      x: layout.positions[node.id]?.x ?? 0,
      y: layout.positions[node.id]?.y ?? 0,
      width: SIZE,
      height: SIZE,
      outline: node.kind === 'cup' ? 'circle' : 'box',
      label: node.name,
      labelPlace: 'inside',
      sublabel: '',
      dots: [],
      mark: marks[node.id] ?? null,
    })),
    edges: model.edges.map((edge) => ({
      id: edge.id,
      kind: edge.kind,
      from: edge.from,
      to: edge.to,
      start: null,
      line: 'solid',
      arrow: 'open',
      label: '',
      bend: 0,
      mark: null,
    })),
  }),
}

export const emptyDocument: DocumentEnvelope = {
  format: 'interlock',
  version: 1,
  lab: 'kitchen',
  title: 'Test',
  model: { nodes: [], edges: [] },
  layout: { positions: {} },
  notes: [],
}

/** C1 (100,100), P1 (300,100), C2 (100,300), P2 (300,300); P1 pours into C1. */
export const fourNodes: DocumentEnvelope = {
  ...emptyDocument,
  model: {
    nodes: [
      { id: 'C1', kind: 'cup', name: 'C1' },
      { id: 'C2', kind: 'cup', name: 'C2' },
      { id: 'P1', kind: 'pot', name: 'P1', litres: 1 },
      { id: 'P2', kind: 'pot', name: 'P2', litres: 1 },
    ] satisfies NodeRecord[],
    edges: [{ id: 'e1', kind: 'pour', from: 'P1', to: 'C1', count: 1 }] satisfies EdgeRecord[],
  },
  layout: {
    positions: { C1: { x: 100, y: 100 }, C2: { x: 100, y: 300 }, P1: { x: 300, y: 100 }, P2: { x: 300, y: 300 } },
  },
}

export const open = (document: DocumentEnvelope = fourNodes, readOnly = false): Editor =>
  new Editor({ model: lab, document, readOnly })

export const bytes = (editor: Editor): string => JSON.stringify(editor.document())

type Extra = Partial<Omit<PointerInput, 'at'>>
const at = (x: number, y: number, extra: Extra = {}): PointerInput => ({
  at: { x, y },
  button: 0,
  shift: false,
  alt: false,
  ...extra,
})

/** Pointer input in screen pixels. Without a view the screen is the canvas. */
export function pointer(editor: Editor) {
  return {
    move: (x: number, y: number, extra?: Extra) => editor.input.move(at(x, y, extra)),
    down: (x: number, y: number, extra?: Extra) => editor.input.down(at(x, y, extra)),
    up: (x: number, y: number, extra?: Extra) => editor.input.up(at(x, y, extra)),
    double: (x: number, y: number) => editor.input.double(at(x, y)),
  }
}

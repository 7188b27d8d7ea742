// The kinds of records of a distributed system, and what it means to connect two of them.
import type { Connection, EdgeKind, NodeKind } from '../../../contract/lab.ts'
import type { EdgeRecord, NodeRecord } from '../../../contract/document.ts'
import { MAX_SIM_TIME } from '../../../contract/limits.ts'
import { texts } from './texts.ts'

const { kinds, flags } = texts
const integer = 'integer' as const

export const nodeKinds: readonly NodeKind[] = [
  {
    kind: 'node',
    label: kinds.node,
    key: 'P',
    prefix: 'P',
    fields: [
      { key: 'offset', label: kinds.offset, type: integer, min: -MAX_SIM_TIME, max: MAX_SIM_TIME, usual: 0 },
      { key: 'drift', label: kinds.drift, type: integer, min: -500_000, max: 500_000, usual: 0 },
      { key: 'part', label: kinds.part, type: integer, min: 1, max: 9, usual: 1 },
    ],
    flags: [
      { key: 'down', ...flags.down, letter: 'X' },
      { key: 'starts', ...flags.starts, letter: 'B' },
    ],
    defaults: {},
  },
]

export const edgeKinds: readonly EdgeKind[] = [
  {
    kind: 'link',
    label: kinds.link,
    undirected: true,
    fields: [
      { key: 'delay', label: kinds.delay, type: integer, min: 0, max: MAX_SIM_TIME, usual: 0 },
      { key: 'back', label: kinds.back, type: integer, min: 0, max: MAX_SIM_TIME, usual: 0 },
      { key: 'loss', label: kinds.loss, type: integer, min: 0, max: 100, usual: 0 },
    ],
    flags: [{ key: 'cut', ...flags.cut, letter: 'X' }],
    defaults: {},
  },
]

export function connect(from: NodeRecord, to: NodeRecord): Connection {
  return from.id === to.id ? { refused: texts.refusals.self(from.name) } : { kind: 'link' }
}

/** Two nodes are joined once. */
export const merge = (existing: EdgeRecord): EdgeRecord => existing

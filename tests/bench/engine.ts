// The engine on 100,000 processes, 100,000 types and 1,000,000 edges: a full verdict of ours (reduction, classes, one
// witness cycle for each component) beside what networkx needs for strongly connected components alone, same graph.
import { wholeGraph } from '../../src-main/labs/deadlock/engine/adjacency.ts'
import { analyse } from '../../src-main/labs/deadlock/engine/analysis.ts'
import { components } from '../../src-main/labs/deadlock/engine/components.ts'
import { type EdgeColumns, buildRag } from '../../src-main/labs/deadlock/engine/graph.ts'
import { createRandom } from '../../src-main/simulation/random.ts'
import { best, type Peer, print, pythonPeer, type Row } from './measure.ts'

const NODES = 100_000
const EDGES = 1_000_000
const REPEATS = 7

interface Input {
  total: Int32Array
  requested: EdgeColumns
  held: EdgeColumns
  /** "from to" for each edge; types follow the processes */
  ends: Int32Array
}

/** Half of the edges are requests, half assignments; each type has as many instances as are assigned, and at least one. */
function randomInput(seed: number): Input {
  const random = createRandom(seed)
  const half = EDGES / 2
  const columns = (): { process: Int32Array; resource: Int32Array; count: Int32Array } => {
    const pairs = new Set<number>()
    while (pairs.size < half) pairs.add(random.below(NODES) * NODES + random.below(NODES))
    const list = [...pairs]
    return {
      process: Int32Array.from(list, (pair) => Math.floor(pair / NODES)),
      resource: Int32Array.from(list, (pair) => pair % NODES),
      count: new Int32Array(half).fill(1),
    }
  }
  const requested = columns()
  const held = columns()
  const total = new Int32Array(NODES)
  for (const resource of held.resource) total[resource]! += 1
  const ends = new Int32Array(2 * EDGES)
  for (let edge = 0; edge < half; edge += 1) {
    ends.set([requested.process[edge]!, NODES + requested.resource[edge]!], 2 * edge)
    ends.set([NODES + held.resource[edge]!, held.process[edge]!], 2 * (half + edge))
  }
  return { total: total.map((units) => Math.max(1, units)), requested, held, ends }
}

const networkx = (ends: Int32Array): Peer =>
  pythonPeer('networkx', 'networkx-scc.py', new Uint8Array(ends.buffer), [String(2 * NODES)])

/** Bytes of the flat arrays of a built graph. */
function bytesOf(value: object): number {
  return Object.values(value).reduce<number>((sum, part: unknown) => {
    if (ArrayBuffer.isView(part)) return sum + part.byteLength
    return typeof part === 'object' && part !== null ? sum + bytesOf(part) : sum
  }, 0)
}

export async function bench(): Promise<Row[]> {
  const { total, requested, held, ends } = randomInput(20_26)
  const graph = buildRag(NODES, total, requested, held)
  const peer = networkx(ends)
  const full = best(() => analyse(buildRag(NODES, total, requested, held)), REPEATS)
  const judged = best(() => analyse(graph), REPEATS)
  const { deadlock, rings, reduction } = analyse(graph)
  const whole = wholeGraph(graph)
  const bare = best(() => components(whole), REPEATS)
  const found = components(whole).size.length
  const agreement =
    peer.found === null || peer.found === found
      ? `${found} components`
      : `${found} components, but networkx finds ${peer.found}`
  const row = (name: string, ours: number, note: string): Row => ({
    name,
    ours,
    peer: peer.milliseconds,
    ratio: peer.milliseconds === null ? null : ours / peer.milliseconds,
    unit: 'ms',
    note,
  })
  const outcome = `${deadlock === true ? 'deadlock' : 'no deadlock'}, ${reduction.order.length} finish, ${rings.length} rings`
  return [
    row(
      'full verdict, 1,000,000 edges',
      judged,
      `graph built already on both sides, best of 7, peer best of 2; ${outcome}; peer: components alone, ${peer.note}`,
    ),
    row('full verdict from edge lists', full, 'arrays built anew; the peer builds nothing'),
    row('components alone', bare, agreement),
    {
      name: 'memory per edge',
      ours: bytesOf(graph) / EDGES,
      peer: null,
      ratio: null,
      unit: 'bytes',
      note: 'arrays of the built graph, both directions and counts, nodes included',
    },
  ]
}

if (import.meta.main) print(await bench())

// Safety and detection on 5,000 processes and 500 types beside numpy, and the fewest victims of a deadlock of twenty.
import { type Dense, finishing } from '../../src-main/labs/deadlock/engine/dense.ts'
import { fewestVictims, leastCostVictims } from '../../src-main/labs/deadlock/engine/victims.ts'
import { createRandom } from '../../src-main/simulation/random.ts'
import { best, type Peer, print, pythonPeer, type Row } from './measure.ts'

const PROCESSES = 5_000
const TYPES = 500
const REPEATS = 5

/** In number order everybody wants all that is there by then of one type, so that they finish in a long row of steps. */
function longRow(seed: number): Dense {
  const random = createRandom(seed)
  const held = Int32Array.from({ length: PROCESSES * TYPES }, () => (random.below(10) === 0 ? 1 + random.below(3) : 0))
  const wanted = new Int32Array(PROCESSES * TYPES)
  const available = new Float64Array(TYPES).fill(3)
  const work = available.slice()
  // Everybody has a place in a hidden order, and wants at most what is there at its turn.
  const turns = Array.from({ length: PROCESSES }, (_, process) => process)
  for (let last = PROCESSES - 1; last > 0; last -= 1) {
    const other = random.below(last + 1)
    ;[turns[last], turns[other]] = [turns[other]!, turns[last]!]
  }
  for (const process of turns) {
    const row = process * TYPES
    const tight = random.below(TYPES)
    for (let type = 0; type < TYPES; type += 1) {
      wanted[row + type] = type === tight ? work[type]! : random.below(Math.min(work[type]!, 4) + 1)
    }
    for (let type = 0; type < TYPES; type += 1) work[type]! += held[row + type]!
  }
  return { processes: PROCESSES, types: TYPES, available, held, wanted }
}

/** Two nested rings of twenty processes with one unit of each of forty types. */
function twenty(): Dense {
  const [processes, types] = [20, 40]
  const held = new Int32Array(processes * types)
  const wanted = new Int32Array(processes * types)
  for (let process = 0; process < processes; process += 1) {
    held[process * types + process] = 1
    held[process * types + 20 + process] = 1
    wanted[process * types + ((process + 1) % 20)] = 1
    wanted[process * types + 20 + ((process * 7 + 3) % 20)] = 1
  }
  return { processes, types, available: new Float64Array(types), held, wanted }
}

function numpy({ available, held, wanted }: Dense): Peer {
  const numbers = [Int32Array.from(available), held, wanted].map((part) => Buffer.from(part.buffer))
  return pythonPeer('numpy', 'numpy-finishing.py', Buffer.concat(numbers), [String(PROCESSES), String(TYPES)])
}

export async function bench(): Promise<Row[]> {
  const state = longRow(20_26)
  const peer = numpy(state)
  const row = (name: string, scan: 'onward' | 'first'): Row => {
    const ours = best(() => finishing(state, scan), REPEATS)
    const { order } = finishing(state, scan)
    const same = peer.found === null || peer.found === order.length
    return {
      name,
      ours,
      peer: peer.milliseconds,
      ratio: peer.milliseconds === null ? null : ours / peer.milliseconds,
      unit: 'ms',
      note: `${order.length} finish${same ? '' : `, but ${peer.found} for the peer`}; best of ${REPEATS}, peer best of 2, ${peer.note}`,
    }
  }
  const ring = twenty()
  const victims = best(() => fewestVictims(ring), REPEATS)
  const costs = Array.from({ length: 20 }, (_, process) => 5 + ((process * 11) % 17))
  const cheapest = best(() => leastCostVictims(ring, costs), REPEATS)
  const bound = 1000
  return [
    row('safety, 5,000 x 500', 'onward'),
    row('detection, 5,000 x 500', 'first'),
    {
      name: 'fewest victims of 20 in a deadlock',
      ours: victims,
      peer: bound,
      ratio: victims / bound,
      unit: 'ms',
      note: `all sets of ${fewestVictims(ring).size}; beside it the bound of 1 s`,
    },
    {
      name: 'least-cost victims of 20',
      ours: cheapest,
      peer: bound,
      ratio: cheapest / bound,
      unit: 'ms',
      note: `${leastCostVictims(ring, costs).exact ? 'exact' : 'not exact'}; beside it the bound of 1 s`,
    },
  ]
}

if (import.meta.main) print(await bench())

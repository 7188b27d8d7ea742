// The operations on elections: each runs its algorithm on the network, and counts what was sent. The closed forms of
// textbooks are for the tests.
import type { Operation } from '../../../contract/lab.ts'
import { anything, readFields, readWhole } from '../../../contract/operation-input.ts'
import { algorithmOf } from '../algorithms/index.ts'
import type { DistributedModel } from '../model/schema.ts'
import { totalsOf } from '../network/outcome.ts'
import { setupOf } from '../network/setup.ts'
import { type Message, World } from '../network/world.ts'
import { gridDrawing, meshOf, ringDrawing } from './drawings.ts'
import { harmonicTimes } from './fractions.ts'
import { readIds, readLive, readSome } from './input.ts'

/** Most nodes along each side of a grid, and on a ring, that an operation runs: flooding sends n³ messages. */
const MOST_SIDE = 30
const MOST_NODES = 500

/** Plays a drawing to its end, and tells each message when it is sent. */
function play(model: DistributedModel, algorithm: string, onSent?: (message: Message, world: World) => void): World {
  const world = new World(setupOf(model, algorithmOf(algorithm), 1))
  while (world.step()) for (const message of world.last?.sent ?? []) onSent?.(message, world)
  return world
}

const sentOf = (world: World, kind: string): number => world.tallies.get(kind)?.sent ?? 0
const reached = (world: World, kind: string): number => world.tallies.get(kind)?.received ?? 0

function leaderOf(world: World, leader: (state: unknown) => unknown): number | null {
  const { setup, states, conditions } = world
  const live = conditions.findIndex((condition) => condition === 'up')
  const index = leader(states[live])
  return typeof index === 'number' ? (setup.selves[0]?.numbers[index] ?? null) : null
}
const named = (state: unknown): unknown => (state as { leader: number | null }).leader

export const bullyOperation: Operation<unknown, Record<string, unknown>> = {
  summary: 'Runs a Bully election and counts its messages.',
  input: anything(),
  help: [
    'Input:',
    '  ids         ids of all nodes, whole numbers, all different',
    '  crashed     ids of those that are crashed; [] when left out',
    '  initiator   id of the node that notices and begins',
    'Output:',
    '  ELECTION, OK, COORDINATOR   messages of each kind, those to crashed nodes among them',
    '  total                       messages of all kinds',
    '  withoutMessagesToCrashed    the same without those to crashed nodes',
    '  leader                      id of the node that all live ones take for the leader',
  ],
  example: {
    input: { ids: [1, 2, 3], crashed: [3], initiator: 1 },
    output: { ELECTION: 3, OK: 1, COORDINATOR: 2, total: 6, withoutMessagesToCrashed: 3, leader: 2 },
  },
  run(input) {
    const fields = readFields(input)
    const ids = readIds(fields['ids'], 'ids')
    const crashed = readSome(fields['crashed'], 'crashed', ids)
    const initiator = readLive(fields['initiator'], 'initiator', ids, crashed)
    const world = play(meshOf(ids, { crashed, starts: [initiator] }), 'bully')
    const { sent, toCrashed } = totalsOf(world)
    return {
      ELECTION: sentOf(world, 'ELECTION'),
      OK: sentOf(world, 'OK'),
      COORDINATOR: sentOf(world, 'COORDINATOR'),
      total: sent,
      withoutMessagesToCrashed: sent - toCrashed,
      leader: leaderOf(world, named),
    }
  },
}

export const ringOperation: Operation<unknown, Record<string, unknown>> = {
  summary: 'Runs the ring election with initiator and highest id, and lists its messages.',
  input: anything(),
  help: [
    'Input:',
    '  ring        ids in the order of the ring, all different',
    '  crashed     ids of those that are crashed and passed over; [] when left out',
    '  initiator   id of the node that notices and begins',
    'Output:',
    '  ELECTION, COORDINATOR, total   messages that arrive: a node that is passed over gets none',
    '  messages                       each as [kind, from, to, initiator, highest], in the order of sending',
    '  leader                         id of the elected node',
  ],
  example: {
    input: { ring: [2, 3, 1], crashed: [], initiator: 1 },
    output: {
      ELECTION: 3,
      COORDINATOR: 3,
      total: 6,
      messages: [
        ['ELECTION', 1, 2, 1, 1],
        ['ELECTION', 2, 3, 1, 2],
        ['ELECTION', 3, 1, 1, 3],
        ['COORDINATOR', 1, 2, 1, 3],
        ['COORDINATOR', 2, 3, 1, 3],
        ['COORDINATOR', 3, 1, 1, 3],
      ],
      leader: 3,
    },
  },
  run(input) {
    const fields = readFields(input)
    const ids = readIds(fields['ring'], 'ring')
    const crashed = readSome(fields['crashed'], 'crashed', ids)
    const initiator = readLive(fields['initiator'], 'initiator', ids, crashed)
    const messages: unknown[][] = []
    const number = (index: unknown): number => ids[index as number] ?? -1
    const world = play(ringDrawing(ids, { crashed, starts: [initiator] }), 'ring', ({ body, from, to }) => {
      if (crashed.includes(number(to))) return
      messages.push([body.kind, number(from), number(to), number(body['initiator']), number(body['highest'])])
    })
    const [election, coordinator] = [reached(world, 'ELECTION'), reached(world, 'COORDINATOR')]
    return {
      ELECTION: election,
      COORDINATOR: coordinator,
      total: election + coordinator,
      messages,
      leader: leaderOf(world, named),
    }
  },
}

export const changRobertsOperation: Operation<unknown, Record<string, unknown>> = {
  summary: 'Runs the Chang-Roberts election on a ring where all begin at once, and counts its messages.',
  input: anything(),
  help: [
    'Input:',
    '  ring               ids in the order of the ring, all different',
    'Output:',
    '  electionMessages   ELECTION messages',
    '  electedMessages    messages of the round in which the leader is announced',
    '  leader             id of the elected node',
  ],
  example: { input: { ring: [1, 2, 3] }, output: { electionMessages: 5, electedMessages: 3, leader: 3 } },
  run(input) {
    const ids = readIds(readFields(input)['ring'], 'ring')
    const world = play(ringDrawing(ids), 'chang-roberts')
    return {
      electionMessages: sentOf(world, 'ELECTION'),
      electedMessages: sentOf(world, 'ELECTED'),
      leader: leaderOf(world, named),
    }
  },
}

export const changRobertsAllRings: Operation<unknown, Record<string, unknown>> = {
  summary: 'How many ELECTION messages Chang-Roberts needs over all rings of a size.',
  input: anything(),
  help: [
    'Input:',
    '  n         how many nodes, 1 to 500; all begin at once',
    'Output, without the round in which the leader is announced:',
    '  best      2n - 1: ids grow along the ring',
    '  worst     n(n + 1) / 2: ids fall along the ring',
    '  average   n (1 + 1/2 + ... + 1/n) over all arrangements, as an exact fraction',
  ],
  example: { input: { n: 3 }, output: { best: 5, worst: 6, average: '11/2' } },
  run(input) {
    const n = readWhole(readFields(input)['n'], 'n', 1, MOST_NODES)
    return { best: 2 * n - 1, worst: (n * (n + 1)) / 2, average: harmonicTimes(n) }
  },
}

export const gridOperation: Operation<unknown, Record<string, unknown>> = {
  summary: 'Runs both elections on a grid and counts their messages.',
  input: anything(),
  help: [
    'Input:',
    '  rows, columns    size of the grid, 1 to 30 each',
    'Output:',
    '  rowColumnSweep   messages when maxima travel right along the rows, down the last column, and back',
    '  floodMax         messages when every node sends its maximum to all neighbours in each round',
    '  edges            links of the grid',
    '  diameter         longest distance between two nodes, in links',
  ],
  example: { input: { rows: 2, columns: 2 }, output: { rowColumnSweep: 6, floodMax: 16, edges: 4, diameter: 2 } },
  run(input) {
    const fields = readFields(input)
    const rows = readWhole(fields['rows'], 'rows', 1, MOST_SIDE)
    const columns = readWhole(fields['columns'], 'columns', 1, MOST_SIDE)
    const model = gridDrawing(rows, columns)
    return {
      rowColumnSweep: totalsOf(play(model, 'grid-sweep')).sent,
      floodMax: totalsOf(play(model, 'flood-max')).sent,
      edges: model.edges.length,
      diameter: rows + columns - 2,
    }
  },
}

// The generator of Banker tables: a state with declared maxima that is safe or unsafe by the way it is built, nobody
// asking for anything yet. Judges no state itself.
import { InterlockError } from '../../../contract/errors.ts'
import type { Generator } from '../../../contract/lab.ts'
import { type Random, createRandom } from '../../../simulation/random.ts'
import { generatorTexts } from '../model/generator-texts.ts'
import type { DeadlockModel } from '../model/schema.ts'

const words = generatorTexts.banker
const MOST_PROCESSES = 12
const MOST_TYPES = 6
/** tables made for one seed; the one in which most processes cannot go first is taken, being the least easy */
const TRIES = 24

interface Table {
  available: number[]
  /** by process, then by type */
  allocation: number[][]
  need: number[][]
}

export const bankerGenerator: Generator<DeadlockModel> = {
  id: 'banker',
  title: words.title,
  choices: [
    {
      key: 'state',
      label: words.state,
      options: [
        { value: 'safe', label: words.states.safe },
        { value: 'unsafe', label: words.states.unsafe },
      ],
    },
  ],
  fields: [
    { key: 'processes', label: words.processes, type: 'integer', min: 1, max: MOST_PROCESSES, usual: 4 },
    { key: 'types', label: words.types, type: 'integer', min: 1, max: MOST_TYPES, usual: 3 },
    { key: 'units', label: words.units, type: 'integer', min: 4, max: 99, usual: 9 },
  ],
  make(values, seed) {
    const [processes, types, units] = [values['processes'], values['types'], values['units']].map(Number) as [
      number,
      number,
      number,
    ]
    const unsafe = values['state'] === 'unsafe'
    if (unsafe && processes < 2) throw new InterlockError('bad-input', words.alone, { at: 'processes' })
    const random = createRandom(seed)
    let best: Table | null = null
    for (let made = 0; made < TRIES; made += 1) {
      const table = (unsafe ? unsafeTable : safeTable)(processes, types, units, random)
      if (best === null || waitingAtFirst(table) > waitingAtFirst(best)) best = table
    }
    return { ...drawingOf(best!), title: words.drawing(seed) }
  },
}

const waitingAtFirst = ({ need, available }: Table): number =>
  need.filter((row) => row.some((units, type) => units > available[type]!)).length

/** What each process holds, between nothing and about an even share, so that some units of each type are left. */
function hand(processes: number, types: number, units: number, random: Random): Table {
  const available = Array.from({ length: types }, () => Math.ceil(units / 2) + random.below(Math.floor(units / 2) + 1))
  const share = available.map((all) => Math.max(1, Math.floor((2 * all) / (processes + 1))))
  const allocation = Array.from({ length: processes }, () =>
    available.map((free, type) => {
      const held = Math.min(free, random.below(share[type]! + 1))
      available[type] = free - held
      return held
    }),
  )
  return { available, allocation, need: allocation.map((row) => row.map(() => 0)) }
}

/** Safe by construction: in an order drawn by lot, nobody needs more than what is free when its turn comes. */
function safeTable(processes: number, types: number, units: number, random: Random): Table {
  const table = hand(processes, types, units, random)
  const work = [...table.available]
  for (const process of shuffled(processes, random)) finish(table, process, work, random)
  return table
}

/** Unsafe by construction: some finish as above; each of the others needs more of a type than they leave over. */
function unsafeTable(processes: number, types: number, units: number, random: Random): Table {
  const table = hand(processes, types, units, random)
  const order = shuffled(processes, random)
  const stuck = order.slice(0, 2 + random.below(processes - 1))
  const short = random.below(types)
  lend(table, stuck, short)
  const work = [...table.available]
  for (const process of order.slice(stuck.length)) finish(table, process, work, random)
  for (const process of stuck) {
    const held = table.allocation[process]!
    table.need[process] = held.map((_, type) => {
      const others = stuck.reduce((sum, other) => sum + (other === process ? 0 : table.allocation[other]![type]!), 0)
      return type === short ? work[type]! + 1 + random.below(others) : random.below(work[type]! + others + 1)
    })
  }
  return table
}

/** Two of them hold a unit of the type, free or taken from somebody else. */
function lend({ available, allocation }: Table, stuck: readonly number[], type: number): void {
  const two = stuck.slice(0, 2)
  for (const process of two) {
    if (allocation[process]![type]! > 0) continue
    const giver = allocation.findIndex((row, other) => row[type]! > (two.includes(other) ? 1 : 0))
    if (available[type]! > 0) available[type]! -= 1
    else allocation[giver]![type]! -= 1
    allocation[process]![type] = 1
  }
}

/** Gives a process a need that fits what is free, and then gives back what it holds. A need of nothing is avoided. */
function finish({ allocation, need }: Table, process: number, work: number[], random: Random): void {
  const row = work.map((free) => random.below(free + 1))
  const most = work.indexOf(Math.max(...work))
  if (!row.some((units) => units > 0)) row[most] = Math.min(1, work[most]!)
  need[process] = row
  allocation[process]!.forEach((held, type) => (work[type]! += held))
}

function shuffled(length: number, random: Random): number[] {
  const left = Array.from({ length }, (_, index) => index)
  return Array.from({ length }, () => left.splice(random.below(left.length), 1)[0]!)
}

const APART = { process: 170, type: 230 }
const HEIGHT = 280

/** Processes in a row, types in a row below, nodes called as in the tables of the books. */
function drawingOf({ available, allocation, need }: Table): ReturnType<typeof withPlaces> {
  const type = (index: number): string => 'ABCDEF'[index]!
  const nodes: DeadlockModel['nodes'] = [
    ...allocation.map((_, index) => ({ id: `P${index}`, kind: 'process' as const, name: `P${index}` })),
    ...available.map((free, index) => ({
      id: type(index),
      kind: 'resource' as const,
      name: type(index),
      instances: allocation.reduce((sum, row) => sum + row[index]!, free),
    })),
  ]
  const edges: DeadlockModel['edges'] = []
  allocation.forEach((row, process) =>
    row.forEach((held, index) => {
      const [from, to] = [`P${process}`, type(index)]
      const id = (): string => `e${edges.length + 1}`
      if (held > 0) edges.push({ id: id(), kind: 'assignment', from: to, to: from, count: held })
      const most = held + need[process]![index]!
      if (most > 0) edges.push({ id: id(), kind: 'claim', from, to, count: most })
    }),
  )
  return withPlaces({ nodes, edges }, allocation.length, available.length)
}

function withPlaces(model: DeadlockModel, processes: number, types: number) {
  const width = Math.max(processes * APART.process, types * APART.type)
  const positions = Object.fromEntries(
    model.nodes.map(({ id, kind }, index) => {
      const [place, all] = kind === 'process' ? [index, processes] : [index - processes, types]
      return [id, { x: Math.round(((place + 0.5) * width) / all), y: kind === 'process' ? 80 : 80 + HEIGHT }]
    }),
  )
  return { model, layout: { positions } }
}

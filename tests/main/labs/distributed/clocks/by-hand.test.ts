// Runs that are drawn by hand: the clocks of nodes against reachability in the graph of events, worked out here by brute
// force; what is offered and what is refused; the plan; lines of a script that read back as they were.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InterlockError } from '../../../../../src-main/contract/errors.ts'
import type { TraceEvent } from '../../../../../src-main/contract/run.ts'
import { byHand } from '../../../../../src-main/labs/distributed/algorithms/clocks/by-hand.ts'
import { bully } from '../../../../../src-main/labs/distributed/algorithms/election/bully.ts'
import { distributed } from '../../../../../src-main/labs/distributed/index.ts'
import { DistributedModel, type PlanEntry } from '../../../../../src-main/labs/distributed/model/schema.ts'
import type { NetworkEvent } from '../../../../../src-main/labs/distributed/simulations/events.ts'
import { type NetworkState, networkSimulation } from '../../../../../src-main/labs/distributed/simulations/network.ts'
import { meshOf } from '../playing.ts'

const simulation = networkSimulation(byHand)
const drawing = (plan: PlanEntry[] = [], more: Partial<DistributedModel> = {}): DistributedModel =>
  meshOf(3, { algorithm: 'by-hand', plan, ...more })

/** An event of a node, with the nodes and messages of the trace alone. */
interface Vertex {
  lane: string
  causes: number[]
}

/** What happened in nodes, as a graph: each event points at the one before on its lane and at the sending it received. */
class Graph {
  readonly events: Vertex[] = []
  readonly #last = new Map<string, number>()
  readonly #sent = new Map<string, number>()

  add(trace: TraceEvent): boolean {
    const { lane, kind, message, sends } = trace
    if (lane === null || ['lost', 'delay', 'copy', 'cut', 'mend'].includes(kind)) return false
    const before = this.#last.get(lane)
    const cause = kind === 'receive' ? this.#sent.get(message ?? '') : undefined
    this.events.push({ lane, causes: [before, cause].filter((one) => one !== undefined) })
    this.#last.set(lane, this.events.length - 1)
    for (const one of sends) this.#sent.set(one.message, this.events.length - 1)
    return true
  }

  /** all events from which one can be reached, itself included */
  past(event: number): Set<number> {
    const found = new Set([event])
    for (const one of found) for (const cause of this.events[one]?.causes ?? []) found.add(cause)
    return found
  }

  longest(event: number): number {
    return 1 + Math.max(0, ...(this.events[event]?.causes ?? []).map((cause) => this.longest(cause)))
  }

  vector(event: number, lanes: readonly string[]): number[] {
    const past = [...this.past(event)]
    return lanes.map((lane) => past.filter((one) => this.events[one]?.lane === lane).length)
  }

  /** by lane, the vector of its latest event in the past */
  matrix(event: number, lanes: readonly string[]): number[][] {
    const past = [...this.past(event)]
    return lanes.map((lane) => {
      const latest = Math.max(-1, ...past.filter((one) => this.events[one]?.lane === lane))
      return latest < 0 ? lanes.map(() => 0) : this.vector(latest, lanes)
    })
  }
}

const lanes = ['P1', 'P2', 'P3']
const written = (vector: readonly number[]): string => `(${vector.join(',')})`
const cellsOf = (state: NetworkState, lane: string): string[] =>
  simulation
    .view(state)
    .table.rows.find(({ id }) => id === lane)
    ?.cells.slice(0, 3) ?? []

function play(model: DistributedModel, events: readonly NetworkEvent[]): NetworkState {
  return events.reduce((state, event) => simulation.apply(state, event), simulation.init(model, 1))
}

/** Lets all come that comes by itself, and checks each step. */
function playOut(model: DistributedModel, each: (state: NetworkState) => void = () => undefined): NetworkState {
  let state = simulation.init(model, 1)
  for (let count = 0; count < 500; count += 1) {
    const event = simulation.pick?.(state, { below: () => 0 } as never)
    if (event === undefined) return state
    state = simulation.apply(state, event)
    each(state)
  }
  throw new Error('no end')
}

const code = (body: () => unknown): string => {
  try {
    body()
  } catch (error) {
    if (error instanceof InterlockError) return error.code
    throw error
  }
  return 'nothing thrown'
}

describe('the clocks of a run by hand', () => {
  it('are those of reachability, whatever a person chooses and whatever breaks', () => {
    let [events, received] = [0, 0]
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { maxLength: 30, size: 'max' }), fc.boolean(), (choices, overtaking) => {
        const graph = new Graph()
        let state = simulation.init(drawing([], { network: { overtaking } }), 1)
        for (const choice of choices) {
          const possible = simulation.enabled(state)
          // By chance alone few messages would arrive among all else that can happen.
          const arriving = possible.filter(({ do: what }) => what === 'arrive')
          const among = choice % 2 === 0 && arriving.length > 0 ? arriving : possible
          state = simulation.apply(state, among[(choice >> 1) % among.length]!)
          const trace = simulation.trace!(state)!
          if (!graph.add(trace)) continue
          const event = graph.events.length - 1
          expect(cellsOf(state, trace.lane ?? '')).toEqual([
            String(graph.longest(event)),
            written(graph.vector(event, lanes)),
            graph.matrix(event, lanes).map(written).join(' '),
          ])
          events += 1
          received += trace.kind === 'receive' ? 1 : 0
        }
      }),
      { numRuns: 150 },
    )
    expect(events).toBeGreaterThan(500)
    expect(received).toBeGreaterThan(100)
  })

  it('are the published ones where a message goes round', () => {
    const stamps: string[][] = []
    const sends = (at: number, from: string, to: string): PlanEntry => ({ do: 'send', at, from, to })
    const model = drawing([sends(10, 'P1', 'P2'), sends(30, 'P2', 'P3'), sends(50, 'P3', 'P1')])
    playOut(model, (state) => {
      const { lane } = simulation.trace!(state)!
      stamps.push(cellsOf(state, lane ?? '').slice(0, 2))
    })
    expect(stamps).toEqual([
      ['1', '(1,0,0)'],
      ['2', '(1,1,0)'],
      ['3', '(1,2,0)'],
      ['4', '(1,2,1)'],
      ['5', '(1,2,2)'],
      ['6', '(2,2,2)'],
    ])
  })

  it('go on where they were when a node comes back', () => {
    const act: NetworkEvent = { do: 'act', node: 'P1' }
    const state = play(drawing(), [act, act, { do: 'crash', node: 'P1' }, { do: 'recover', node: 'P1' }, act])
    expect(cellsOf(state, 'P1').slice(0, 2)).toEqual(['5', '(5,0,0)'])
  })

  it('are not shown where a class is to work them out', () => {
    const state = play(drawing([], { settings: { clocks: 0 } }), [{ do: 'send', from: 'P1', to: 'P2' }])
    expect(cellsOf(state, 'P1')).toEqual(['–', '–', '–'])
    expect(simulation.view(state).model.said).toEqual({})
    expect(simulation.trace!(state)?.sends[0]?.detail).toBe('')
  })
})

describe('what a person can choose', () => {
  it('is something in each node, and a message to each neighbour', () => {
    const model = { ...drawing(), edges: [{ id: 'e', kind: 'link' as const, from: 'P1', to: 'P2' }] }
    const offered = simulation
      .enabled(simulation.init(model, 1))
      .filter(({ do: what }) => ['act', 'send'].includes(what))
    expect(offered).toEqual([
      { do: 'act', node: 'P1' },
      { do: 'send', from: 'P1', to: 'P2' },
      { do: 'act', node: 'P2' },
      { do: 'send', from: 'P2', to: 'P1' },
      { do: 'act', node: 'P3' },
    ])
  })

  it('is a message to anybody where no links are drawn', () => {
    const sends = simulation
      .enabled(simulation.init({ ...drawing(), edges: [] }, 1))
      .filter(({ do: what }) => what === 'send')
    expect(sends).toHaveLength(6)
  })

  it('is offered at the node that does it', () => {
    const state = simulation.init(drawing(), 1)
    expect(simulation.describe({ do: 'send', from: 'P2', to: 'P3' }, state)).toEqual({
      text: 'P2 sends to P3',
      lights: ['P2'],
    })
  })

  it('is never chosen by the run itself', () => {
    expect(simulation.pick?.(simulation.init(drawing(), 1), { below: () => 0 } as never)).toBeUndefined()
    const other = networkSimulation(bully)
    const kinds = other.enabled(other.init(meshOf(3), 1)).map(({ do: what }) => what)
    expect(kinds).not.toContain('act')
    expect(kinds).not.toContain('send')
  })

  it('is not offered by a node that does not run', () => {
    const state = play(drawing(), [{ do: 'crash', node: 'P1' }])
    expect(simulation.enabled(state)).not.toContainEqual({ do: 'act', node: 'P1' })
    expect(code(() => simulation.apply(state, { do: 'act', node: 'P1' }))).toBe('bad-event')
  })

  it('is refused where it cannot be', () => {
    const state = simulation.init(drawing(), 1)
    expect(code(() => simulation.apply(state, { do: 'send', from: 'P1', to: 'P1' }))).toBe('bad-event')
    expect(code(() => simulation.apply(state, { do: 'send', from: 'P1', to: 'P9' }))).toBe('bad-event')
    const other = networkSimulation(bully)
    expect(code(() => other.apply(other.init(meshOf(3), 1), { do: 'act', node: 'P1' }))).toBe('bad-event')
  })

  it('names messages by their number where nobody names them', () => {
    const state = play(drawing(), [
      { do: 'send', from: 'P1', to: 'P2' },
      { do: 'send', from: 'P3', to: 'P1', label: 'hello' },
    ])
    expect(
      simulation
        .enabled(state)
        .slice(0, 2)
        .map((event) => simulation.describe(event, state).text),
    ).toEqual(['P2 gets m1 from P1: 1 · (1,0,0)', 'P1 gets hello from P3: 1 · (0,0,1) (m2)'])
  })

  it('takes a moment, so that events stand apart on an axis of time', () => {
    const act: NetworkEvent = { do: 'act', node: 'P1' }
    const first = play(drawing(), [act])
    const second = simulation.apply(first, act)
    expect(simulation.trace!(second)!.at).toBeGreaterThan(simulation.trace!(first)!.at)
  })
})

describe('the plan', () => {
  const arrivals = (model: DistributedModel): [string, number][] => {
    const found: [string, number][] = []
    playOut(model, (state) => {
      const { kind, message = '', at } = simulation.trace!(state)!
      if (kind === 'receive') found.push([message, at])
    })
    return found
  }
  const send = (at: number, more: { takes?: number; to?: string } = {}): PlanEntry => ({
    ...{ do: 'send' as const, at, from: 'P1', to: 'P2' },
    ...more,
  })

  it('lets a message take the time of its way, or its own', () => {
    expect(arrivals(drawing([send(5), send(20, { takes: 70, to: 'P3' })]))).toEqual([
      ['m1', 15],
      ['m2', 90],
    ])
  })

  it('lets a message overtake where the network does, and wait where it does not', () => {
    const plan = [send(5, { takes: 90 }), send(10, { takes: 5 })]
    expect(arrivals(drawing(plan))).toEqual([
      ['m1', 95],
      ['m2', 95],
    ])
    expect(arrivals(drawing(plan, { network: { overtaking: true } }))).toEqual([
      ['m2', 15],
      ['m1', 95],
    ])
  })

  it('is told in the verdict with its clocks', () => {
    const { word, sentence, evidence } = distributed.verdict(
      drawing([{ do: 'act', at: 1, node: 'P3', label: 'x = 1' }, send(2)]),
    )
    expect(word).toBe('3 events')
    expect(sentence).toBe('1 message in 12 ms. Of 3 pairs of events 2 are concurrent.')
    expect(evidence[0]?.items.map(({ text, detail }) => [text, detail])).toEqual([
      ['P3: x = 1', 'Lamport 1, vector (0,0,1), at 1 ms'],
      ['P1 sends m1 to P2', 'Lamport 1, vector (1,0,0), at 2 ms'],
      ['P2 gets m1 from P1', 'Lamport 2, vector (1,1,0), at 12 ms'],
    ])
    expect(distributed.verdict(drawing()).word).toBe('Nothing yet')
  })

  it('has nodes do nothing where an algorithm says what they do', () => {
    const plan: PlanEntry[] = [{ do: 'act', at: 1, node: 'P3' }, send(2)]
    const alone = distributed.verdict(meshOf(3, { algorithm: 'bully' }))
    const planned = distributed.verdict(meshOf(3, { algorithm: 'bully', plan }))
    expect(planned.sentence).toBe(alone.sentence)
    expect(planned.diagnostics.map(({ severity, sentence }) => [severity, sentence])).toEqual([
      ['warning', '2 entries of the plan have nodes do something, which only a run by hand does.'],
    ])
  })

  it('warns of a message of a node to itself', () => {
    expect(distributed.diagnose(drawing([send(2, { to: 'P1' })])).map(({ severity }) => severity)).toEqual(['warning'])
  })

  it.each(['', ' a', 'a ', 'two\nlines', 'a #b', '#a', 'x'.repeat(41)])('has no name such as %j', (label) => {
    const plan = [{ do: 'act', at: 0, node: 'P1', label }]
    expect(DistributedModel.safeParse({ ...drawing(), plan }).success).toBe(false)
  })

  it('is played once where a person takes an entry first', () => {
    const model = drawing([{ do: 'act', at: 40, node: 'P1', label: 'a' }])
    const state = play(model, [{ do: 'act', node: 'P1', label: 'a' }])
    expect(simulation.trace!(state)).toMatchObject({ at: 40, label: 'a' })
    expect(simulation.pick?.(state, { below: () => 0 } as never)).toBeUndefined()
  })
})

describe('lines of a script', () => {
  const label = fc.oneof(
    fc.constantFrom('a', 'x = 1', 'f(x)', 'to P2: y', 'sends to P3', 'a#b', '"', 'm1 arrives'),
    fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
  )
  const isLabel = (text: string): boolean =>
    DistributedModel.safeParse({ ...drawing(), plan: [{ do: 'act', at: 0, node: 'P1', label: text }] }).success
  const doing = fc
    .tuple(fc.constantFrom('act', 'send'), fc.constantFrom(0, 1, 2), fc.constantFrom(1, 2), fc.option(label))
    .map(([what, from, by, said]): NetworkEvent => {
      const named = said !== null && isLabel(said) ? { label: said } : {}
      return what === 'act'
        ? { do: 'act', node: lanes[from]!, ...named }
        : { do: 'send', from: lanes[from]!, to: lanes[(from + by) % 3]!, ...named }
    })

  it('read back as they were written', () => {
    const state = simulation.init(drawing(), 1)
    fc.assert(
      fc.property(doing, (event) => {
        expect(simulation.read!(simulation.write!(event, state), state)).toEqual(event)
      }),
      { numRuns: 400 },
    )
  })

  it('tell of a message with any name so that they read back', () => {
    fc.assert(
      fc.property(label.filter(isLabel), (said) => {
        const state = play(drawing(), [{ do: 'send', from: 'P1', to: 'P2', label: said }])
        for (const event of simulation.enabled(state)) {
          expect(simulation.read!(simulation.write!(event, state), state)).toEqual(event)
        }
      }),
    )
  })

  it('are plain sentences', () => {
    const state = simulation.init(drawing(), 1)
    const write = (event: NetworkEvent): string => simulation.write!(event, state)
    expect(write({ do: 'act', node: 'P1' })).toBe('P1 does something')
    expect(write({ do: 'act', node: 'P1', label: 'x = 1' })).toBe('P1 does: x = 1')
    expect(write({ do: 'send', from: 'P1', to: 'P3' })).toBe('P1 sends to P3')
    expect(write({ do: 'send', from: 'P1', to: 'P3', label: 'm7' })).toBe('P1 sends to P3: m7')
  })

  it.each(['P1 sends to P9', 'P9 does something', `P1 does: ${'x'.repeat(41)}`])('refuse %s', (line) => {
    expect(code(() => simulation.read!(line, simulation.init(drawing(), 1)))).toBe('bad-input')
  })
})

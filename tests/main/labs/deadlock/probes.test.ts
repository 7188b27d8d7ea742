// Edge-chasing probes: whoever is on a cycle finds it out, nobody else does, whatever the order of the messages.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InterlockError } from '../../../../src-main/contract/errors.ts'
import type { DeadlockModel } from '../../../../src-main/labs/deadlock/model/schema.ts'
import { probesOperation } from '../../../../src-main/labs/deadlock/operations/probes.ts'
import {
  type ProbeEvent,
  type ProbesState,
  firstProbeEvent,
  probes,
} from '../../../../src-main/labs/deadlock/simulations/probes.ts'
import { createRun } from '../../../../src-main/simulation/run.ts'
import { draw } from './drawing.ts'
import { onCycle, placed, singleUnits, waitsOf } from './sites.ts'

const messageOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof InterlockError) return `${error.code}: ${error.message}`
    throw error
  }
  return 'no error'
}

const keyOf = ({ probes: { started, underway, reached, declared } }: ProbesState): string =>
  JSON.stringify([
    [...started].sort(),
    underway.map(({ initiator, from, to }) => `${initiator} ${from} ${to}`).sort(),
    [...reached].map(([initiator, by]) => [initiator, [...by.keys()].sort()]).sort(),
    [...declared.keys()].sort(),
  ])

/** Every state that some order of events leads to; `visit` sees each, and whether it is a last one. */
function everyOrder(
  model: DeadlockModel,
  allowed: (event: ProbeEvent) => boolean,
  visit: (state: ProbesState, last: boolean) => void,
): void {
  const seen = new Set<string>()
  const open = [probes.init(model, 0)]
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const possible = probes.enabled(state).filter(allowed)
    visit(state, possible.length === 0)
    for (const event of possible) {
      const next = probes.apply(state, event)
      const key = keyOf(next)
      if (!seen.has(key)) open.push(next)
      seen.add(key)
    }
  }
}

const declaredIn = ({ drawing, probes: { declared } }: ProbesState): string[] =>
  drawing.processes.filter((_, process) => declared.has(process)).map(({ id }) => id)

function sentOnce({ probes: { messages } }: ProbesState, model: DeadlockModel): void {
  const siteOf = new Map(model.nodes.flatMap((node) => (node.kind === 'process' ? [[node.id, node.site]] : [])))
  const waits = waitsOf(model)
  const pairs = [...siteOf.keys()].flatMap((from) => [...new Set(waits(from))].map((to) => [from, to] as const))
  const between = pairs.filter(([from, to]) => siteOf.get(from) !== siteOf.get(to)).length
  expect(messages).toBeLessThanOrEqual(between * siteOf.size)
}

describe('probes over sites', () => {
  test('in every order of starts and messages exactly the processes on a cycle find themselves deadlocked', () => {
    fc.assert(
      fc.property(singleUnits(3, 3, 3), (model) => {
        const cycle = onCycle(model)
        everyOrder(
          model,
          () => true,
          (state, last) => {
            if (last) expect(declaredIn(state)).toEqual(cycle)
            else expect(cycle).toEqual(expect.arrayContaining(declaredIn(state)))
            sentOnce(state, model)
          },
        )
      }),
      { numRuns: 500 },
    )
  })

  test('the same for one initiator at a time in larger drawings', () => {
    fc.assert(
      fc.property(singleUnits(5, 5, 3), (model) => {
        const cycle = onCycle(model)
        for (const { id, kind } of model.nodes) {
          if (kind !== 'process') continue
          const own = (event: ProbeEvent): boolean => event.type === 'deliver' || event.process === id
          everyOrder(model, own, (state, last) => {
            if (last) expect(declaredIn(state)).toEqual(cycle.includes(id) ? [id] : [])
          })
        }
      }),
      { numRuns: 500 },
    )
  })

  const three = placed(
    draw(['P1', 'P2', 'P3', 'P4'], { R1: 1, R2: 1, R3: 1 }, [
      'R1>P1',
      'R2>P2',
      'R3>P3',
      'P1>R2',
      'P2>R3',
      'P3>R1',
      'P4>R1',
    ]),
    [1, 1, 2, 3],
  )

  test('tells what a probe does within a site and between sites', () => {
    const run = createRun(probes, three, 1)
    const { steps, problem } = run.read(0, [
      'P1 starts a probe',
      'P3 receives the probe of P1 from P2',
      'P1 receives the probe of P1 from P3',
    ])
    expect(problem).toBeNull()
    expect(steps.map((step) => step?.text)).toEqual([
      'P1 starts a probe; it reaches P2 on the same site without a message and is sent to P3 on site 2',
      'P3 gets P1’s probe from P2; it is sent to P1 on site 1',
      'P1 is deadlocked: its probe comes back from P3',
    ])
    expect(steps[2]?.finding).toEqual({
      mark: 'ring',
      holds: false,
      what: 'deadlock',
      sentence: 'Deadlock: P1’s probe came back to it through P2 and P3, so P1 waits for itself.',
    })
    const { table, marks, status } = run.stateAt(1)
    expect(table.rows.map(({ label, cells }) => [label, ...cells])).toEqual([
      ['P1', '1', 'P2', '–', '–', '–'],
      ['P2', '1', 'P3', 'P1', '–', '–'],
      ['P3', '2', 'P1', '–', 'P1 from P2', '–'],
      ['P4', '3', 'P1', '–', '–', '–'],
    ])
    expect(marks).toEqual({ P1: 'behind', P2: 'behind', P3: 'behind', P4: 'behind' })
    expect(status).toBe('1 probe on the way. 1 message sent of at most 3: one for each wait between two sites.')
    const lit = Object.entries(run.stateAt(3).marks).flatMap(([id, mark]) => (mark === 'ring' ? [id] : []))
    expect(lit.sort()).toEqual(['P1', 'R1', 'R2', 'R3', 'e1', 'e2', 'e3', 'e4', 'e5', 'e6'])
    expect(run.stateAt(3).marks).toMatchObject({ P2: 'behind', P3: 'behind', P4: 'behind' })
  })

  test('says at the end who is on no ring', () => {
    const run = createRun(probes, three, 1)
    let last = 0
    for (let played = run.generate(0, 200, 7); played.length > 0; played = run.generate(last, 200, 7)) {
      last = played.at(-1)!.step
    }
    expect(run.stateAt(last).status).toMatch(
      /^Deadlocked: P1, P2 and P3\. P4 waits behind\. \d+ messages of at most 12\.$/,
    )
    expect(run.stateAt(last).possible).toEqual([])
  })

  test('a ring within one site is found without a message', () => {
    const model = draw(['P1', 'P2'], { R1: 1, R2: 1 }, ['R1>P1', 'R2>P2', 'P1>R2', 'P2>R1'])
    const run = createRun(probes, model, 1)
    const step = run.apply(0, { type: 'start', process: 'P1' })
    expect(step.text).toBe(
      'P1 starts a probe; it reaches P2 on the same site without a message and comes back to P1, which is deadlocked',
    )
    expect(step.finding?.holds).toBe(false)
  })

  test('the first event that is offered is the one that the operation takes', () => {
    fc.assert(
      fc.property(singleUnits(4, 4, 3), (model) => {
        let state = probes.init(model, 0)
        for (let event = firstProbeEvent(state); event !== undefined; event = firstProbeEvent(state)) {
          expect(probes.enabled(state)[0]).toEqual(event)
          state = probes.apply(state, event)
        }
        expect(probes.enabled(state)).toEqual([])
      }),
      { numRuns: 100 },
    )
  })

  test('every line is read as the event that it was written for', () => {
    const model = {
      ...three,
      nodes: three.nodes.map((node) => ({ ...node, name: node.id === 'P1' ? 'the probe' : node.name })),
    }
    let state = probes.init(model, 0)
    for (let event = probes.enabled(state).at(-1); event !== undefined; event = probes.enabled(state).at(-1)) {
      expect(probes.read!(probes.write!(event, state), state)).toEqual(event)
      state = probes.apply(state, event)
    }
  })

  test('refuses what cannot be, with the reason', () => {
    const several = draw(['P1'], { R1: 2 }, [])
    expect(messageOf(() => createRun(probes, several, 1))).toMatch(/^bad-input: R1 has 2 units\. .*give R1 one unit/)
    const twice = draw(['P1', 'P2'], { R1: 1 }, ['R1>P1', 'R1>P2'])
    expect(messageOf(() => createRun(probes, twice, 1))).toMatch(/^bad-input: R1 has one unit, and 2 are assigned/)
    const free = draw(['P1', 'P2'], { R1: 1 }, ['R1>P1', 'P2>R1'])
    const run = createRun(probes, free, 1)
    expect(messageOf(() => run.apply(0, { type: 'start', process: 'P1' }))).toMatch(/^bad-event: P1 waits for nobody/)
    run.apply(0, { type: 'start', process: 'P2' })
    expect(messageOf(() => run.apply(1, { type: 'start', process: 'P2' }))).toMatch(/^bad-event: P2 has started/)
    const ghost = { type: 'deliver', initiator: 'P2', from: 'P1', to: 'P2' }
    expect(messageOf(() => run.apply(1, ghost))).toMatch(/^bad-event: No probe of P2 is on its way from P1 to P2/)
    expect(messageOf(() => run.apply(1, { ...ghost, to: 'P9' }))).toMatch(/^bad-event: There is no process/)
    expect(run.read(1, ['P2 begins']).problem?.message).toMatch(/^A line says who starts or receives/)
  })
})

describe('deadlock.probes', () => {
  const graph = {
    processes: ['P1', 'P2', 'P3'],
    resources: { R1: 1, R2: 1 },
    assignment: ['R1>P1', 'R2>P2'],
    request: ['P1>R2', 'P2>R1', 'P3>R1'],
  }

  test('counts the messages that a ring over two sites costs', () => {
    expect(probesOperation.run({ ...graph, site: { P2: 2, P3: 2 } })).toMatchObject({
      declared: ['P1', 'P2'],
      waits: ['P1>P2', 'P2>P1', 'P3>P1'],
      messages: 7,
      atMost: 9,
      underway: 0,
    })
    expect(probesOperation.run(graph)).toMatchObject({ declared: ['P1', 'P2'], messages: 0, atMost: 0 })
  })

  test('plays a script and leaves the rest on its way', () => {
    const output = probesOperation.run({ ...graph, site: { P2: 2 }, script: '# only one\nP1 starts a probe' })
    expect(output).toMatchObject({ declared: [], messages: 1, atMost: 2, underway: 1 })
    expect(output.steps).toHaveLength(1)
  })

  test('stops where everybody waits for everybody and the messages are too many', () => {
    const names = Array.from({ length: 60 }, (_, index) => `P${index}`)
    const all = {
      processes: names,
      resources: Object.fromEntries(names.map((_, index) => [`R${index}`, 1])),
      assignment: names.map((name, index) => `R${index}>${name}`),
      request: names.flatMap((name, p) => names.flatMap((_, r) => (p === r ? [] : [`${name}>R${r}`]))),
      site: Object.fromEntries(names.map((name, index) => [name, index + 1])),
    }
    expect(messageOf(() => probesOperation.run(all))).toMatch(/^too-large: More than 100,000 events are needed/)
  })

  test('refuses what it does not understand and names the place', () => {
    const run = (change: object) => messageOf(() => probesOperation.run({ ...graph, ...change }))
    expect(run({ site: { P4: 1 } })).toMatch(/^bad-input: site\.P4: there is no process called P4/)
    expect(run({ site: { P1: 0 } })).toMatch(/^bad-input: site\.P1: expected a whole number from 1 to 99/)
    expect(run({ site: [1] })).toMatch(/^bad-input: site: expected an object/)
    expect(run({ script: 4 })).toMatch(/^bad-input: script: expected lines/)
    expect(run({ script: 'P1 starts a probe\nP9 starts a probe' })).toMatch(
      /^bad-input: script, line 2: There is no process/,
    )
    expect(run({ resources: { R1: 2, R2: 1 } })).toMatch(/^bad-input: R1 has 2 units/)
    expect(run({ nodes: [] })).toMatch(/^bad-input: nodes: there is no such field/)
    const many = Array.from({ length: 5000 }, (_, index) => `P${index + 1}`)
    expect(run({ processes: many })).toMatch(
      /^too-large: The graph has 5,007 nodes and edges; probes are sent in up to 5,000/,
    )
    expect(run({ script: 'P1 starts a probe\n'.repeat(100_001) })).toMatch(
      /^too-large: A script has up to 100,000 events/,
    )
  })
})

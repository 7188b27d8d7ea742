// Both simulations of the lab through the run kit: descriptions, refusals, replay, and agreement with the verdict.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InterlockError } from '../../../../src-main/contract/errors.ts'
import { verdict } from '../../../../src-main/labs/deadlock/verdict.ts'
import { DeadlockModel } from '../../../../src-main/labs/deadlock/model/schema.ts'
import { events } from '../../../../src-main/labs/deadlock/simulations/events.ts'
import { reduction } from '../../../../src-main/labs/deadlock/simulations/reduction.ts'
import { deadlockModel } from '../../../../src-main/labs/deadlock/model/index.ts'
import { createRun } from '../../../../src-main/simulation/run.ts'
import { deepFreeze, draw } from './drawing.ts'
import { type Table, smallGraph } from './small-graphs.ts'

function modelOf({ total, held, asked }: Table): DeadlockModel {
  const types = Object.fromEntries(total.map((units, r) => [`R${r + 1}`, units]))
  const edges = (table: number[][], arrow: (p: number, r: number) => string): string[] =>
    table.flatMap((row, p) => row.flatMap((n, r) => (n === 0 ? [] : [`${arrow(p + 1, r + 1)} x${n}`])))
  return draw(
    held.map((_, p) => `P${p + 1}`),
    types,
    [...edges(held, (p, r) => `R${r}>P${p}`), ...edges(asked, (p, r) => `P${p}>R${r}`)],
  )
}

const messageOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof InterlockError) return `${error.code}: ${error.message}`
    throw error
  }
  return 'no error'
}

describe('stepping through the reduction', () => {
  // the textbook graph with a cycle and no deadlock
  const silberschatz = draw(['P1', 'P2', 'P3', 'P4'], { R1: 2, R2: 2 }, [
    'R1>P2',
    'R1>P3',
    'R2>P1',
    'R2>P4',
    'P1>R1',
    'P3>R2',
  ])

  test('takes the lowest process that fits and tells what it gives back', () => {
    const run = createRun(reduction, silberschatz, 1)
    expect(run.continueFrom(0, 100).map((step) => step.text)).toEqual([
      'P2 finishes and gives back 1 unit of R1 (Work: R1 1, R2 0)',
      'P1 finishes and gives back 1 unit of R2 (Work: R1 1, R2 1)',
      'P3 finishes and gives back 1 unit of R1 (Work: R1 2, R2 1)',
      'P4 finishes and gives back 1 unit of R2 (Work: R1 2, R2 2)',
    ])
    expect(run.stateAt(0).status).toBe('P2 and P4 can finish now.')
    const middle = run.stateAt(1)
    expect(middle.possible.map((one) => one.event)).toEqual([{ finish: 'P1' }, { finish: 'P4' }])
    expect(middle.marks).toEqual({ P2: 'free', P3: 'behind', e6: 'behind' })
    expect(middle.table).toEqual({
      columns: ['Instances', 'Held', 'Work'],
      rows: [
        { id: 'R1', label: 'R1', lights: ['R1'], cells: ['2', '1', '1'], changed: [1, 2] },
        { id: 'R2', label: 'R2', lights: ['R2'], cells: ['2', '2', '0'], changed: [] },
      ],
    })
    expect(run.stateAt(4)).toMatchObject({
      possible: [],
      status: 'Every process has finished, so there is no deadlock.',
    })
    expect(DeadlockModel.parse(run.stateAt(4).model).edges).toEqual([])
  })

  test('refuses whoever does not fit, with the units that are missing', () => {
    const run = createRun(reduction, silberschatz, 1)
    expect(messageOf(() => run.apply(0, { finish: 'P3' }))).toBe(
      'bad-event: P3 needs 1 unit of R2, and Work has 0. Choose a process that fits.',
    )
    run.apply(0, { finish: 'P2' })
    expect(messageOf(() => run.apply(1, { finish: 'P2' }))).toMatch(/^bad-event: P2 has finished already/)
    expect(messageOf(() => run.apply(1, { finish: 'R1' }))).toMatch(/^bad-event: There is no process/)
  })

  test('ends with exactly the processes that the verdict says never finish, and with its reason', () => {
    fc.assert(
      fc.property(smallGraph, (graph) => {
        const model = deepFreeze(modelOf(graph))
        const run = createRun(reduction, model, 0)
        const last = run.continueFrom(0, 500).at(-1) ?? run.steps()[0]!
        const final = run.stateAt(last.step)
        const { marks, sentence } = verdict(model)
        const free = model.nodes.filter((node) => node.kind === 'process' && marks[node.id] === 'free')
        expect(last.depth).toBe(free.length)
        for (const node of model.nodes) expect(final.marks[node.id]).toBe(marks[node.id])
        if (free.length < graph.held.length) expect(final.status).toContain(sentence)
      }),
      { numRuns: 300 },
    )
  })
})

describe('playing requests and releases', () => {
  const two = draw(['P1', 'P2'], { R1: 1, R2: 1 }, ['R1>P1', 'R2>P2'])

  test('shows the step at which two crossed requests become a deadlock', () => {
    const run = createRun(events, two, 1)
    const first = run.apply(0, { type: 'request', process: 'P1', resource: 'R2', count: 1 })
    const second = run.apply(1, { type: 'request', process: 'P2', resource: 'R1', count: 1 })
    expect([first.text, second.text]).toEqual(['P1 requests R2', 'P2 requests R1'])
    expect(first.finding).toBeNull()
    expect(second.finding).toEqual({
      mark: 'ring',
      holds: false,
      what: 'deadlock',
      sentence:
        'Deadlock: P1 and P2 wait for each other in a ring: P1 needs R2, which P2 holds; P2 needs R1, which P1 holds.',
    })
    expect(run.stateAt(2).possible).toEqual([])
    expect(run.continueFrom(2, 10)).toEqual([])
  })

  test('tells grants and releases, and gives a pair its edge back under its own id', () => {
    const run = createRun(events, two, 1)
    const script = [
      { type: 'release', process: 'P2', resource: 'R2', count: 1 },
      { type: 'request', process: 'P1', resource: 'R2', count: 1 },
      { type: 'grant', process: 'P1', resource: 'R2', count: 1 },
      { type: 'release', process: 'P1', resource: 'R1', count: 1 },
      { type: 'request', process: 'P1', resource: 'R1', count: 1 },
      { type: 'grant', process: 'P1', resource: 'R1', count: 1 },
    ]
    script.forEach((event, at) => run.apply(at, event))
    expect(run.steps().map((step) => step.text)).toEqual([
      'Start from the drawing',
      'P2 releases R2',
      'P1 requests R2',
      'R2 is granted to P1',
      'P1 releases R1',
      'P1 requests R1',
      'R1 is granted to P1',
    ])
    const { edges } = DeadlockModel.parse(run.stateAt(6).model)
    expect(edges.map(({ id, from, to }) => `${id} ${from}>${to}`)).toEqual(['~assignment~0~1 R2>P1', 'e1 R1>P1'])
  })

  test('refuses what the rules forbid, with the reason', () => {
    const drawing = draw(['P1', 'P2'], { R1: 3, R2: 1 }, ['R1>P1 x2', 'P2>R1 x2'])
    const run = createRun(events, drawing, 1)
    const refused = (type: string, process: string, resource: string, count: number): string =>
      messageOf(() => run.apply(0, { type, process, resource, count }))
    expect(refused('grant', 'P2', 'R1', 2)).toMatch(/^bad-event: P2 asks for 2 units of R1, and 1 is available/)
    expect(refused('grant', 'P2', 'R1', 1)).toMatch(/granted together or not at all/)
    expect(refused('grant', 'P1', 'R2', 1)).toMatch(/P1 does not ask for R2/)
    expect(refused('request', 'P2', 'R2', 1)).toMatch(/P2 waits/)
    expect(refused('release', 'P1', 'R1', 3)).toMatch(/holds 2 units of R1 and cannot release 3/)
    expect(refused('request', 'P1', 'R1', 2)).toMatch(/more than the 3 that exist/)
    expect(refused('request', 'P9', 'R1', 1)).toMatch(/no process/)
    expect(refused('request', 'P1', 'P2', 1)).toMatch(/no resource type/)
    expect(refused('take', 'P1', 'R1', 1)).toMatch(/^bad-event/)
    expect(refused('request', 'P1', 'R2', 0)).toMatch(/^bad-event/)
  })

  test('offers only what can be played, and after each event the drawing is sound and nothing is created or lost', () => {
    const drawing = fc.tuple(smallGraph, fc.nat(1000))
    fc.assert(
      fc.property(drawing, ([graph, seed]) => {
        const model = deepFreeze(modelOf(graph))
        const run = createRun(events, model, seed)
        run.continueFrom(0, 15)
        for (const step of run.steps().slice(0, 16)) {
          const state = deepFreeze(run.stateAt(step.step))
          const drawn = DeadlockModel.parse(state.model)
          expect(deadlockModel.faults(drawn)).toEqual([])
          const held = drawn.edges.filter((edge) => edge.kind === 'assignment')
          for (const node of drawn.nodes) {
            if (node.kind !== 'resource') continue
            const units = held.filter((edge) => edge.from === node.id).reduce((sum, edge) => sum + edge.count, 0)
            expect(units).toBeLessThanOrEqual(node.instances)
          }
        }
        for (const { event } of run.stateAt(0).possible) expect(() => run.apply(0, event)).not.toThrow()
      }),
      { numRuns: 150 },
    )
  })

  test('gives the same states when the same events are replayed in a fresh run', () => {
    const model = draw(['P1', 'P2', 'P3'], { R1: 2, R2: 1, R3: 1 }, ['R1>P1', 'P2>R2'])
    const first = createRun(events, model, 99)
    let at = 0
    for (let portion = 0; portion < 5; portion += 1) at = first.continueFrom(at, 20).at(-1)?.step ?? at
    expect(first.length).toBeGreaterThan(10)
    const second = createRun(events, model, 1)
    first
      .steps()
      .slice(1)
      .forEach((step) => second.apply(step.parent!, step.event))
    expect(JSON.stringify(second.steps())).toBe(JSON.stringify(first.steps()))
    for (const { step } of first.steps()) {
      expect(JSON.stringify(second.stateAt(step))).toBe(JSON.stringify(first.stateAt(step)))
    }
  })
})

// Live migration as a run: its rounds against the printed figures and the closed form, and what a person can do when it
// does not come to an end.
import { describe, expect, test } from 'vitest'
import { readDrawing } from '../../../../../src-main/labs/topology/operations/drawing-input.ts'
import { migration } from '../../../../../src-main/labs/topology/simulations/migration.ts'
import { verdict } from '../../../../../src-main/labs/topology/verdict.ts'
import { createRun, type Run } from '../../../../../src-main/simulation/run.ts'

const drawing = (memory: number, bandwidth: number, dirtyRate: number, more: object = {}) =>
  readDrawing({
    nodes: [
      {
        kind: 'host',
        name: 'A',
        children: [
          {
            kind: 'ESXi',
            name: 'E',
            children: [{ kind: 'vm', name: 'V', memory, dirtyRate, ...more, children: [{ kind: 'os', name: 'L' }] }],
          },
        ],
      },
      { kind: 'host', name: 'B', children: [{ kind: 'ESXi', name: 'F' }] },
      { kind: 'network', name: 'N', purpose: 'migration', bandwidth },
    ],
    edges: [['A', 'N'], ['B', 'N'], { from: 'V', to: 'B', kind: 'migrates' }],
  })

const cells = (run: Run): string[][] => run.stateAt(run.length - 1).table.rows.map((row) => row.cells)
const played = (run: Run): string[] => run.continueFrom(0, 500).map(({ event }) => (event as { do: string }).do)

describe('a migration that converges', () => {
  test('has the printed rounds: 4096 MiB over 1024 MiB/s at 256 MiB/s', () => {
    const run = createRun(migration, drawing(4096, 1024, 256), 1)
    expect(played(run)).toEqual(['round', 'round', 'stop'])
    expect(cells(run).map(([sent, took]) => [sent, took])).toEqual([
      ['4096 MiB', '4 s'],
      ['1024 MiB', '1 s'],
      ['256 MiB', '250 ms'],
    ])
    expect(run.stateAt(3).status).toBe('V runs on B after 5.25 s; it stood still for 250 ms.')
  })

  test('has the printed rounds: 8192 MiB over 1000 MiB/s at 800 MiB/s', () => {
    const run = createRun(migration, drawing(8192, 1000, 800), 1)
    const events = played(run)
    expect(events.filter((what) => what === 'round')).toHaveLength(15)
    expect(cells(run).at(-1)?.[0]).toBe('288.2 MiB')
    expect(run.stateAt(16).status).toBe('V runs on B after 39.807 s; it stood still for 288.2 ms.')
  })

  test.each([
    [2048, 512, 100],
    [6000, 900, 700],
    [1000, 1000, 10],
  ])('sends M lambda^i in round i: %i MiB, %i and %i MiB/s', (memory, link, rate) => {
    const run = createRun(migration, drawing(memory, link, rate), 1)
    const rounds = played(run).length
    for (let i = 0; i < rounds; i += 1) {
      const sent = Number.parseFloat(cells(run)[i]?.[0] ?? '')
      expect(Math.abs(sent - memory * (rate / link) ** i)).toBeLessThan(0.06)
    }
  })
})

describe('a migration that does not converge', () => {
  const open = (): Run => createRun(migration, drawing(4096, 500, 600), 1)

  test('says so and waits for a person', () => {
    const run = open()
    const steps = run.continueFrom(0, 500)
    expect(steps.at(-1)?.finding).toMatchObject({ holds: false, what: 'end of the copying' })
    expect(steps.at(-1)?.finding?.sentence).toMatch(/600 MiB\/s against a link of 500 MiB\/s/)
    expect(run.continueFrom(2, 500)).toEqual([])
    const state = run.stateAt(2)
    expect(state.rests).toBe(true)
    expect(state.possible.map(({ event }) => (event as { do: string }).do)).toEqual([
      'round',
      'stop',
      'throttle',
      'post-copy',
    ])
    expect(state.marks['V']).toBe('unsafe')
  })

  test('can be stopped: then everything that is left is sent while it stands still', () => {
    const run = open()
    run.continueFrom(0, 500)
    const { step } = run.apply(2, { do: 'stop', migration: 'e3' })
    expect(run.stateAt(step).status).toContain('it stood still for 8.192 s')
  })

  test('comes to an end once the guest is slowed down', () => {
    const run = open()
    run.continueFrom(0, 500)
    const slowed = run.apply(2, { do: 'throttle', migration: 'e3' })
    expect(slowed.text).toContain('20 %')
    const round = run.apply(slowed.step, { do: 'round', migration: 'e3' })
    // 600 MiB/s less a fifth is 480 MiB/s, a little less than what the link carries.
    expect(run.stateAt(round.step).status).toContain('3932.2 MiB are left')
    expect(round.finding?.holds).toBe(true)
    const more = [1, 2, 3].reduce((at) => run.apply(at, { do: 'throttle', migration: 'e3' }).step, round.step)
    const last = run.continueFrom(more, 500).at(-1)
    expect((last?.event as { do: string }).do).toBe('stop')
  })

  test('can go over at once by post-copy', () => {
    const run = open()
    const { step } = run.apply(0, { do: 'post-copy', migration: 'e3' })
    expect(run.stateAt(step).status).toContain('a stop of 16 ms')
    expect(run.stateAt(step).possible).toEqual([])
  })

  test('stays within a working set that is written again and again', () => {
    const run = createRun(migration, drawing(4096, 500, 600, { workingSet: 100 }), 1)
    expect(played(run)).toEqual(['round', 'stop'])
  })
})

test('two machines go one after the other, each with rounds of its own', () => {
  const model = drawing(1024, 1024, 0)
  const second = { ...model.nodes.find(({ id }) => id === 'V')!, id: 'W', name: 'W', memory: 512 }
  const run = createRun(
    migration,
    { nodes: [...model.nodes, second], edges: [...model.edges, { id: 'e4', kind: 'migrates', from: 'W', to: 'B' }] },
    1,
  )
  run.continueFrom(0, 500)
  const [first] = run.steps().filter(({ text }) => text.startsWith('W stops'))
  expect(run.stateAt(2).status).toContain('Next is W.')
  expect(first).toBeDefined()
  expect(cells(run)).toHaveLength(2)
})

test('an event of a migration that is not under way is refused', () => {
  const run = createRun(migration, drawing(1024, 1024, 0), 1)
  expect(() => run.apply(0, { do: 'round', migration: 'e9' })).toThrow(/not possible/)
})

test('the verdict offers the run only where nothing stands in the way of it', () => {
  const offered = (model: ReturnType<typeof drawing>) => verdict(model).simulations.map(({ label }) => label)
  expect(offered(drawing(1024, 1024, 0))).toContain('Migrate live')
  expect(offered(drawing(1024, 1024, 0, { storage: 'local' }))).not.toContain('Migrate live')
  expect(offered({ ...drawing(1024, 1024, 0), edges: [] })).not.toContain('Migrate live')
})

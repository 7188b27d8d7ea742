// Runs of shares, limits and techniques, and what becomes of them when a property is changed on the way: measured figures
// of a kernel, and a small water level of the tests' own.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TopologyModel } from '../../../../../src-main/labs/topology/model/schema.ts'
import { readDrawing } from '../../../../../src-main/labs/topology/operations/drawing-input.ts'
import { cpuShares } from '../../../../../src-main/labs/topology/simulations/cpu.ts'
import { memoryPressure } from '../../../../../src-main/labs/topology/simulations/memory.ts'
import type { StoryEvent, storySimulation } from '../../../../../src-main/labs/topology/simulations/story.ts'
import { privilegedInstruction } from '../../../../../src-main/labs/topology/simulations/techniques.ts'
import { addressTranslation } from '../../../../../src-main/labs/topology/simulations/translation.ts'
import { createRun } from '../../../../../src-main/simulation/run.ts'

type Told = ReturnType<typeof storySimulation>

/** Tells the story to its end, with changes made before it is told. */
function told(simulation: Told, model: TopologyModel, which: RegExp, changes: readonly RegExp[] = []) {
  let state = simulation.init(model, 1)
  const begin = state.stories.find(({ text }) => which.test(text))
  const events: StoryEvent[] = [{ do: 'begin', story: begin?.id ?? '' }]
  state = simulation.apply(state, events[0]!)
  for (const change of changes) {
    const event = simulation
      .enabled(state)
      .find((one) => one.do === 'change' && change.test(simulation.describe(one, state).text))
    if (event === undefined) throw new Error(`nothing is offered like ${String(change)}`)
    events.push(event)
    state = simulation.apply(state, event)
  }
  const run = createRun(simulation, model, 1)
  expect(run.play(0, events).refused).toBeNull()
  const steps = run.continueFrom(events.length, 1000)
  return { texts: steps.map(({ text }) => text), end: run.stateAt(run.length - 1), state }
}

const inContainer = (memory: number, processes: object[] = []) =>
  readDrawing({
    nodes: [
      {
        kind: 'os',
        name: 'L',
        children: [
          {
            kind: 'engine',
            name: 'D',
            children: [
              {
                kind: 'container',
                name: 'C',
                memory,
                children: processes.map((one) => ({ kind: 'process', ...one })),
              },
            ],
          },
        ],
      },
    ],
  })

describe('a limit of memory', () => {
  test('of 64 MiB lets a program say 56 MiB in pieces of 8, and ends it with 137', () => {
    const { texts, end } = told(memoryPressure, inContainer(64), /C grow/)
    expect(texts.filter((text) => text.includes('says')).at(-1)).toBe('C takes 8 MiB and says 56 MiB')
    expect(end.table.rows.map(({ label, cells }) => [label, ...cells])).toContainEqual(['C', 'exit status', '137', ''])
  })

  test('of 80 MiB with programs of 50 and 35 MiB kills the larger, and the other goes on', () => {
    const model = inContainer(80, [
      { name: 'small', memory: 35 },
      { name: 'large', memory: 50 },
    ])
    const { texts, end } = told(memoryPressure, model, /C grow/)
    expect(texts.filter((text) => text.includes('is killed'))).toEqual([
      expect.stringMatching(/^large is killed: large asks for/),
    ])
    expect(texts.at(-1)).toBe('Who is left in C has what it wanted')
    expect(end.status).toContain('oom_kill 1')
  })

  test('kills whom the score names, and never who is exempt', () => {
    const model = inContainer(80, [
      { name: 'small', memory: 35 },
      { name: 'large', memory: 50 },
    ])
    const spared = told(memoryPressure, model, /C grow/, [/large had score -1000/])
    // The first process of the container dies, and the container with it.
    expect(spared.texts.filter((text) => text.includes('is killed'))).toEqual([expect.stringMatching(/^small is/)])
    expect(spared.texts.join()).toContain('the container ends')
    const nobody = told(memoryPressure, model, /C grow/, [/large had score -1000/, /small had score -1000/])
    expect(nobody.texts.join()).not.toContain('is killed')
    expect(nobody.texts.at(-1)).toBe('Nobody in C may be killed, so who asks for more waits')
  })

  test('that is raised is met by nobody who wants less', () => {
    const model = inContainer(80, [
      { name: 'small', memory: 35 },
      { name: 'large', memory: 50 },
    ])
    const { texts, end } = told(memoryPressure, model, /C grow/, [/had 160 MiB/])
    expect(texts.join()).not.toContain('is killed')
    expect((end.model as unknown as TopologyModel).nodes.find(({ name }) => name === 'C')).toMatchObject({
      memory: 160,
    })
    expect(end.status).toContain('oom_kill 0')
  })

  test('of a control group is read as the kernel reads it, and ends no container', () => {
    const model = readDrawing({
      nodes: [
        {
          kind: 'os',
          name: 'L',
          children: [{ kind: 'cgroup', name: 'G', memory: '65536K', children: [{ kind: 'process', name: 'P' }] }],
        },
      ],
    })
    const { texts } = told(memoryPressure, model, /G grow towards its limit of 64 MiB/)
    expect(texts.filter((text) => text.includes('says')).at(-1)).toBe('P takes 8 MiB and says 56 MiB')
    expect(texts.join()).not.toContain('container')
  })

  test('that is not there, or of a group without processes, is not told', () => {
    const group = readDrawing({ nodes: [{ kind: 'cgroup', name: 'G', memory: '64M' }] })
    expect(memoryPressure.init(group, 1).stories).toEqual([])
    expect(memoryPressure.init(inContainer(0), 1).stories).toEqual([])
  })
})

/** CPUs by raising one water level until all is given: everybody has weight * level, or what it wants. */
function byLevel(capacity: number, wants: readonly { weight: number; demand: number }[]): number[] {
  let [low, high] = [0, capacity + 1]
  const at = (level: number): number[] => wants.map(({ weight, demand }) => Math.min(demand, weight * level))
  for (let turn = 0; turn < 200; turn += 1) {
    const middle = (low + high) / 2
    if (at(middle).reduce((sum, one) => sum + one, 0) > capacity) high = middle
    else low = middle
  }
  return at(low)
}

const machines = (cpus: number, of: readonly { shares: number; cpus: number; busy?: number }[]) =>
  readDrawing({
    nodes: [
      {
        kind: 'host',
        name: 'A',
        cpus,
        children: [
          { kind: 'hypervisor', name: 'H', children: of.map((one, at) => ({ kind: 'vm', name: `V${at}`, ...one })) },
        ],
      },
    ],
  })

describe('shares of a processor', () => {
  test('give everybody what one water level would', () => {
    const machine = fc.record({
      shares: fc.integer({ min: 1, max: 10_000 }),
      cpus: fc.integer({ min: 1, max: 16 }),
    })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 32 }), fc.array(machine, { minLength: 2, maxLength: 6 }), (cpus, of) => {
        const { end } = told(cpuShares, machines(cpus, of), /share/)
        const given =
          end.table.rows
            .at(-1)
            ?.cells.slice(1)
            .map((cell) => Number(cell.replaceAll(',', ''))) ?? []
        const expected = byLevel(cpus, of.map(({ shares, cpus: demand }) => ({ weight: shares, demand }))) // prettier-ignore
        given.forEach((one, at) => expect(one).toBeCloseTo(expected[at] ?? NaN, 3))
      }),
      { numRuns: 60 },
    )
  })

  test('count anew when somebody is given twice as many, or wants less', () => {
    const model = machines(2, [
      { shares: 1024, cpus: 2 },
      { shares: 1024, cpus: 2 },
    ])
    const cells = (changes: RegExp[]) => told(cpuShares, model, /share/, changes).end.table.rows.at(-1)?.cells.slice(1)
    expect(cells([])).toEqual(['1', '1'])
    // 2 * 2048 / 3072
    expect(cells([/V0 had 2048 shares/])).toEqual(['1.3333', '0.6667'])
    expect(cells([/V0 had 2048 shares/, /V0 kept one CPU/])).toEqual(['1', '1'])
  })

  test('a raised quota throttles less', () => {
    const model = readDrawing({
      nodes: [
        {
          kind: 'os',
          name: 'L',
          children: [
            { kind: 'engine', name: 'D', children: [{ kind: 'container', name: 'C', quota: 50_000, busy: 1 }] },
          ],
        },
      ],
    })
    const still = (changes: RegExp[]): number =>
      told(cpuShares, model, /C may use/, changes).texts.filter((text) => text.includes('stands still')).length
    expect(still([])).toBe(2)
    expect(still([/quota of 100 ms/])).toBe(0)
  })
})

describe('another technique', () => {
  const model = readDrawing({
    nodes: [
      {
        kind: 'host',
        name: 'A',
        children: [
          {
            kind: 'hypervisor',
            name: 'H',
            children: [{ kind: 'vm', name: 'V', children: [{ kind: 'os', name: 'O' }] }],
          },
        ],
      },
    ],
  })

  test('takes the same instruction another way', () => {
    const cycles = (changes: RegExp[]) =>
      told(privilegedInstruction, model, /cli/, changes).end.table.rows.at(-1)?.cells.at(-1)
    expect([[], [/binary translation/], [/hypercalls/]].map(cycles)).toEqual(['1,301', '50', '400'])
    const wrong = told(privilegedInstruction, model, /popf/, [/trap and emulate/]).end
    expect(Object.values(wrong.marks)).toContain('impossible')
  })

  test('walks the tables in one dimension when the processor cannot do both, and back', () => {
    const steps = (changes: RegExp[]): number => told(addressTranslation, model, /reads a byte/, changes).texts.length
    // Four references, and the price of shadow tables.
    expect([[], [/no nested paging/], [/no nested paging/, /had nested paging/]].map(steps)).toEqual([24, 5, 24])
  })

  test('counts each address that a walk gives: four machine addresses of tables on the way, the page’s at the end', () => {
    const { end } = told(addressTranslation, model, /reads a byte/)
    const given = end.table.rows.map(({ cells }) => cells[1]).filter((cell) => cell !== '')
    expect(given).toEqual([
      'machine: table 1',
      'guest physical: table 2',
      'machine: table 2',
      'guest physical: table 3',
      'machine: table 3',
      'guest physical: table 4',
      'machine: table 4',
      'guest physical: page',
      'machine: page',
    ])
  })

  test('lights up the box that each step passes', () => {
    const run = createRun(privilegedInstruction, model, 1)
    run.continueFrom(0, 2)
    const passes = [2, 3, 4, 5].map((at) => {
      run.continueFrom(at - 1, 1)
      return Object.keys(run.stateAt(at).marks)
    })
    const id = (wanted: string): string => model.nodes.find(({ name }) => name === wanted)?.id ?? ''
    // The guest runs it, the processor leaves the guest, the hypervisor handles it, the processor goes back.
    expect(passes.map((ids) => ids[0])).toEqual([id('O'), id('A'), id('H'), id('A')])
  })

  test('is not chosen by itself, and what is not offered is refused', () => {
    const run = createRun(privilegedInstruction, model, 1)
    expect(run.continueFrom(0, 1000).every(({ text }) => !text.startsWith('If'))).toBe(true)
    const state = privilegedInstruction.init(model, 1)
    expect(() =>
      privilegedInstruction.apply(state, { do: 'change', node: 'H', key: 'technique', value: 'trap' }),
    ).toThrow(expect.objectContaining({ code: 'bad-event' }) as Error)
  })
})

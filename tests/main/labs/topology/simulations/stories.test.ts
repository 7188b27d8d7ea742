// The runs that are told, on drawings: what they say follows the published figures and small formulas of the tests' own,
// machines go where they are said to go, and a drawing that lacks what is needed has nothing to tell.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { topology } from '../../../../../src-main/labs/topology/index.ts'
import { TopologyModel } from '../../../../../src-main/labs/topology/model/schema.ts'
import { readDrawing } from '../../../../../src-main/labs/topology/operations/drawing-input.ts'
import { cpuShares } from '../../../../../src-main/labs/topology/simulations/cpu.ts'
import { drsSimulation } from '../../../../../src-main/labs/topology/simulations/drs.ts'
import { haSimulation } from '../../../../../src-main/labs/topology/simulations/ha.ts'
import { imageLayers } from '../../../../../src-main/labs/topology/simulations/layers.ts'
import { containerLifecycle } from '../../../../../src-main/labs/topology/simulations/lifecycle.ts'
import { memoryPressure } from '../../../../../src-main/labs/topology/simulations/memory.ts'
import type { storySimulation } from '../../../../../src-main/labs/topology/simulations/story.ts'
import { privilegedInstruction } from '../../../../../src-main/labs/topology/simulations/techniques.ts'
import { addressTranslation } from '../../../../../src-main/labs/topology/simulations/translation.ts'
import { verdict } from '../../../../../src-main/labs/topology/verdict.ts'
import { createRun } from '../../../../../src-main/simulation/run.ts'

type Told = ReturnType<typeof storySimulation>

/** Everything that a story tells: its steps, the sentences after them, and where it ends. */
function told(simulation: Told, model: TopologyModel, which: RegExp) {
  const state = simulation.init(model, 1)
  const story = state.stories.find(({ text }) => which.test(text))
  if (story === undefined)
    throw new Error(`nothing is told of ${String(which)}: ${state.stories.map(({ text }) => text).join(', ')}`)
  const run = createRun(simulation, model, 1)
  run.play(0, [{ do: 'begin', story: story.id }])
  const steps = run.continueFrom(1, 1000)
  return {
    texts: steps.map(({ text }) => text),
    states: steps.map((_, index) => run.stateAt(index + 2).status),
    end: run.stateAt(run.length - 1),
    model: run.stateAt(run.length - 1).model as unknown as TopologyModel,
  }
}

const guest = (name: string, more: object = {}) => ({
  kind: 'vm',
  name,
  ...more,
  children: [{ kind: 'os', name: `${name} OS`, family: 'linux' }],
})
const host = (name: string, machines: object[], more: object = {}, hypervisor: object = {}) => ({
  kind: 'host',
  name,
  ...more,
  children: [{ kind: 'hypervisor', name: `H ${name}`, ...hypervisor, children: machines }],
})

describe('an instruction', () => {
  const drawn = (technique: string) => readDrawing({ nodes: [host('A', [guest('V')], {}, { technique })] })

  test.each([
    // c_exit + 1; 2 * c_trap / 2 + c_emul + 1; c_inline; c_hyp: the default set of costs
    ['hardware', '1,301'],
    ['trap', '1,301'],
    ['binary', '50'],
    ['paravirtual', '400'],
  ])('that faults costs, by %s, %s cycles', (technique, cycles) => {
    const { end } = told(privilegedInstruction, drawn(technique), /cli/)
    expect(end.status).toContain(`= ${cycles} cycles`)
    expect(end.table.rows.at(-1)?.cells.at(-1)).toBe(cycles)
  })

  test('that does not fault makes the guest wrong under trap and emulate alone', () => {
    const marks = ['trap', 'binary', 'paravirtual', 'hardware'].map(
      (technique) => told(privilegedInstruction, drawn(technique), /popf/).end.marks,
    )
    const [os] = drawn('trap').nodes.filter(({ kind }) => kind === 'os')
    expect(marks.map((one) => one[os?.id ?? ''])).toEqual(['impossible', 'free', 'free', 'free'])
  })
})

describe('a memory access', () => {
  test('takes 24 references with nested paging of four levels each', () => {
    const model = readDrawing({ nodes: [host('A', [guest('V')])] })
    const { texts, end } = told(addressTranslation, model, /V OS/)
    expect(texts).toHaveLength(24)
    // Every fifth is the guest's own table, of which there are four.
    expect(texts.filter((text) => text.startsWith('Guest table'))).toHaveLength(4)
    expect(end.status).toContain('4 * 4 + 4 + 4 = 24 references')
  })

  test.each([
    [{ nestedPaging: false }, {}, 'has no nested paging'],
    [{}, { technique: 'binary' }, 'without the help of the processor'],
  ])('takes 4 through shadow tables, and a trap for each change: %o %o', (hardware, hypervisor, why) => {
    const model = readDrawing({ nodes: [host('A', [guest('V')], hardware, hypervisor)] })
    const { texts } = told(addressTranslation, model, /V OS/)
    expect(texts.filter((text) => text.startsWith('Shadow table'))).toHaveLength(4)
    expect(texts.at(-1)).toContain('that write traps')
    expect(addressTranslation.init(model, 1).stories[0]?.status).toContain(why)
  })
})

describe('the CPU', () => {
  test('is shared two to one by 2048 and 1024 shares', () => {
    const model = readDrawing({
      nodes: [host('A', [guest('X', { cpus: 2, shares: 2048 }), guest('Y', { cpus: 2, shares: 1024 })], { cpus: 2 })],
    })
    const { end } = told(cpuShares, model, /share 2 CPUs/)
    expect(end.table.rows.at(-1)?.cells.slice(1)).toEqual(['1.3333', '0.6667'])
    expect(end.marks).toMatchObject({ X: 'unsafe', Y: 'unsafe' })
  })

  test('is left to those who want it when one wants less than its part', () => {
    const model = readDrawing({
      nodes: [
        host('A', [guest('X', { cpus: 8, busy: 1 }), guest('Y', { cpus: 8 }), guest('Z', { cpus: 8 })], { cpus: 9 }),
      ],
    })
    const { end } = told(cpuShares, model, /share 9 CPUs/)
    expect(end.table.rows.at(-1)?.cells.slice(1)).toEqual(['1', '4', '4'])
  })

  test('of a quota of 50 ms in 100 ms: 125 ms of work take 225 ms, and stand still twice', () => {
    const model = readDrawing({
      nodes: [
        {
          kind: 'host',
          name: 'A',
          children: [
            {
              kind: 'os',
              name: 'L',
              children: [
                { kind: 'engine', name: 'D', children: [{ kind: 'container', name: 'C', quota: 50_000, busy: 1 }] },
              ],
            },
          ],
        },
      ],
    })
    const { texts, end } = told(cpuShares, model, /C may use 50 ms/)
    expect(texts.filter((text) => text.includes('stands still for 50 ms'))).toHaveLength(2)
    expect(texts.at(-1)).toBe('C is done after 225 ms')
    expect(end.table.rows.map(({ cells }) => cells.at(-1))).toEqual(['50', '100', '125'])
  })
})

describe('a cluster', () => {
  const cluster = (more: object, ...hosts: object[]) =>
    readDrawing({ nodes: [{ kind: 'vcluster', name: 'C', ...more, children: hosts }] })

  test('is balanced by the move that evens it out', () => {
    const machines = ['a', 'b', 'c', 'd'].map((name) => guest(name, { cpus: 2, memory: 4096 }))
    const model = cluster({}, host('A', machines, { cpus: 16 }), host('B', [], { cpus: 16 }))
    const { texts, end, model: after } = told(drsSimulation, model, /CPU of C/)
    // 8/16 and 0: sigma 0.25; one move 6/16 and 2/16: 0.125; two moves 0
    expect(end.table.rows.map(({ cells }) => cells.at(-1))).toEqual(['0.25', '0.125', '0'])
    expect(texts.filter((text) => text.includes('migrates live from A to B'))).toHaveLength(2)
    const onB = after.nodes.find(({ name }) => name === 'H B')?.id
    expect(after.nodes.filter((node) => node.kind === 'vm' && node.parent === onB)).toHaveLength(2)
  })

  test('loses a host: machines start anew where their reservations fit, and not where they do not', () => {
    const model = cluster(
      {},
      host('A', [
        guest('web', { reservation: 4096 }),
        guest('huge', { reservation: 60_000 }),
        guest('own', { storage: 'local' }),
      ]),
      host('B', [guest('other', { reservation: 2048 })], { memory: 16_384, overhead: 2_048 }),
    )
    const { end, model: after, states } = told(haSimulation, model, /A fails/)
    const rows = end.table.rows.map(({ label, cells }) => [label, ...cells])
    expect(rows).toEqual([
      ['web', 'B', '80 s'],
      ['huge', 'nowhere', '–'],
      ['own', 'nowhere', '–'],
    ])
    // 16384 - 2048 - 2048
    expect(states.some((text) => text.includes('B has 12288 MiB unreserved, and 4096 MiB are promised'))).toBe(true)
    const parent = after.nodes.find(({ name }) => name === 'web')?.parent
    expect(after.nodes.find(({ id }) => id === parent)?.name).toBe('H B')
  })

  test('without high availability nothing is started', () => {
    const model = cluster({ ha: false }, host('A', [guest('web')]), host('B', []))
    const { texts } = told(haSimulation, model, /A fails/)
    expect(texts.at(-1)).toContain('switched off')
  })
})

describe('memory', () => {
  test('that is promised is not taken: what is left of it is missing', () => {
    const machines = [
      guest('mail', { memory: 12_288, reservation: 12_288 }),
      guest('files', { memory: 12_288, reservation: 12_288 }),
      guest('desktops', { memory: 16_384, reservation: 8_192 }),
    ]
    const model = readDrawing({ nodes: [host('A', machines, { memory: 32_768, overhead: 2_048 })] })
    const { end, texts } = told(memoryPressure, model, /3 guests on A/)
    const swapped = end.table.rows
      .filter(({ cells }) => cells[0] === 'swap')
      .map(({ label, cells }) => [label, cells[1]])
    // Of its 16 GiB, 128 MiB are shared and 8 GiB promised.
    expect(swapped).toEqual([['desktops', '8,064']])
    expect(texts.at(-1)).toContain('still missing')
  })

  test('is asked of the guest first where it has a balloon', () => {
    const machines = [guest('a', { memory: 8_192, balloon: true }), guest('b', { memory: 8_192 })]
    // 16384 - 2048 - 16384 leaves less than nothing; a host with 17 GiB is in the soft state.
    const model = readDrawing({ nodes: [host('A', machines, { memory: 18_900, overhead: 2_048 })] })
    const { end } = told(memoryPressure, model, /2 guests on A/)
    expect(end.table.rows.map(({ cells }) => cells[0])).toContain('balloon')
    expect(end.table.rows.map(({ cells }) => cells[0])).not.toContain('swap')
  })
})

describe('a container', () => {
  const container = (more: object) =>
    readDrawing({
      nodes: [
        {
          kind: 'os',
          name: 'L',
          children: [{ kind: 'engine', name: 'D', children: [{ kind: 'container', name: 'C', ...more }] }],
        },
      ],
    })
  const kinds = (more: object, which: RegExp) =>
    told(containerLifecycle, container(more), which).end.table.rows.map(({ label }) => label)

  test('is made in the order of the runtime', () => {
    expect(kinds({ user: true }, /started/)).toEqual([
      'create', 'clone', 'map', 'cgroup', 'mount', 'pivot', 'hostname', 'network', 'capabilities', 'start',
    ]) // prettier-ignore
  })

  test('gets nothing of what it does not have', () => {
    const none = { pid: false, net: false, mnt: false, uts: false, ipc: false, cgroup: false }
    expect(kinds(none, /started/)).toEqual(['create', 'clone', 'cgroup', 'capabilities', 'start'])
    const { states } = told(containerLifecycle, container({ net: false, pid: false }), /started/)
    expect(states[1]).toContain('It keeps the host’s pid and net namespaces: there it sees what the host sees.')
  })

  test.each([
    [{ reaps: true }, 143],
    [{ reaps: false }, 137],
    // Outside a PID namespace of its own, the usual action of the signal ends it.
    [{ reaps: false, pid: false }, 143],
  ])('with %o ends with %i', (more, code) => {
    const { end } = told(containerLifecycle, container(more), /stopped/)
    expect(end.status).toContain(`Exit code ${code}`)
  })
})

test('a file of a lower layer is copied up when it is written, and hidden by a whiteout when it is removed', () => {
  const overlay = { kind: 'overlay', name: 'O', lower: '/app, /base', upper: '/up', work: '/work' }
  const model = readDrawing({
    nodes: [
      {
        kind: 'os',
        name: 'L',
        children: [{ kind: 'engine', name: 'D', children: [{ kind: 'container', name: 'C', children: [overlay] }] }],
      },
    ],
  })
  const { end } = told(imageLayers, model, /C uses a file/)
  expect(end.table.rows.map(({ label, cells }) => [label, cells[1], cells[2]])).toEqual([
    ['read', 'empty', 'settings'],
    ['write', 'settings', 'settings'],
    ['read', 'settings', 'settings'],
    ['remove', 'settings (whiteout)', 'nothing'],
    ['read', 'settings (whiteout)', 'nothing'],
  ])
})

test('what is not drawn is not told, and nothing is offered for it', () => {
  const simulations = Object.values(topology.simulations)
  for (const simulation of simulations) {
    const empty = simulation.init(TopologyModel.parse({ nodes: [], edges: [] }), 1)
    expect(simulation.enabled(empty)).toEqual([])
  }
  const alone = readDrawing({ nodes: [{ kind: 'host', name: 'A' }] })
  expect(verdict(alone).simulations).toEqual([])
})

test.each(topology.samples)('everything that the sample %s offers can be played to its end', (id) => {
  const url = new URL(`../../../../../src-main/labs/topology/samples/${id}.interlock`, import.meta.url)
  const model = TopologyModel.parse((JSON.parse(readFileSync(url, 'utf8')) as { model: unknown }).model)
  for (const { id: offered } of verdict(model).simulations) {
    const simulation = topology.simulations[offered]!
    const state = simulation.init(model, 1)
    expect(simulation.enabled(state).length, offered).toBeGreaterThan(0)
    for (const event of simulation.enabled(state).slice(0, 20)) {
      const run = createRun(simulation, model, 1)
      expect(run.play(0, [event]).refused).toBeNull()
      for (const { text } of run.continueFrom(1, 60)) expect(text).not.toMatch(/undefined|NaN|\.\.|\s\s/)
      for (let at = 0; at < run.length; at += 1) expect(run.stateAt(at).status).not.toMatch(/undefined|NaN|\.\.$/)
    }
  }
})

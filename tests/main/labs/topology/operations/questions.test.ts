// The arithmetic operations as people use them: other ways to write a question, and questions of the rarer kinds.
// Above 300 lines because one table holds all pairs of ways.
import { describe, expect, test } from 'vitest'
import { InterlockError } from '../../../../../src-main/contract/errors.ts'
import { arithmeticOperations } from '../../../../../src-main/labs/topology/operations/arithmetic.ts'
import { runOperation } from '../../../../../src-main/services/operations.ts'

type Name = keyof typeof arithmeticOperations
const names = Object.keys(arithmeticOperations) as Name[]
const run = (name: Name, input: unknown): Record<string, unknown> =>
  JSON.parse(JSON.stringify(runOperation(arithmeticOperations[name], input))) as Record<string, unknown>

describe.each(names)('topology.%s', (name) => {
  const operation = arithmeticOperations[name]

  test('has an example that comes out as it says, and help that fits a terminal', () => {
    expect(run(name, operation.example.input)).toEqual(JSON.parse(JSON.stringify(operation.example.output)))
    expect(operation.summary).toMatch(/\.$/)
    expect(operation.help.filter((line) => line.length > 124)).toEqual([])
  })

  test('says no "null" where a number is meant: every figure of the example is finite', () => {
    const check = (value: unknown): void => {
      if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true)
      if (typeof value === 'object' && value !== null) Object.values(value).forEach(check)
    }
    check(operation.example.output)
  })

  test.each([[null], ['text'], [[]], [{}], [{ nonsense: 1 }]])('refuses %j by naming what is missing', (input) => {
    expect(() => runOperation(operation, input)).toThrow(InterlockError)
  })
})

const same: [what: string, name: Name, one: unknown, other: unknown][] = [
  [
    'a throttle lowers the dirty rate',
    'migrate',
    { M: 4096, R: 500, D: 480, N: 4 },
    { M: 4096, R: 500, D: 600, N: 4, throttle: 20 },
  ],
  ['shares are weights', 'cpu', { capacity: 2, shares: [1, 2] }, { capacity: 2, weights: [1, 2] }],
  [
    'one size may stand alone',
    'memory',
    { configured: 28, physical: 24, overhead: 2 },
    { vms: [28], physical: 24, overhead: 2 },
  ],
  ['physical is in GB', 'memory', { physical: 48, free: 900 }, { physicalGb: 48, freeMb: 900 }],
  [
    'whiteouts may stand beside a list',
    'overlay',
    { lower: ['a', 'c'], upper: ['a'], whiteouts: ['c'] },
    { lower: ['a', 'c'], upper: ['a', '.wh.c'] },
  ],
  [
    'one capacity stands for all hosts',
    'drs',
    { capacity: 30, hosts: [{ vms: [12, 8] }, { vms: [6] }] },
    { hosts: 2, capacity: 30, vms: [[12, 8], [6]] },
  ],
  ['a limit is a quota for each period', 'cpu', { work: 300, limit: 0.5 }, { work: 300, quota: 50, period: 100 }],
  ['letters are names', 'cpu', { W: 300, Q: 50, P: 100, m: 2 }, { work: 300, quota: 50, period: 100, threads: 2 }],
  [
    'threads beyond the cores do not run',
    'cpu',
    { work: 9, quota: 5, threads: 8, cores: 2 },
    { work: 9, quota: 5, threads: 2 },
  ],
  ['CPUs are written in three ways', 'cpu', { milliCpu: '0.25' }, { milliCpu: 250 }],
  [
    'greedy is no demand',
    'cpu',
    { capacity: 2, weights: [1, 2], demands: ['greedy', null] },
    { capacity: 2, weights: [1, 2] },
  ],
  [
    'names are keys or a list',
    'cpu',
    { capacity: 2, weights: { a: 1, b: 2 }, demands: { b: 0.1 } },
    { capacity: 2, weights: [1, 2], demands: [null, 0.1], names: ['a', 'b'] },
  ],
  [
    'sizes have units',
    'memory',
    { capacity: '8Gi', usage: '7782.4Mi', inactiveFile: '409.6 MiB' },
    { capacity: 8, usage: 7.6, inactiveFile: 0.4 },
  ],
  [
    'or one unit for all',
    'memory',
    { capacity: 8192, usage: 7782.4, inactiveFile: 409.6, unit: 'Mi' },
    { capacity: 8, usage: 7.6, inactiveFile: 0.4 },
  ],
  [
    'machines alike are counted',
    'memory',
    { configured: [{ count: 2, size: 4 }], physical: 6 },
    { vms: [4, 4], physical: 6 },
  ],
  [
    'pages are pages or sizes',
    'oom',
    { limit: '80Mi', processes: [{ name: 'a', rss: '50Mi' }] },
    { limit: 20_480, processes: [{ name: 'a', rss: 12_800 }] },
  ],
  [
    'letters of migration',
    'migrate',
    { M: 4096, R: 1024, D: 256, d: 0.3 },
    { memory: '4Gi', link: 1024, dirtyRate: 256 },
  ],
  [
    'hosts hold their machines or are told where they are',
    'drs',
    {
      hosts: [
        { name: 'a', capacity: 30, vms: [12, 8] },
        { name: 'b', capacity: 30 },
      ],
    },
    {
      hosts: [
        { name: 'a', cpu: 30 },
        { name: 'b', cpu: 30 },
      ],
      vms: [
        { name: 'VM 12', load: 12, host: 'a' },
        { name: 'VM 8', load: 8, host: 0 },
      ],
    },
  ],
  [
    'pairs are lists or fields',
    'ha',
    { hosts: [[9, 6]], vms: [[2, 1]] },
    { hosts: [{ cpu: 9, memory: 6 }], vms: [{ cpu: 2, memory: 1 }] },
  ],
  [
    'id maps are text or numbers',
    'identity',
    { map: '0 100000 65536', uid: 7 },
    { map: [{ inner: 0, outer: 100_000, count: 65_536 }], uid: 7 },
  ],
  [
    'layers are lists, objects or names',
    'overlay',
    { lower: ['a', 'c', 'd/x'], upper: ['.wh.c', 'd/.wh..wh..opq'] },
    {
      lower: { files: ['a', 'c'], directories: ['d'], name: 'lower', opaque: [], whiteouts: [] },
      upper: { c: 'whiteout', d: 'opaque' },
    },
  ],
]

describe('one question may be written in several ways', () => {
  test.each(same.slice(0, -1))('%s (topology.%s)', (_what, name, one, other) => {
    // The formulas may name what was written; the figures are the same.
    expect({ ...run(name, one), working: [] }).toEqual({ ...run(name, other), working: [] })
  })

  test('layers are lists, objects or names', () => {
    const [, name, one, other] = same.at(-1)!
    expect(run(name, one)['listing']).toEqual(['a', 'd'])
    expect(run(name, other)['listing']).toEqual(['a', 'd'])
  })
})

describe('answers to questions of other kinds', () => {
  test('cpu: threads that never stop, and shares turned into weights', () => {
    expect(run('cpu', { duration: 3000, quota: 50 })).toMatchObject({
      cpuTime: 1500,
      periods: 30,
      throttledPeriods: 30,
    })
    expect(run('cpu', { shares: 1024 })).toMatchObject({ weightOld: 39, weightNew: 100 })
    expect(run('cpu', { request: '100m', limit: '250m' })).toMatchObject({ shares: 102, cpuMax: '25000 100000' })
    expect(run('cpu', { capacity: 4, weights: [1, 1], limits: [0.5, null], demands: [2, 1] })).toMatchObject({
      allocations: [0.5, 1],
      unused: 2.5,
      contended: false,
    })
  })

  test('memory: one state, states without a host, reclaim by pages, machines that run short', () => {
    expect(run('memory', { physicalGb: 128, free: 900 })).toMatchObject({
      state: 'soft',
      actions: ['page sharing', 'ballooning'],
      minFree: 1923,
    })
    expect(run('memory', { minFree: 100, free: [64, 63] })).toMatchObject({ states: ['clear', 'soft'] })
    const two = [
      { name: 'busy', shares: 1000, pages: 1000, active: 1 },
      { name: 'idle', shares: 1000, pages: 1000, active: 0.2 },
    ]
    expect(run('memory', { vms: two, reclaim: 300 })).toMatchObject({
      taken: [0, 300],
      pagesAfter: [1000, 700],
      missing: 0,
    })
    const machine = { configured: 4096, shares: 1000, active: 0.5 }
    expect(run('memory', { physicalGb: 128, free: 700, vms: [machine] })).toMatchObject({
      missing: 0,
      steps: [{ action: 'ballooning', machine: 'VM 1', amount: 1223, state: 'high' }],
    })
    expect(run('memory', { configured: 4096, reclaim: 1024, free: 512 })).toMatchObject({
      currentMemory: 3072,
      fromFree: 512,
      guestPagesOut: 512,
      hypervisorSwaps: 0,
    })
    expect(run('memory', { configured: 4096, reclaim: 1024, driver: false })).toMatchObject({
      target: 0,
      hypervisorSwaps: 1024,
    })
  })

  test('oom: both versions of a write, one of them, and classes that need no request', () => {
    expect(run('oom', { usage: 100, newLimit: 50 })).toMatchObject({ v1: { error: 'EBUSY' }, v2: { kills: true } })
    expect(run('oom', { usage: 100, newLimit: 50, version: 1 })).toMatchObject({ version: 1, error: 'EBUSY' })
    expect(run('oom', { qos: 'BestEffort' })).toMatchObject({ adj: 1000 })
  })

  test('identity: seen from inside, and through nested namespaces', () => {
    expect(run('identity', { map: [0, 100_000, 65_536], outside: 101_000 })).toMatchObject({ inside: 1000 })
    expect(run('identity', { map: [0, 100_000, 65_536], outside: [5, 100_000] })).toMatchObject({ results: [null, 0] })
    const chain = [[[0, 1000, 1]], [[1000, 100_000, 10]]]
    expect(run('identity', { chain, uid: 0 })).toMatchObject({ outside: 100_000, unmapped: false })
    expect(run('identity', { chain, uid: 1 })).toMatchObject({ outside: null, shownAs: 65_534 })
  })

  test('overlay: lookups and actions tell what happens', () => {
    const found = run('overlay', {
      lower: [['b'], ['b', 'x']],
      upper: [],
      actions: ['write x', 'rm b'],
      lookup: ['b', 'x'],
    })
    expect(found['lookups']).toMatchObject([
      { path: 'b', found: false, from: null },
      { path: 'x', found: true, from: 'upper' },
    ])
    expect(found['steps']).toMatchObject([{ effect: 'copy-up' }, { effect: 'whiteout' }])
    expect(found['hidden']).toEqual([
      { path: 'b', layer: 'lower 1', by: 'upper' },
      { path: 'b', layer: 'lower 2', by: 'lower 1' },
      { path: 'x', layer: 'lower 2', by: 'upper' },
    ])
  })

  test('traps: costs beside the events or in a set, a walk without a host, a trace', () => {
    const events = { n: 1000, a: 10 }
    expect(run('traps', { ...events, c_hyp: 1 })['cycles']).toEqual(
      run('traps', { ...events, costs: { hypercall: 1 } })['cycles'],
    )
    expect(run('traps', { guestLevels: 4 })).toMatchObject({ references: 4 })
    expect(run('traps', { technique: 'paravirtual', costs: { c_hyp: 80 } })).toMatchObject({ cycles: 80, exits: true })
    expect(run('traps', { technique: 'trapAndEmulate', instruction: 'sensitive' })).toMatchObject({ right: false })
  })

  test('migrate: remedies when it does not converge, none when it does', () => {
    const stuck = run('migrate', { memory: 4096, link: 500, dirtyRate: 600 })
    expect(stuck).toMatchObject({ converges: false, ended: 'never', downtime: null, total: null, data: null })
    expect(stuck['remedies']).toMatchObject([
      { id: 'throttle', value: 26, step: 20 },
      { id: 'link', value: 664 },
      { id: 'downtime-limit', value: 8.192 },
      { id: 'post-copy' },
    ])
    expect(run('migrate', { memory: 4096, link: 1024, dirtyRate: 256 })['remedies']).toEqual([])
    const throttled = run('migrate', { memory: 4096, link: 500, dirtyRate: 600, autoConverge: { trigger: 100 } })
    expect((throttled['rounds'] as { throttle: number }[]).map(({ throttle }) => throttle).slice(0, 3)).toEqual([
      0, 20, 20,
    ])
  })

  test('drs: memory besides, costs that no move is worth, rules', () => {
    const hosts = [
      {
        name: 'a',
        cpu: 10,
        memory: 10,
        vms: [
          { name: 'x', cpu: 3, memory: 4 },
          { name: 'y', cpu: 5, memory: 1 },
        ],
      },
      { name: 'b', cpu: 10, memory: 10, vms: [{ name: 'z', cpu: 1, memory: 2 }] },
    ]
    expect(run('drs', { hosts })).toMatchObject({
      sigma: 0.35,
      other: { resource: 'memory', loads: [0.5, 0.2] },
      best: { machine: 'x' },
    })
    expect(run('drs', { hosts, resource: 'memory' })).toMatchObject({ best: { machine: 'y' } })
    expect(run('drs', { hosts, cost: 0.5 })).toMatchObject({ best: null })
    expect(run('drs', { hosts, pinned: { x: 'a' } })).toMatchObject({ best: { machine: 'y' } })
  })

  test('ha: a power-on that takes too much, and an outage beside a migration', () => {
    const cluster = { total: [24, 21], reserved: [7, 6], percent: 25 }
    expect(run('ha', cluster)).toMatchObject({ admitted: true, short: [] })
    expect(run('ha', { ...cluster, powerOn: { cpu: 12, memory: 1 } })).toMatchObject({
      admitted: false,
      short: ['cpu'],
    })
    expect(run('ha', { hosts: [[24, 21]], vms: [[7, 6]], percent: 25 })).toEqual(run('ha', cluster))
    expect(run('ha', { detect: 12, place: 3, boot: 60, migrationDowntime: 0.25 })).toMatchObject({
      outage: 75,
      timesMigration: 300,
    })
  })
})

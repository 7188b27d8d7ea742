// Numbered questions whose answers are known from elsewhere, run as `interlock eval` runs them. Figures that are published
// rounded are compared as rounded; everything else exactly.
import { describe, expect, test } from 'vitest'
import { arithmeticOperations } from '../../../../../src-main/labs/topology/operations/arithmetic.ts'
import { runOperation } from '../../../../../src-main/services/operations.ts'

type Name = keyof typeof arithmeticOperations

// Through JSON, as on the command line: what JSON cannot say must not be part of an answer.
const run = (name: Name, input: unknown): unknown =>
  JSON.parse(JSON.stringify(runOperation(arithmeticOperations[name], input)))

type Case = [id: string, name: Name, input: unknown, expected: object]

const greedy = { capacity: 2, weights: [1024, 512, 512] }
const conversion = (id: string, milliCpu: string, shares: number, weightOld: number, weightNew: number): Case => [
  `9 ${id}`,
  'cpu',
  { milliCpu },
  { shares, weightOld, weightNew },
]

const cpuCases: Case[] = [
  ['1', 'cpu', greedy, { allocations: [1, 0.5, 0.5], contended: true, unused: 0 }],
  ['2', 'cpu', { capacity: 2, weights: [200, 100, 100], demands: [0.3, 2, 2] }, { allocations: [0.3, 0.85, 0.85] }],
  ['4', 'cpu', { work: 300, quota: 50, period: 100, threads: 1 }, { wall: 550, fullPeriods: 5, throttledPeriods: 5 }],
  ['5', 'cpu', { work: 320, quota: 50, period: 100 }, { wall: 620, fullPeriods: 6 }],
  [
    '7',
    'cpu',
    { work: 40, quota: 50, period: 100 },
    { wall: 40, fullPeriods: 0, throttledPeriods: 0, throttledTime: 0 },
  ],
  ['8', 'cpu', { work: 100, quota: 100, period: 100 }, { wall: 100, throttledPeriods: 0 }],
  conversion('100m', '100m', 102, 4, 17),
  conversion('250m', '250m', 256, 10, 35),
  conversion('500m', '500m', 512, 20, 59),
  conversion('1000m', '1000m', 1024, 39, 100),
  conversion('2000m', '2000m', 2048, 79, 174),
  conversion('4000m', '4', 4096, 157, 303),
  ['10', 'cpu', { limit: 250 }, { quota: 25_000, period: 100_000 }],
  ['10 floor', 'cpu', { limit: '5m' }, { quota: 1000 }],
  ['11', 'cpu', { readyMs: 1000, interval: 20, vcpus: 1 }, { readyPercent: 5, alarm: false }],
  ['11 two', 'cpu', { readyMs: 4000, vcpus: 2 }, { readyPercent: 10, allVcpus: 20, alarm: true }],
]

const rho = (active: number, tax: number): object => ({ S: 1000, P: 1000, f: active, tau: tax })
const memoryCases: Case[] = [
  ['28', 'oom', { request: '1Gi', capacity: '8Gi' }, { adj: 875 }],
  ['28 small', 'oom', { request: '4Mi', capacity: '8Gi' }, { adj: 999 }],
  ['28 all', 'oom', { request: '8Gi', capacity: '8Gi' }, { adj: 2 }],
  ['32 busy', 'memory', rho(1, 0.75), { rho: 1 }],
  ['32 no tax', 'memory', rho(0.2, 0), { rho: 1 }],
  [
    '32 whom',
    'memory',
    {
      vms: [
        { shares: 1000, pages: 1000, active: 1 },
        { shares: 1000, pages: 1000, active: 0.2 },
      ],
    },
    { reclaimFrom: 'VM 2' },
  ],
  ['34 28', 'memory', { physicalGb: 28 }, { minFree: 899 }],
  ['34 48', 'memory', { physicalGb: 48 }, { minFree: 1103.8 }],
  ['34 128', 'memory', { physicalGb: 128 }, { minFree: 1923 }],
  [
    '35',
    'memory',
    { physicalGb: 128, free: [2500, 1500, 900, 400, 200] },
    { states: ['high', 'clear', 'soft', 'hard', 'low'] },
  ],
  ['36 cap', 'memory', { configured: 8192 }, { cap: 5324.8 }],
  ['37', 'memory', { vms: 10, identical: 512 }, { saved: 4608 }],
  ['39', 'memory', { capacity: 8, usage: 7.6, inactiveFile: 0.4 }, { availableMi: 819.2, evicts: false }],
  ['40', 'oom', { limit: 64, step: 8 }, { lastSaid: 56, status: 137, oomKills: 1, peakBytes: 67_108_864 }],
  [
    '40 two',
    'oom',
    {
      limit: 80,
      programs: [
        { name: 'a', step: 5, wanted: 50 },
        { name: 'b', step: 5, wanted: 35 },
      ],
    },
    { killed: ['a'] },
  ],
]

const events = { n: 100e6, a: 50_000, s: 20_000, t: 30_000, o: 5_000 }
const otherCases: Case[] = [
  [
    '41',
    'migrate',
    { memory: 4096, link: 1024, dirtyRate: 256, downtimeLimit: 0.3 },
    { roundTimes: [4, 1], lastVolume: 256, downtime: 0.25, total: 5.25, data: 5376, converges: true, liveRounds: 2 },
  ],
  [
    '44',
    'migrate',
    { memory: 4096, link: 500, dirtyRate: 600, downtimeLimit: 0.3, maxRounds: 5 },
    { converges: false, ended: 'max-rounds', liveRounds: 5, downtime: 8.192, total: 49.152, data: 24_576 },
  ],
  ['48', 'drs', { lbm: 0.282, hosts: 2 }, { priority: 2 }],
  ['48 second', 'drs', { lbm: 0.05, hosts: 4 }, { priority: 5 }],
  ['48 third', 'drs', { lbm: 0.1, hosts: 4 }, { priority: 4 }],
  [
    '49',
    'ha',
    {
      hosts: [
        [9, 9],
        [9, 6],
        [6, 6],
      ],
      vms: [
        [2, 1],
        [2, 1],
        [1, 2],
        [1, 1],
        [1, 1],
      ],
    },
    { slot: { cpu: 2, memory: 2 }, hostSlots: [4, 3, 3], tolerated: 1, totalSlots: 10, poweredOn: 5 },
  ],
  [
    '51',
    'traps',
    events,
    {
      cycles: {
        native: 105_800_000,
        trapAndEmulate: 256_000_000,
        binaryTranslation: 179_500_000,
        paravirtual: 126_300_400,
        hardwareShadow: 168_000_000,
        hardwareNested: 122_300_000,
      },
    },
  ],
  ['52', 'traps', { guestLevels: 4, hostLevels: 4 }, { references: 24 }],
  ['52 five', 'traps', { g: 5, h: 5 }, { references: 35 }],
  ['53', 'traps', { e: 20 }, { cycles: 27_300 }],
  ['54', 'traps', { memory: 64, page: 4096 }, { entries: 16_777_216, bytes: 128 * 1024 ** 2 }],
  ['54 large', 'traps', { memory: '64Gi', page: '2Mi' }, { entries: 32_768, bytes: 256 * 1024 }],
  ['55', 'identity', { map: [0, 100_000, 65_536], uids: [0, 1000, 70_000] }, { results: [100_000, 101_000, null] }],
  ['55 one', 'identity', { map: [[0, 1001, 1]], uids: [0, 1] }, { results: [1001, null] }],
  [
    '56',
    'overlay',
    { lower: ['a', 'c'], upper: ['a', '.wh.c'] },
    {
      listing: ['a'],
      from: { a: 'upper' },
      layers: [
        { name: 'upper', content: ['a', 'c (whiteout)'] },
        { name: 'lower', content: ['a', 'c'] },
      ],
    },
  ],
]

describe.each([
  ['CPU', cpuCases],
  ['memory', memoryCases],
  ['migration, clusters, techniques, images', otherCases],
] as const)('known answers on %s', (_title, cases) => {
  test.each(cases)('case %s with topology.%s', (_id, name, input, expected) => {
    expect(run(name, input)).toMatchObject(expected)
  })
})

describe('known answers whose figures are rounded', () => {
  test('32: a fifth active under the usual tax', () => {
    const { rho: found } = run('memory', rho(0.2, 0.75)) as { rho: number }
    expect(found).toBeCloseTo(0.294, 3)
  })

  test('36: overcommit', () => {
    const input = { configured: [{ count: 3, size: 4 }, 8, 8], physical: 24, overhead: 2 }
    const { ratio, configured } = run('memory', input) as { ratio: number; configured: number }
    expect([configured, ratio.toFixed(3)]).toEqual([28, '1.273'])
  })

  test('42: many rounds', () => {
    const input = { memory: 8192, link: 1000, dirtyRate: 800, downtimeLimit: 0.3 }
    const found = run('migrate', input) as Record<'liveRounds' | 'lastVolume' | 'downtime' | 'total' | 'data', number>
    expect(found.liveRounds).toBe(15)
    expect(found.lastVolume).toBeCloseTo(288.23, 2)
    expect(found.downtime).toBeCloseTo(0.2882, 4)
    expect(found.total).toBeCloseTo(39.807, 3)
    expect(Math.round(found.data)).toBe(39_807)
  })

  test('46: stop-and-copy of case 41', () => {
    expect(run('migrate', { memory: 4096, link: 1024 })).toMatchObject({ stopAndCopy: { downtime: 4 } })
  })

  test('47: loads, imbalance and moves', () => {
    const found = run('drs', { hosts: [30, 30, 30], vms: [[12, 8, 4], [6], [9]] }) as {
      loads: number[]
      sigma: number
      best: object
      moves: { machine: string; to: string; sigma: number }[]
    }
    expect(found.loads).toEqual([0.8, 0.2, 0.3])
    expect(found.sigma).toBeCloseTo(0.2625, 4)
    expect(found.best).toMatchObject({ machine: 'VM 8', from: 'host 1', to: 'host 2' })
    const after = (machine: string, to: string): string | undefined =>
      found.moves.find((move) => move.machine === machine && move.to === to)?.sigma.toFixed(4)
    expect(after('VM 8', 'host 2')).toBe('0.0981')
    expect(after('VM 12', 'host 2')).toBe('0.1247')
    expect(after('VM 4', 'host 2')).toBe('0.1656')
    expect(after('VM 8', 'host 3')).toBe('0.1656')
  })

  test('51: ratios to native', () => {
    const { ratios } = run('traps', events) as { ratios: Record<string, number> }
    expect(Object.values(ratios).map((ratio) => ratio.toFixed(3))).toEqual([
      '1.000',
      '2.420',
      '1.697',
      '1.194',
      '1.588',
      '1.156',
    ])
  })
})

// The operation `topology.cpu`: shares under contention, quota and throttling, what Kubernetes writes into cgroups, and
// ready time. The fields that are there say which of them is asked for.
import type { Operation } from '../../../contract/lab.ts'
import { MAX_CPU_GROUPS } from '../../../contract/limits.ts'
import { anything, bad } from '../../../contract/operation-input.ts'
import {
  newWeightOf,
  oldWeightOf,
  quotaOf,
  READY_ALARM_PERCENT,
  readyPercent,
  sharesOf,
} from '../capacity/conversions.ts'
import { type Claimant, shareCpu } from '../capacity/shares.ts'
import { busyUnderQuota, runUnderQuota } from '../capacity/throttling.ts'
import { show, tidy } from '../figures.ts'
import {
  type Fields,
  kindOf,
  type Question,
  readList,
  readMilliCpu,
  readName,
  readNamed,
  readNumber,
  readOptional,
  refuseTwice,
} from './input.ts'

const questions: readonly Question<'sharing' | 'throttling' | 'busy' | 'conversion' | 'weights' | 'ready'>[] = [
  { kind: 'sharing', needs: ['capacity', 'weights'], may: ['demands', 'limits', 'names'] },
  { kind: 'sharing', needs: ['capacity', 'shares'], may: ['demands', 'limits', 'names'] },
  { kind: 'throttling', needs: ['work', 'quota'], may: ['period', 'threads', 'cores'] },
  { kind: 'throttling', needs: ['work', 'limit'], may: ['period', 'threads', 'cores'] },
  { kind: 'busy', needs: ['duration', 'quota'], may: ['period', 'threads', 'cores'] },
  { kind: 'busy', needs: ['duration', 'limit'], may: ['period', 'threads', 'cores'] },
  { kind: 'conversion', needs: ['milliCpu'], may: ['period'] },
  { kind: 'conversion', needs: ['request'], may: ['limit', 'period'] },
  { kind: 'conversion', needs: ['limit'], may: ['period'] },
  { kind: 'weights', needs: ['shares'], may: [] },
  { kind: 'ready', needs: ['readyMs'], may: ['interval', 'vcpus'] },
]

const aliases = {
  requestMilliCpu: 'request',
  limitMilliCpu: 'limit',
  C: 'capacity',
  W: 'work',
  Q: 'quota',
  P: 'period',
  m: 'threads',
  ready: 'readyMs',
  vCPUs: 'vcpus',
  vCpus: 'vcpus',
  intervalS: 'interval',
}

/** A list, or an object from names to values. */
function readByName(value: unknown, at: string): { names: string[] | null; values: unknown[] } {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return {
      names: Object.keys(value),
      values: readList(Object.values(value), at, '{"web": 1024, "batch": 512}', 1, MAX_CPU_GROUPS),
    }
  }
  return { names: null, values: readList(value, at, '[1024, 512]', 1, MAX_CPU_GROUPS) }
}

/** Values for the claimants in their order; null asks for all. */
function readFor(value: unknown, at: string, names: readonly string[], named: boolean): (number | null)[] {
  if (value === undefined) return names.map(() => null)
  const read = (one: unknown, place: string): number | null =>
    one === null || one === undefined || one === 'greedy' ? null : readNumber(one, place)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    if (!named) throw bad(at, 'names are known only when weights is an object or names is given. Write a list.')
    const strange = Object.keys(value).find((name) => !names.includes(name))
    if (strange !== undefined) throw bad(`${at}.${strange}`, `nobody has this name. Name one of ${names.join(', ')}.`)
    return names.map((name) => read((value as Fields)[name], `${at}.${name}`))
  }
  const list = readList(value, at, '[0.3, 2, null]')
  if (list.length !== names.length) {
    throw bad(
      at,
      `the number of entries is ${show(list.length)}, of weights ${show(names.length)}. Give one for each; null is no bound.`,
    )
  }
  return list.map((one, index) => read(one, `${at}[${index}]`))
}

function runSharing(fields: Fields): object {
  const capacity = readNumber(fields['capacity'], 'capacity')
  const field = fields['weights'] === undefined ? 'shares' : 'weights'
  const { names: own, values } = readByName(fields[field], field)
  const given = fields['names'] === undefined ? null : readList(fields['names'], 'names', '["web", "batch"]')
  if (given !== null && given.length !== values.length) {
    throw bad(
      'names',
      `the number of names is ${show(given.length)}, of weights ${show(values.length)}. Give each one.`,
    )
  }
  const names =
    given?.map((name, index) => readName(name, `names[${index}]`)) ?? own ?? values.map((_, i) => `group ${i + 1}`)
  refuseTwice(names, 'names')
  const demands = readFor(fields['demands'], 'demands', names, own !== null || given !== null)
  const limits = readFor(fields['limits'], 'limits', names, own !== null || given !== null)
  const claimants = names.map((name, index): Claimant => {
    const place = own === null ? `${field}[${index}]` : `${field}.${name}`
    return {
      name,
      weight: readNumber(values[index], place, { above: 0 }),
      demand: demands[index] ?? null,
      limit: limits[index] ?? null,
    }
  })
  return { kind: 'sharing', names, ...shareCpu(capacity, claimants) }
}

/** Quota in ms for each period: given, or a limit in CPUs times the period. */
function readQuota(fields: Fields): { quota: number; period: number; threads: number } {
  const period = readOptional(fields['period'], 100, (value) => readNumber(value, 'period', { above: 0 }))
  const quota =
    fields['quota'] === undefined
      ? tidy(readNumber(fields['limit'], 'limit', { above: 0 }) * period)
      : readNumber(fields['quota'], 'quota', { above: 0 })
  const whole = { min: 1, whole: true }
  const threads = readOptional(fields['threads'], 1, (value) => readNumber(value, 'threads', whole))
  const cores = readOptional(fields['cores'], threads, (value) => readNumber(value, 'cores', whole))
  return { quota, period, threads: Math.min(threads, cores) }
}

function runConversion(fields: Fields): object {
  const request = fields['milliCpu'] ?? fields['request']
  const limit = fields['milliCpu'] ?? fields['limit']
  const period = readOptional(fields['period'], 100_000, (value) =>
    readNumber(value, 'period', { min: 1, whole: true }),
  )
  const working: string[] = []
  const output: Record<string, unknown> = { kind: 'conversion' }
  if (request !== undefined) {
    const place = fields['milliCpu'] === undefined ? 'request' : 'milliCpu'
    const shares = sharesOf(readMilliCpu(request, place))
    const [old, recent] = [oldWeightOf(shares.value), newWeightOf(shares.value)]
    Object.assign(output, { shares: shares.value, weightOld: old.value, weightNew: recent.value })
    working.push(...shares.working, ...old.working, ...recent.working)
  }
  if (limit !== undefined) {
    const place = fields['milliCpu'] === undefined ? 'limit' : 'milliCpu'
    const quota = quotaOf(readMilliCpu(limit, place), period)
    Object.assign(output, { quota: quota.value, period, cpuMax: `${quota.value} ${period}` })
    working.push(...quota.working)
  }
  return { ...output, working }
}

function run(input: unknown): object {
  const fields = readNamed(input, aliases)
  const kind = kindOf(fields, questions)
  switch (kind) {
    case 'sharing':
      return runSharing(fields)
    case 'throttling':
      return {
        kind,
        ...runUnderQuota({ ...readQuota(fields), work: readNumber(fields['work'], 'work', { above: 0 }) }),
      }
    case 'busy':
      return { kind, ...busyUnderQuota(readNumber(fields['duration'], 'duration', { above: 0 }), readQuota(fields)) }
    case 'conversion':
      return runConversion(fields)
    case 'weights': {
      const shares = readNumber(fields['shares'], 'shares', { min: 2, max: 262_144, whole: true })
      const [old, recent] = [oldWeightOf(shares), newWeightOf(shares)]
      const working = [...old.working, ...recent.working]
      return { kind, shares, weightOld: old.value, weightNew: recent.value, working }
    }
    case 'ready': {
      const readyMs = readNumber(fields['readyMs'], 'readyMs')
      const interval = readOptional(fields['interval'], 20, (value) => readNumber(value, 'interval', { above: 0 }))
      const vcpus = readOptional(fields['vcpus'], 1, (value) => readNumber(value, 'vcpus', { min: 1, whole: true }))
      const { value, all, working } = readyPercent(readyMs, interval, vcpus)
      return { kind, readyPercent: value, allVcpus: all, alarm: value >= READY_ALARM_PERCENT, working }
    }
  }
}

const example = { capacity: 2, weights: [200, 100, 100], demands: [0.3, 2, 2] }

export const cpu: Operation<unknown, object> = {
  summary: 'CPU: shares under contention, quota and throttling, cgroup values of Kubernetes, ready time.',
  input: anything(),
  help: [
    'Input, one of these questions:',
    '  sharing     capacity (CPUs), weights or shares (list, or object of names); optional names,',
    '              demands and limits (CPUs, null: no bound)',
    '  throttling  work (CPU ms), quota (ms in each period) or limit (CPUs); optional period (ms, 100), threads (1), cores',
    '  busy        duration (ms), quota or limit; optional period, threads, cores: threads that never stop',
    '  conversion  milliCpu, or request and limit ("250m", "0.25" or 250); optional period (us, 100000)',
    '  weights     shares (2 to 262144)',
    '  ready       readyMs; optional interval (s, 20), vcpus (1)',
    'Output, with kind and working (the formulas with their numbers) always:',
    '  sharing     allocations and entitlements (CPUs), rounds of water-filling, unused, contended',
    '  throttling  wall (ms), fullPeriods, throttledPeriods, throttledPerPeriod and throttledTime (ms), limit, periods',
    '  busy        cpuTime (ms), periods, throttledPeriods, throttledTime (ms)',
    '  conversion  shares (v1), weightOld and weightNew (v2) of the request; quota and period (us), cpuMax of the limit',
    '  ready       readyPercent of each virtual CPU, allVcpus (their sum), alarm (from 10 %)',
    'Figures have up to 12 digits; only the lines of working are rounded, to 4 digits behind the point.',
  ],
  get example() {
    return { input: example, output: run(example) }
  },
  run,
}

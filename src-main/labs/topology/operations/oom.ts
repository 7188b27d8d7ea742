// The operation `topology.oom`: who dies when a memory limit is hit, what programs see that grow into one, what writing
// a limit below the usage does, and the oom_score_adj of Kubernetes.
import type { Operation } from '../../../contract/lab.ts'
import { MAX_GROWING, MAX_GROWTH_PIECES } from '../../../contract/limits.ts'
import { anything, bad } from '../../../contract/operation-input.ts'
import { type GrowingProcess, growUntilLimit } from '../capacity/memory-limit.ts'
import {
  type CgroupVersion,
  chooseVictim,
  countersOf,
  oomScoreAdj,
  type OomProcess,
  writeLimit,
} from '../capacity/oom.ts'
import { show, tidy } from '../figures.ts'
import {
  type Fields,
  kindOf,
  type Question,
  readChoice,
  readFlag,
  readList,
  readName,
  readNamed,
  readNumber,
  readOptional,
  readSize,
  refuseTwice,
} from './input.ts'

const questions: readonly Question<'victim' | 'growth' | 'write' | 'qos'>[] = [
  { kind: 'victim', needs: ['processes', 'limit'], may: ['group'] },
  {
    kind: 'growth',
    needs: ['limit', 'step'],
    may: ['base', 'wanted', 'adj', 'version', 'cache', 'high', 'killer', 'group'],
  },
  { kind: 'growth', needs: ['limit', 'programs'], may: ['version', 'cache', 'high', 'killer', 'group'] },
  { kind: 'write', needs: ['usage', 'newLimit'], may: ['reclaimable', 'version'] },
  { kind: 'qos', needs: ['request', 'capacity'], may: ['qos'] },
  { kind: 'qos', needs: ['qos'], may: [] },
]

const aliases = {
  limitPages: 'limit',
  memoryMax: 'limit',
  oomGroup: 'group',
  oom_score_adj: 'adj',
  oomScoreAdj: 'adj',
  qosClass: 'qos',
}

const ofProcess = { oom_score_adj: 'adj', oomScoreAdj: 'adj', page_tables: 'pageTables', id: 'name' }

/** Pages of 4 KiB in a MiB. */
const PAGES = 256
/** What a program takes besides its pieces when nobody says it, MiB. */
const USUAL_BASE = 1

/** Pages: a plain number is a number of pages, a text has a unit. */
const readPages = (value: unknown, at: string, above?: number): number =>
  typeof value === 'string'
    ? tidy(readSize(value, at, 'Mi', above === undefined ? {} : { above }) * PAGES)
    : readNumber(value, at, above === undefined ? {} : { above })

const readAdj = (value: unknown, at: string): number =>
  readOptional(value, 0, (given) => readNumber(given, at, { min: -1000, max: 1000, whole: true }))

function readProcess(value: unknown, index: number): OomProcess {
  const place = `processes[${index}]`
  const fields = readNamed(typeof value === 'number' ? { rss: value } : value, ofProcess, place)
  const pages = (field: string): number =>
    readOptional(fields[field], 0, (given) => readPages(given, `${place}.${field}`))
  return {
    name: readOptional(fields['name'], `process ${index + 1}`, (given) => readName(given, `${place}.name`)),
    rss: readPages(fields['rss'], `${place}.rss`),
    swap: pages('swap'),
    pageTables: pages('pageTables'),
    adj: readAdj(fields['adj'], `${place}.adj`),
  }
}

function runVictim(fields: Fields): object {
  const processes = readList(fields['processes'], 'processes', '[{ "name": "db", "rss": 12800 }]').map(readProcess)
  refuseTwice(
    processes.map(({ name }) => name),
    'processes',
  )
  const limit = readPages(fields['limit'], 'limit', 0)
  const group = readOptional(fields['group'], false, (value) => readFlag(value, 'group'))
  const choice = chooseVictim(processes, limit, group)
  return {
    kind: 'victim',
    ...choice,
    processes: choice.processes.map(({ name, badness, adjustment }) => ({ name, badness, adjustment })),
  }
}

function readProgram(value: unknown, place: string, name: string): GrowingProcess {
  const fields = readNamed(value, ofProcess, place)
  const at = (field: string): string => (place === 'input' ? field : `${place}.${field}`)
  return {
    name: readOptional(fields['name'], name, (given) => readName(given, at('name'))),
    base: readOptional(fields['base'], USUAL_BASE, (given) => readSize(given, at('base'), 'Mi')),
    step: readSize(fields['step'], at('step'), 'Mi', { above: 0 }),
    wanted: readOptional<number | null>(fields['wanted'], null, (given) => readSize(given, at('wanted'), 'Mi')),
    adj: readAdj(fields['adj'], at('adj')),
  }
}

const readVersion = (value: unknown): CgroupVersion | null =>
  readOptional<CgroupVersion | null>(value, null, (given) => readChoice(given, 'version', [1, 2]))

function runGrowth(fields: Fields): object {
  const limit = readSize(fields['limit'], 'limit', 'Mi', { above: 0 })
  const version = readVersion(fields['version']) ?? 2
  const killer = readOptional(fields['killer'], true, (value) => readFlag(value, 'killer'))
  if (!killer && version === 2) throw bad('killer', 'only version 1 can switch the killer off. Write "version": 1.')
  const group = readOptional(fields['group'], false, (value) => readFlag(value, 'group'))
  if (group && version === 1) throw bad('group', 'only version 2 has oom.group. Write "version": 2.')
  const programs =
    fields['programs'] === undefined
      ? [readProgram(fields, 'input', 'program')]
      : readList(fields['programs'], 'programs', '[{ "name": "a", "step": 5, "wanted": 50 }]', 1, MAX_GROWING).map(
          (value, index) => readProgram(value, `programs[${index}]`, `program ${index + 1}`),
        )
  refuseTwice(
    programs.map(({ name }) => name),
    'programs',
  )
  for (const [index, { name, step, wanted }] of programs.entries()) {
    if (Math.min(wanted ?? limit, limit) / step > MAX_GROWTH_PIECES) {
      const place = fields['programs'] === undefined ? 'step' : `programs[${index}].step`
      throw bad(place, `${name} would take more than ${show(MAX_GROWTH_PIECES)} pieces. Make them larger.`)
    }
  }
  const cache = readOptional(fields['cache'], 0, (value) => readSize(value, 'cache', 'Mi'))
  if (cache > limit) throw bad('cache', `the cgroup may hold only ${show(limit)} MiB. Write less.`)
  const high = readOptional<number | null>(fields['high'], null, (value) => readSize(value, 'high', 'Mi'))
  if (high !== null && version === 1) throw bad('high', 'only version 2 has memory.high. Write "version": 2.')
  const ran = growUntilLimit({ version, limit, high, cache, group, killer }, programs, MAX_GROWTH_PIECES + 2)
  const rows = programs.map(({ name }, index) => ({ name, lastSaid: ran.lastSaid[index]!, status: ran.status[index]! }))
  const [only] = rows
  return {
    kind: 'growth',
    ...(rows.length === 1 && only !== undefined ? { lastSaid: only.lastSaid, status: only.status } : {}),
    programs: rows,
    killed: rows.filter(({ status }) => status === 137).map(({ name }) => name),
    oomKills: ran.oomKills,
    limitHits: ran.hits,
    slowedDown: ran.slowed,
    peakMi: ran.peak,
    peakBytes: ran.peak * 1024 ** 2,
    counters: countersOf(version),
    steps: ran.steps,
    working: ran.steps.flatMap(({ sentence, choice }) => [
      sentence,
      ...(choice?.working ?? []).map((line) => `  ${line}`),
    ]),
  }
}

function runWrite(fields: Fields): object {
  const usage = readSize(fields['usage'], 'usage', 'Mi')
  const newLimit = readSize(fields['newLimit'], 'newLimit', 'Mi')
  const reclaimable = readOptional(fields['reclaimable'], 0, (value) => readSize(value, 'reclaimable', 'Mi'))
  if (reclaimable > usage) throw bad('reclaimable', 'it is part of the usage, so it cannot be more. Lower it.')
  const version = readVersion(fields['version'])
  const of = (one: CgroupVersion): object => writeLimit(one, usage, reclaimable, newLimit)
  return version === null ? { kind: 'write', v1: of(1), v2: of(2) } : { kind: 'write', version, ...of(version) }
}

function runQos(fields: Fields): object {
  const qos = readOptional(fields['qos'], 'Burstable' as const, (value) =>
    readChoice(value, 'qos', ['Guaranteed', 'Burstable', 'BestEffort']),
  )
  if (fields['request'] === undefined) {
    if (qos === 'Burstable') throw bad('qos', 'Burstable needs request and capacity. Add both.')
    return { kind: 'qos', qos, ...oomScoreAdj(qos, 0, 1) }
  }
  const request = readSize(fields['request'], 'request', 'Mi')
  const capacity = readSize(fields['capacity'], 'capacity', 'Mi', { above: 0 })
  return { kind: 'qos', qos, ...oomScoreAdj(qos, request, capacity) }
}

function run(input: unknown): object {
  const fields = readNamed(input, aliases)
  switch (kindOf(fields, questions)) {
    case 'victim':
      return runVictim(fields)
    case 'growth':
      return runGrowth(fields)
    case 'write':
      return runWrite(fields)
    case 'qos':
      return runQos(fields)
  }
}

const example = {
  limit: 20_480,
  processes: [
    { name: 'web', rss: 8_960 },
    { name: 'db', rss: 12_800, pageTables: 40, adj: -500 },
  ],
}

export const oom: Operation<unknown, object> = {
  summary: 'Memory limits: the victim by badness, programs that grow into a limit, writing a limit, oom_score_adj.',
  input: anything(),
  help: [
    'Input, one of these questions:',
    '  victim  processes (each name, rss; optional swap, pageTables, adj) and limit, in pages or texts such as "50Mi";',
    '          optional group (oom.group of version 2)',
    '  growth  limit and step (MiB); optional base (1: what the program is itself), wanted, adj, version (2), cache, high,',
    '          group, killer (false only in version 1); for several: programs (each name, step, base, wanted, adj)',
    '  write   usage, newLimit (MiB); optional reclaimable, version (1 or 2; without it both)',
    '  qos     request and capacity (MiB or "1Gi"); optional qos ("Burstable", "Guaranteed", "BestEffort")',
    'Output:',
    '  victim  victim (null when all are exempt), tied, killed, processes with badness in pages (null: exempt)',
    '  growth  programs with lastSaid (MiB) and status (137: killed, null: hangs or still waits), killed, oomKills,',
    '          limitHits, slowedDown (above high), peakMi, peakBytes, counters (where the kernel counts), steps',
    '  write   accepted, error ("EBUSY" or null), reclaimed, usageAfterReclaim, kills; of both: v1 and v2',
    '  qos     adj',
    'Each has kind and working. Figures have up to 12 digits; only the lines of working are rounded.',
  ],
  get example() {
    return { input: example, output: run(example) }
  },
  run,
}

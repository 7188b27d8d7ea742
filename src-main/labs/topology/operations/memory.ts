// The operation `topology.memory`: overcommit, minFree and the states of a host, idle tax, balloons, page sharing, and
// the available memory of a node. The fields that are there say which of them is asked for.
import type { Operation } from '../../../contract/lab.ts'
import { MAX_RECLAIM_WORK } from '../../../contract/limits.ts'
import { anything, bad } from '../../../contract/operation-input.ts'
import { balloon, BALLOON_CAP_PERCENT, sharedPages } from '../capacity/balloon.ts'
import { EVICTION_THRESHOLD_MIB, nodePressure } from '../capacity/eviction.ts'
import { hostState, minFree, overcommit } from '../capacity/host-memory.ts'
import { adjustedSharesPerPage, IDLE_TAX, payer, reclaimPages, type TaxedMachine } from '../capacity/idle-tax.ts'
import { reclaimRun } from '../capacity/reclaim-run.ts'
import { counted, show, tidy } from '../figures.ts'
import { readReclaimMachine } from './memory-input.ts'
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

type Kind = 'minFree' | 'states' | 'overcommit' | 'idleTax' | 'balloon' | 'pageSharing' | 'eviction' | 'reclaim'

const questions: readonly Question<Kind>[] = [
  { kind: 'minFree', needs: ['physical'], may: ['free'] },
  { kind: 'states', needs: ['minFree', 'free'], may: [] },
  { kind: 'overcommit', needs: ['configured', 'physical'], may: ['overhead'] },
  { kind: 'overcommit', needs: ['vms', 'physical'], may: ['overhead'] },
  { kind: 'pageSharing', needs: ['vms', 'identical'], may: [] },
  { kind: 'idleTax', needs: ['vms'], may: ['tax', 'reclaim'] },
  { kind: 'idleTax', needs: ['shares', 'pages', 'active'], may: ['tax'] },
  { kind: 'balloon', needs: ['configured'], may: ['reclaim', 'free', 'driver', 'capPercent'] },
  { kind: 'eviction', needs: ['capacity', 'usage'], may: ['inactiveFile', 'threshold', 'unit'] },
  { kind: 'reclaim', needs: ['physical', 'free', 'vms'], may: ['tax'] },
]

const aliases = {
  physicalGb: 'physical',
  physicalGB: 'physical',
  hostGb: 'physical',
  hostGB: 'physical',
  host: 'physical',
  n: 'vms',
  freeMb: 'free',
  freeMB: 'free',
  machines: 'vms',
  tau: 'tax',
  S: 'shares',
  P: 'pages',
  f: 'active',
  inactive_file: 'inactiveFile',
}

const nested = { tau: 'tax', S: 'shares', P: 'pages', f: 'active' }

/** One number, or a list of them. */
function readOneOrMore(value: unknown, at: string): number[] {
  if (!Array.isArray(value)) return [readNumber(value, at)]
  return readList(value, at, '[2500, 400]').map((one, index) => readNumber(one, `${at}[${index}]`))
}

/** Sizes of machines: numbers, or { count, size } for several that are alike. */
function readSizes(value: unknown, at: string): number[] {
  if (typeof value === 'number') return [readNumber(value, at)]
  const sizes = readList(value, at, '[4, 4, { "count": 2, "size": 8 }]').flatMap((one, index) => {
    const place = `${at}[${index}]`
    if (typeof one === 'number') return [readNumber(one, place)]
    const fields = readNamed(one, { configured: 'size', memory: 'size' }, place)
    const count = readOptional(fields['count'], 1, (given) =>
      readNumber(given, `${place}.count`, { min: 1, max: 10_000, whole: true }),
    )
    return Array.from<number>({ length: count }).fill(readNumber(fields['size'], `${place}.size`))
  })
  return sizes
}

function readTaxed(value: unknown, place: string, index: number): TaxedMachine {
  const fields = readNamed(value, nested, place)
  return {
    name: readOptional(fields['name'], `VM ${index + 1}`, (name) => readName(name, `${place}.name`)),
    shares: readNumber(fields['shares'], `${place}.shares`, { above: 0 }),
    pages: readNumber(fields['pages'], `${place}.pages`, { above: 0 }),
    active: readNumber(fields['active'], `${place}.active`, { max: 1 }),
  }
}

function readTax(fields: Fields): number {
  const tax = readOptional(fields['tax'], IDLE_TAX, (value) => readNumber(value, 'tax', { max: 1 }))
  if (tax === 1) throw bad('tax', 'a tax of 1 would take idle memory for nothing: 1 / (1 - 1). Write less than 1.')
  return tax
}

function runIdleTax(fields: Fields): object {
  const tax = readTax(fields)
  const k = tidy(1 / (1 - tax))
  const rate = `k = 1 / (1 - tau) = 1 / (1 - ${show(tax)}) = ${show(k)}`
  if (fields['vms'] === undefined) {
    const { rho, working } = adjustedSharesPerPage(readTaxed({ ...fields, tax: undefined }, 'input', 0), tax)
    return { kind: 'idleTax', rho, k, working: [rate, working] }
  }
  const machines = readList(fields['vms'], 'vms', '[{ "shares": 1000, "pages": 1000, "active": 0.2 }]').map(
    (one, index) => readTaxed(one, `vms[${index}]`, index),
  )
  refuseTwice(
    machines.map(({ name }) => name),
    'vms',
  )
  const taxed = machines.map((machine) => adjustedSharesPerPage(machine, tax))
  const first = machines[payer(taxed.map(({ rho }) => rho))]!.name
  const working = [rate, ...taxed.map((one) => one.working), `The lowest rho gives first: ${first}.`]
  const rows = taxed.map(({ name, rho }) => ({ name, rho }))
  const output = { kind: 'idleTax', k, rho: rows.map(({ rho }) => rho), vms: rows, reclaimFrom: first }
  if (fields['reclaim'] === undefined) return { ...output, working }
  const wanted = readNumber(fields['reclaim'], 'reclaim', { whole: true })
  refuseLong(wanted, machines.length, 'reclaim')
  const { taken, pages, rho, missing } = reclaimPages(machines, tax, wanted)
  working.push(
    `Page by page from the lowest rho, idle pages first: ${machines.map(({ name }, index) => `${name} gives ${show(taken[index]!)}`).join(', ')}.`,
  )
  return { ...output, taken, pagesAfter: pages, rhoAfter: rho, missing, working }
}

/** Memory is taken back piece by piece, each from the machine that is the cheapest by then. */
function refuseLong(pieces: number, machines: number, at: string): void {
  if (pieces * machines <= MAX_RECLAIM_WORK) return
  throw bad(at, `${show(pieces)} from ${counted(machines, 'machine')} are too many to be taken one by one. Lower it.`)
}

function runBalloon(fields: Fields): object {
  const configured = readSize(fields['configured'], 'configured', 'Mi', { above: 0 })
  const reclaim = readOptional(fields['reclaim'], 0, (value) => readSize(value, 'reclaim', 'Mi'))
  const free = readOptional(fields['free'], 0, (value) => readSize(value, 'free', 'Mi'))
  if (reclaim > configured) throw bad('reclaim', `the machine has only ${show(configured)} MiB. Take less.`)
  if (free > configured) throw bad('free', `the machine has only ${show(configured)} MiB. Less can be free.`)
  const driver = readOptional(fields['driver'], true, (value) => readFlag(value, 'driver'))
  const cap = readOptional(fields['capPercent'], BALLOON_CAP_PERCENT, (value) =>
    readNumber(value, 'capPercent', { max: 100 }),
  )
  return { kind: 'balloon', ...balloon({ configured, free, driver }, reclaim, cap) }
}

function runEviction(fields: Fields): object {
  const unit = readOptional(fields['unit'], 'Gi' as const, (value) => {
    const chosen = readChoice(value, 'unit', ['Gi', 'Mi', 'GiB', 'MiB'])
    return chosen === 'Gi' || chosen === 'GiB' ? 'Gi' : 'Mi'
  })
  const capacity = readSize(fields['capacity'], 'capacity', unit, { above: 0 })
  const usage = readSize(fields['usage'], 'usage', unit)
  const inactive = readOptional(fields['inactiveFile'], 0, (value) => readSize(value, 'inactiveFile', unit))
  const threshold = readOptional(fields['threshold'], EVICTION_THRESHOLD_MIB, (value) =>
    readSize(value, 'threshold', 'Mi'),
  )
  if (inactive > usage) throw bad('inactiveFile', 'it is part of the usage, so it cannot be more. Lower it.')
  if (usage > capacity) throw bad('usage', `it is more than the capacity of ${show(capacity)} MiB. Lower it.`)
  const { workingSet, available, evicts, working } = nodePressure(capacity, usage, inactive, threshold)
  return { kind: 'eviction', availableMi: available, workingSetMi: workingSet, thresholdMi: threshold, evicts, working }
}

function runMinFree(fields: Fields): object {
  const least = minFree(readNumber(fields['physical'], 'physical', { above: 0 }))
  if (fields['free'] === undefined) return { kind: 'minFree', ...least }
  return { ...runStates(least.minFree, fields['free'], least.working), kind: 'minFree', minFree: least.minFree }
}

function runStates(least: number, free: unknown, before: readonly string[]): object {
  const states = readOneOrMore(free, 'free').map((one) => hostState(one, least))
  return {
    kind: 'states',
    ...(states.length === 1 && !Array.isArray(free) ? { state: states[0]!.state, actions: states[0]!.actions } : {}),
    states: states.map(({ state }) => state),
    rows: states.map(({ free: mb, state, percent, actions }) => ({ free: mb, percent, state, actions })),
    working: [...before, ...states.map(({ working }) => working)],
  }
}

function runReclaim(fields: Fields): object {
  const least = minFree(readNumber(fields['physical'], 'physical', { above: 0 }))
  const free = readNumber(fields['free'], 'free')
  const machines = readList(
    fields['vms'],
    'vms',
    '[{ "configured": 4096, "shares": 1000, "active": 0.2 }]',
    1,
    100,
  ).map(readReclaimMachine)
  refuseTwice(
    machines.map(({ name }) => name),
    'vms',
  )
  refuseLong(least.minFree - free, machines.length, 'physical')
  const done = reclaimRun(free, least.minFree, machines, readTax(fields))
  return { kind: 'reclaim', minFree: least.minFree, ...done, working: [...least.working, ...done.working] }
}

function run(input: unknown): object {
  const fields = readNamed(input, aliases)
  const kind = kindOf(fields, questions)
  switch (kind) {
    case 'minFree':
      return runMinFree(fields)
    case 'states':
      return runStates(readNumber(fields['minFree'], 'minFree', { above: 0 }), fields['free'], [])
    case 'overcommit': {
      const physical = readNumber(fields['physical'], 'physical', { above: 0 })
      const overhead = readOptional(fields['overhead'], 0, (value) => readNumber(value, 'overhead'))
      if (overhead >= physical) throw bad('overhead', `the hypervisor takes all ${show(physical)}. Lower it.`)
      const place = fields['configured'] === undefined ? 'vms' : 'configured'
      return { kind, ...overcommit(readSizes(fields[place], place), physical, overhead) }
    }
    case 'idleTax':
      return runIdleTax(fields)
    case 'balloon':
      return runBalloon(fields)
    case 'pageSharing': {
      const machines = Array.isArray(fields['vms']) ? fields['vms'].length : fields['vms']
      const count = readNumber(machines, 'vms', { min: 1, whole: true })
      const identical = readSize(fields['identical'], 'identical', 'Mi')
      const { saved, working } = sharedPages(count, identical)
      return { kind, saved, working }
    }
    case 'eviction':
      return runEviction(fields)
    case 'reclaim':
      return runReclaim(fields)
  }
}

const example = {
  vms: [
    { name: 'busy', shares: 1000, pages: 1000, active: 1 },
    { name: 'idle', shares: 1000, pages: 1000, active: 0.2 },
  ],
  tax: 0.75,
}

export const memory: Operation<unknown, object> = {
  summary: 'Memory: overcommit, minFree and host states, idle tax, balloons, page sharing, pressure on a node.',
  input: anything(),
  help: [
    'Input, one of these questions:',
    '  minFree      physical (GB); optional free (MB, one number or a list): what a host keeps free, and its state',
    '  states       minFree and free (MB)',
    '  overcommit   configured (sizes, or {count, size}), physical; optional overhead; all in one unit',
    '  idleTax      vms (each name, shares, pages, active 0 to 1) or shares, pages, active; optional tax (0.75), reclaim (pages)',
    '  balloon      configured (MiB or "8Gi"); optional reclaim, free (MiB), driver (true), capPercent (65)',
    '  pageSharing  vms (how many), identical (MiB in each)',
    '  eviction     capacity, usage; optional inactiveFile (all in unit, "Gi" or "Mi", usually Gi), threshold (Mi, 100)',
    '  reclaim      physical (GB), free (MB), vms (each name, configured in MiB, shares, active; optional shared, driver):',
    '               what the host does until it has minFree again, as steps',
    'Output, with kind and working (the formulas with their numbers) always:',
    '  minFree      minFree (MB); states, rows',
    '  overcommit   configured, usable, ratio, overcommitted',
    '  idleTax      rho of each, reclaimFrom (the lowest), k; with reclaim: taken, pagesAfter, rhoAfter, missing',
    '  balloon      cap, target, fromFree, guestPagesOut, hypervisorSwaps, currentMemory (MiB)',
    '  pageSharing  saved (MiB)',
    '  eviction     availableMi, workingSetMi, thresholdMi, evicts',
    '  reclaim      states, steps, missing (MB), and what each VM gave',
    'Figures have up to 12 digits; only the lines of working are rounded, to 4 digits behind the point.',
  ],
  get example() {
    return { input: example, output: run(example) }
  },
  run,
}

// The operation `topology.ha`: admission control of a cluster by slots and by percentage, and how long an outage lasts.
import type { Operation } from '../../../contract/lab.ts'
import { anything, bad } from '../../../contract/operation-input.ts'
import { outageOf, type Pair, percentageAdmission, slotAdmission } from '../cluster/ha.ts'
import { tidy } from '../figures.ts'
import { readPair, totalOf } from './hosts-input.ts'
import {
  type Fields,
  kindOf,
  type Question,
  readList,
  readNamed,
  readNumber,
  readOptional,
  refuseTwice,
} from './input.ts'

const questions: readonly Question<'slots' | 'percentage' | 'outage'>[] = [
  { kind: 'slots', needs: ['hosts', 'vms'], may: [] },
  { kind: 'percentage', needs: ['hosts', 'vms', 'percent'], may: ['powerOn'] },
  { kind: 'percentage', needs: ['hosts', 'reserved'], may: ['percent', 'powerOn'] },
  { kind: 'percentage', needs: ['total', 'vms'], may: ['percent', 'powerOn'] },
  { kind: 'percentage', needs: ['total', 'reserved'], may: ['percent', 'powerOn'] },
  { kind: 'outage', needs: ['detect', 'place', 'boot'], may: ['migrationDowntime'] },
]

const aliases = {
  machines: 'vms',
  configured: 'percent',
  percentage: 'percent',
  t_detect: 'detect',
  t_place: 'place',
  t_boot: 'boot',
}

function readPairs(value: unknown, at: string, noun: string): ReturnType<typeof readPair>[] {
  const pairs = readList(value, at, '[{ "cpu": 9, "memory": 6 }]').map((one, index) =>
    readPair(one, `${at}[${index}]`, `${noun} ${index + 1}`),
  )
  refuseTwice(
    pairs.map(({ name }) => name),
    at,
  )
  return pairs
}

/** One number, or one for each resource. */
function readBoth(value: unknown, at: string, max?: number): Pair {
  const bounds = max === undefined ? {} : { max }
  if (typeof value === 'number') {
    const both = readNumber(value, at, bounds)
    return { cpu: both, memory: both }
  }
  const { cpu, memory } = readPair(value, at, at)
  return { cpu: readNumber(cpu, `${at}.cpu`, bounds), memory: readNumber(memory, `${at}.memory`, bounds) }
}

function runSlots(fields: Fields): object {
  const hosts = readPairs(fields['hosts'], 'hosts', 'host')
  const machines = readPairs(fields['vms'], 'vms', 'VM')
  if (machines.every(({ cpu, memory }) => cpu === 0 && memory === 0)) {
    throw bad('vms', 'no machine reserves anything, so a slot has no size. Give one of them a reservation.')
  }
  const { hostSlots, failures, ...admission } = slotAdmission(hosts, machines)
  const total = hostSlots.reduce((sum, slots) => sum + slots, 0)
  return { kind: 'slots', ...admission, hostSlots, totalSlots: total, poweredOn: machines.length, failures }
}

function runPercentage(fields: Fields): object {
  const total =
    fields['total'] === undefined
      ? totalOf(readPairs(fields['hosts'], 'hosts', 'host'))
      : readBoth(fields['total'], 'total')
  const place = fields['total'] === undefined ? 'hosts' : 'total'
  if (total.cpu === 0 || total.memory === 0) throw bad(place, 'the cluster has none of a resource. Give it some.')
  const before =
    fields['reserved'] === undefined
      ? totalOf(readPairs(fields['vms'], 'vms', 'VM'))
      : readBoth(fields['reserved'], 'reserved')
  const extra = readOptional<Pair>(fields['powerOn'], { cpu: 0, memory: 0 }, (value) =>
    readPair(value, 'powerOn', 'powerOn'),
  )
  const reserved = { cpu: tidy(before.cpu + extra.cpu), memory: tidy(before.memory + extra.memory) }
  const percent = readOptional(fields['percent'], { cpu: 0, memory: 0 }, (value) => readBoth(value, 'percent', 100))
  return {
    kind: 'percentage',
    total: { cpu: tidy(total.cpu), memory: tidy(total.memory) },
    reserved,
    ...percentageAdmission(total, reserved, percent),
  }
}

function run(input: unknown): object {
  const fields = readNamed(input, aliases)
  const kind = kindOf(fields, questions)
  switch (kind) {
    case 'slots':
      return runSlots(fields)
    case 'percentage':
      return runPercentage(fields)
    case 'outage': {
      const time = (field: string): number => readNumber(fields[field], field)
      const outage = outageOf(time('detect'), time('place'), time('boot'))
      if (fields['migrationDowntime'] === undefined) return { kind, ...outage }
      const downtime = readNumber(fields['migrationDowntime'], 'migrationDowntime', { above: 0 })
      return { kind, ...outage, timesMigration: tidy(outage.outage / downtime) }
    }
  }
}

const example = {
  hosts: [
    { cpu: 9, memory: 9 },
    { cpu: 9, memory: 6 },
    { cpu: 6, memory: 6 },
  ],
  vms: [
    { cpu: 2, memory: 1 },
    { cpu: 2, memory: 1 },
    { cpu: 1, memory: 2 },
    { cpu: 1, memory: 1 },
    { cpu: 1, memory: 1 },
  ],
}

export const ha: Operation<unknown, object> = {
  summary:
    'High availability: host failures tolerated by slots, failover capacity as a percentage, length of an outage.',
  input: anything(),
  help: [
    'Input, one of these questions; a pair is {"cpu", "memory"} or [cpu, memory], in any unit that all share:',
    '  slots       hosts and vms (reservations of powered-on machines), lists of pairs',
    '  percentage  hosts or total, vms or reserved, and percent (one number or a pair; optional with total or reserved);',
    '              optional powerOn: the pair of a machine that is to be powered on',
    '  outage      detect, place, boot (s); optional migrationDowntime (s), to compare with',
    'Output, with kind and working (the formulas with their numbers) always:',
    '  slots       slot, hostSlots, totalSlots, poweredOn, tolerated (host failures); failures: slots left, largest first',
    '  percentage  failover (per cent of each resource), admitted, short (resources that fall below), total, reserved',
    '  outage      outage (s), phases; timesMigration: how many times the downtime of a migration',
    'Figures have up to 12 digits; only the lines of working are rounded, to 4 digits behind the point.',
  ],
  get example() {
    return { input: example, output: run(example) }
  },
  run,
}

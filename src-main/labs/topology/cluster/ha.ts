// High availability of a cluster: admission by slots and by percentage, and how long an outage lasts.
// Pure; knows no input form and no drawing.
import { atMost, floorOf, show, showSum, sumOf, tidy } from '../figures.ts'

/** CPU and memory, each in a unit of its own that all of one question share. */
export interface Pair {
  cpu: number
  memory: number
}

export interface Named extends Pair {
  name: string
}

export interface SlotAdmission {
  slot: Pair
  /** slots of each host, in their order */
  hostSlots: number[]
  /** host failures that the cluster survives with a slot for each machine */
  tolerated: number
  /** hosts that fail first to last, the largest first, and whether slots are left for all machines */
  failures: { host: string; slotsLeft: number; enough: boolean }[]
  working: string[]
}

/**
 * Slots: one for each machine, as large as the largest CPU reservation and the largest memory reservation (vSphere HA,
 * "host failures the cluster tolerates"). The hosts with the most slots are taken to fail first, which is the worst case.
 * @param hosts at least one
 * @param machines powered on, at least one; a resource that nobody reserves does not limit the slots
 */
export function slotAdmission(hosts: readonly Named[], machines: readonly Pair[]): SlotAdmission {
  const slot = {
    cpu: Math.max(...machines.map(({ cpu }) => cpu)),
    memory: Math.max(...machines.map(({ memory }) => memory)),
  }
  const fits = (have: number, need: number): number => (need === 0 ? Infinity : floorOf(have, need))
  const hostSlots = hosts.map(({ cpu, memory }) => Math.min(fits(cpu, slot.cpu), fits(memory, slot.memory)))
  const needed = machines.length
  const order = hosts.map((_, index) => index).sort((a, b) => hostSlots[b]! - hostSlots[a]!)
  let left = sumOf(hostSlots)
  const begin = left
  const failures = order.map((index) => {
    left -= hostSlots[index]!
    return { host: hosts[index]!.name, slotsLeft: left, enough: left >= needed }
  })
  const firstShort = failures.findIndex(({ enough }) => !enough)
  const tolerated = begin < needed ? 0 : firstShort === -1 ? failures.length : firstShort
  return {
    slot,
    hostSlots,
    tolerated,
    failures,
    working: [
      `Slot: CPU max(${machines.map(({ cpu }) => show(cpu)).join(', ')}) = ${show(slot.cpu)}; memory max(${machines.map(({ memory }) => show(memory)).join(', ')}) = ${show(slot.memory)}.`,
      ...hosts.map(({ name, cpu, memory }, index) => {
        const parts = [
          ...(slot.cpu === 0 ? [] : [`floor(${show(cpu)} / ${show(slot.cpu)})`]),
          ...(slot.memory === 0 ? [] : [`floor(${show(memory)} / ${show(slot.memory)})`]),
        ]
        return `${name}: min(${parts.join(', ')}) = ${show(hostSlots[index]!)} slots`
      }),
      `All hosts: ${showSum(hostSlots)} = ${show(begin)} slots for ${show(needed)} machines${begin < needed ? ': too few even without a failure' : ''}.`,
      ...failures.map(
        ({ host, slotsLeft, enough }, index) =>
          `Without ${index === 0 ? host : `${host} as well`}: ${show(slotsLeft)} ${enough ? '>=' : '<'} ${show(needed)}`,
      ),
      `Host failures tolerated: ${tolerated}.`,
    ],
  }
}

export interface PercentageAdmission {
  /** (total - reserved) / total in per cent */
  failover: Pair
  /** whether the failover capacity keeps to what is configured, for both resources */
  admitted: boolean
  /** the resources that fall below */
  short: (keyof Pair)[]
  working: string[]
}

/**
 * Failover capacity as a percentage of the cluster; a power-on that would take it below what is configured is refused.
 * @param total above 0 for both resources; `reserved` with what is to be powered on
 * @param configured per cent for each resource, 0 to 100
 */
export function percentageAdmission(total: Pair, reserved: Pair, configured: Pair): PercentageAdmission {
  const keys = ['cpu', 'memory'] as const
  const percent = (key: keyof Pair): number => ((total[key] - reserved[key]) / total[key]) * 100
  const failover = { cpu: tidy(percent('cpu')), memory: tidy(percent('memory')) }
  const short = keys.filter((key) => !atMost(configured[key], failover[key]))
  return {
    failover,
    admitted: short.length === 0,
    short,
    working: [
      ...keys.map(
        (key) =>
          `${key === 'cpu' ? 'CPU' : 'memory'}: (${show(total[key])} - ${show(reserved[key])}) / ${show(total[key])} = ${show(failover[key])} %, ${short.includes(key) ? 'below' : 'not below'} the configured ${show(configured[key])} %`,
      ),
      short.length === 0 ? 'Power-on is admitted.' : 'Power-on is refused.',
    ],
  }
}

export interface Outage {
  outage: number
  /** phases with when each begins and how long it lasts */
  phases: { phase: 'detect' | 'place' | 'boot'; start: number; time: number }[]
  working: string[]
}

/** From the failure of a host until its machines run elsewhere: a restart, not a migration. Times in s, at least 0. */
export function outageOf(detect: number, place: number, boot: number): Outage {
  const outage = detect + place + boot
  return {
    outage: tidy(outage),
    phases: [
      { phase: 'detect', start: 0, time: detect },
      { phase: 'place', start: detect, time: place },
      { phase: 'boot', start: tidy(detect + place), time: boot },
    ],
    working: [
      `t_detect + t_place + t_boot = ${show(detect)} + ${show(place)} + ${show(boot)} = ${show(outage)} s`,
      'High availability restarts machines; it does not move them while they run.',
    ],
  }
}

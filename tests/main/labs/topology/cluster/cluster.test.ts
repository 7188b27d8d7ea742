// Clusters: the best move against trying them all, failures against all sets of hosts that can fail, printed formulas.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  balanceGreedily,
  balanceOf,
  classicPriority,
  type ClusterHost,
  moved,
  movesOf,
  NO_RULES,
} from '../../../../../src-main/labs/topology/cluster/drs.ts'
import { outageOf, percentageAdmission, slotAdmission } from '../../../../../src-main/labs/topology/cluster/ha.ts'

const clusters: fc.Arbitrary<ClusterHost[]> = fc
  .array(
    fc.record({
      cpu: fc.integer({ min: 20, max: 60 }),
      memory: fc.constantFrom(64, 128, Infinity),
      machines: fc.array(fc.record({ cpu: fc.nat(15), memory: fc.nat(40) }), { maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((hosts) =>
    hosts.map(({ cpu, memory, machines }, host) => ({
      name: `h${host}`,
      capacity: { cpu, memory },
      machines: machines.map((demand, index) => ({ name: `vm${host}.${index}`, demand })),
    })),
  )

const loadOf = (host: ClusterHost): number =>
  host.machines.reduce((sum, one) => sum + one.demand.cpu, 0) / host.capacity.cpu

/** The population standard deviation by mean of squares less square of mean. */
function sigmaOf(hosts: readonly ClusterHost[]): number {
  const loads = hosts.map(loadOf)
  const mean = loads.reduce((sum, one) => sum + one, 0) / loads.length
  const squares = loads.reduce((sum, one) => sum + one * one, 0) / loads.length
  return Math.sqrt(Math.max(0, squares - mean * mean))
}

describe('balancing', () => {
  test('finds the imbalance, every legal move and the best one like somebody who tries them all', () => {
    fc.assert(
      fc.property(clusters, (hosts) => {
        expect(balanceOf(hosts, 'cpu').sigma).toBeCloseTo(sigmaOf(hosts), 6)
        const tried: Record<string, number> = {}
        for (const from of hosts) {
          for (const machine of from.machines) {
            for (const to of hosts) {
              if (to === from) continue
              const full = (key: 'cpu' | 'memory'): boolean =>
                to.machines.reduce((sum, one) => sum + one.demand[key], machine.demand[key]) > to.capacity[key]
              if (full('cpu') || full('memory')) continue
              const after = moved(hosts, { machine: machine.name, from: from.name, to: to.name })
              tried[`${machine.name}>${to.name}`] = sigmaOf(after)
            }
          }
        }
        const { legal, refused } = movesOf(hosts, 'cpu')
        expect(legal.map(({ machine, to }) => `${machine}>${to}`).sort()).toEqual(Object.keys(tried).sort())
        for (const { machine, to, sigma } of legal) expect(sigma).toBeCloseTo(tried[`${machine}>${to}`]!, 6)
        if (legal.length > 0) expect(legal[0]!.sigma).toBeCloseTo(Math.min(...Object.values(tried)), 6)
        const machines = hosts.reduce((sum, host) => sum + host.machines.length, 0)
        expect(legal.length + refused.length).toBe(machines * (hosts.length - 1))
      }),
    )
  })

  test('a plan loses no machine, keeps within capacity and gets better with each step', () => {
    fc.assert(
      fc.property(clusters, fc.constantFrom(0, 0.02), (hosts, cost) => {
        const plan = balanceGreedily(hosts, 'cpu', { target: 0, cost, most: 30, rules: NO_RULES })
        let [now, sigma] = [hosts, balanceOf(hosts, 'cpu').sigma]
        for (const step of plan.steps) {
          expect(step.sigma).toBeLessThan(sigma - cost)
          sigma = step.sigma
          now = moved(now, step)
        }
        expect(balanceOf(now, 'cpu').sigma).toBe(plan.sigma)
        const names = (all: readonly ClusterHost[]): string[] =>
          all.flatMap(({ machines }) => machines.map(({ name }) => name)).sort()
        expect(names(now)).toEqual(names(hosts))
        for (const [index, host] of now.entries()) {
          if (loadOf(hosts[index]!) <= 1) expect(loadOf(host)).toBeLessThanOrEqual(1 + 1e-9)
        }
      }),
    )
  })

  test('stops at its target, or where a move gains less than it costs', () => {
    const machines = (...cpus: number[]): ClusterHost['machines'] =>
      cpus.map((cpu) => ({ name: `VM ${cpu}`, demand: { cpu, memory: 0 } }))
    const capacity = { cpu: 30, memory: Infinity }
    const hosts = [machines(12, 8, 4), machines(6), machines(9)].map((list, index) => ({
      name: `h${index}`,
      capacity,
      machines: list,
    }))
    const ended = (target: number, cost: number, most = 9): [number, string] => {
      const plan = balanceGreedily(hosts, 'cpu', { target, cost, most, rules: NO_RULES })
      return [plan.steps.length, plan.ended]
    }
    expect([ended(0.1, 0), ended(0, 0.1), ended(0, 0), ended(0, 0, 1)]).toEqual([
      [1, 'target'],
      [1, 'no-gain'],
      [2, 'no-gain'],
      [1, 'most-moves'],
    ])
  })

  test('refuses moves against a rule with its reason', () => {
    const hosts: ClusterHost[] = ['a', 'b', 'c'].map((name) => ({
      name,
      capacity: { cpu: 10, memory: Infinity },
      machines: name === 'c' ? [] : [{ name: `on ${name}`, demand: { cpu: 6, memory: 0 } }],
    }))
    const rules = { apart: [['on a', 'on b']], pinned: { 'on b': ['b'] } }
    const wide = hosts.map((host) => ({ ...host, capacity: { cpu: 20, memory: Infinity } }))
    expect(movesOf(wide, 'cpu', rules).refused.map(({ reason }) => reason)).toEqual([
      'on a and on b must be apart',
      'on b may only be on b',
      'on b may only be on b',
    ])
    expect(movesOf(hosts, 'cpu').refused.map(({ reason }) => reason)).toEqual([
      'cpu 12 is more than the 10 of b',
      'cpu 12 is more than the 10 of a',
    ])
  })

  test('its classic priority is clamped, and whole quotients are not lifted by dust', () => {
    expect(classicPriority(0.3, 1)).toMatchObject({ raw: 3, priority: 3 })
    expect(classicPriority(0.7, 1)).toMatchObject({ raw: -1, priority: 1 })
    expect(classicPriority(0, 4)).toMatchObject({ raw: 6, priority: 5 })
  })
})

const pair = fc.record({ cpu: fc.integer({ min: 0, max: 20 }), memory: fc.integer({ min: 0, max: 20 }) })

describe('slots', () => {
  test('tolerate as many failures as every set of that many hosts leaves enough slots', () => {
    const hosts = fc
      .array(pair, { minLength: 1, maxLength: 6 })
      .map((all) => all.map((one, i) => ({ ...one, name: `h${i}` })))
    const machines = fc
      .array(pair, { minLength: 1, maxLength: 8 })
      .filter((all) => all.some((one) => one.cpu + one.memory > 0))
    fc.assert(
      fc.property(hosts, machines, (list, powered) => {
        const cpu = Math.max(...powered.map((one) => one.cpu))
        const memory = Math.max(...powered.map((one) => one.memory))
        const slots = list.map((host) =>
          Math.min(
            ...[cpu > 0 ? Math.floor(host.cpu / cpu) : [], memory > 0 ? Math.floor(host.memory / memory) : []].flat(),
          ),
        )
        // Of all sets of failing hosts, the smallest that leaves too few slots decides.
        let smallest = list.length + 1
        for (let set = 0; set < 1 << list.length; set += 1) {
          const failed = list.filter((_, index) => set & (1 << index)).length
          const left = slots.filter((_, index) => !(set & (1 << index))).reduce((sum, one) => sum + one, 0)
          if (left < powered.length) smallest = Math.min(smallest, failed)
        }
        const found = slotAdmission(list, powered)
        expect(found.hostSlots).toEqual(slots)
        expect(found.tolerated).toBe(Math.max(0, smallest - 1))
      }),
    )
  })
})

describe('failover capacity', () => {
  test('refuses what takes either resource below its percentage, not what meets it', () => {
    const total = { cpu: 24, memory: 20 }
    const ask = (cpu: number, memory: number): string[] =>
      percentageAdmission(total, { cpu, memory }, { cpu: 25, memory: 25 }).short
    expect([ask(18, 15), ask(18.1, 15), ask(18, 15.1), ask(20, 16)]).toEqual([
      [],
      ['cpu'],
      ['memory'],
      ['cpu', 'memory'],
    ])
  })

  test('a restart takes all its phases one after the other', () => {
    const { outage, phases } = outageOf(12, 3, 60.5)
    expect(outage).toBe(75.5)
    expect(phases.map(({ start }) => start)).toEqual([0, 12, 15])
  })
})

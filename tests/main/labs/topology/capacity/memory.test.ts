// Memory of hosts and nodes: reclaim page by page against a search over all pages, balloons and states by their
// invariants, runs of a host that is short.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { balloon } from '../../../../../src-main/labs/topology/capacity/balloon.ts'
import { nodePressure } from '../../../../../src-main/labs/topology/capacity/eviction.ts'
import { hostState, hostStates, minFree } from '../../../../../src-main/labs/topology/capacity/host-memory.ts'
import {
  adjustedSharesPerPage,
  reclaimPages,
  type TaxedMachine,
} from '../../../../../src-main/labs/topology/capacity/idle-tax.ts'
import { type ReclaimMachine, reclaimRun } from '../../../../../src-main/labs/topology/capacity/reclaim-run.ts'

const machines: fc.Arbitrary<TaxedMachine[]> = fc
  .array(
    fc.record({
      shares: fc.integer({ min: 1, max: 4000 }),
      pages: fc.integer({ min: 2, max: 60 }),
      active: fc.constantFrom(0, 0.25, 0.5, 1),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((list) => list.map((one, index) => ({ ...one, name: `vm${index}` })))

describe('the idle tax', () => {
  test('charges nothing extra for pages that are used, and nothing at all without a tax', () => {
    fc.assert(
      fc.property(machines, fc.constantFrom(0, 0.5, 0.75, 0.9), (list, tax) => {
        for (const machine of list) {
          const plain = machine.shares / machine.pages
          const { rho } = adjustedSharesPerPage(machine, tax)
          if (tax === 0 || machine.active === 1) expect(rho).toBeCloseTo(plain, 8)
          else expect(rho).toBeLessThan(plain)
        }
      }),
    )
  })

  test('takes each page from the machine that would be the cheapest, looked at anew for each', () => {
    fc.assert(
      fc.property(machines, fc.integer({ min: 0, max: 80 }), fc.constantFrom(0, 0.75), (list, wanted, tax) => {
        const k = 1 / (1 - tax)
        const pages = list.map((one) => one.pages)
        const price = (index: number): number => {
          const busy = Math.min(pages[index]!, list[index]!.pages * list[index]!.active)
          // shares / (active + k * idle), as the published formula has it when multiplied out
          return Number((list[index]!.shares / (busy + k * (pages[index]! - busy))).toPrecision(12))
        }
        let missing = 0
        for (let page = 0; page < wanted; page += 1) {
          const open = pages.flatMap((left, index) => (left > 1 ? [index] : []))
          if (open.length === 0) missing += 1
          else {
            const least = Math.min(...open.map(price))
            pages[open.find((index) => price(index) === least)!]! -= 1
          }
        }
        const found = reclaimPages(list, tax, wanted)
        expect(found.pages).toEqual(pages)
        expect(found.missing).toBe(missing)
        expect(found.taken.reduce((sum, one) => sum + one, 0)).toBe(wanted - missing)
      }),
    )
  })
})

describe('a balloon', () => {
  test('gives what is asked together with swap, never beyond its cap, free pages first', () => {
    const size = fc.integer({ min: 1, max: 16_384 })
    const parts = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(size, parts, parts, fc.boolean(), (configured, free, wanted, driver) => {
        const reclaim = Math.floor(wanted * configured)
        const given = balloon({ configured, free: Math.floor(free * configured), driver }, reclaim)
        expect(given.target + given.hypervisorSwaps).toBeCloseTo(reclaim, 6)
        expect(given.fromFree + given.guestPagesOut).toBeCloseTo(given.target, 6)
        expect(given.target).toBeLessThanOrEqual(given.cap)
        expect(given.currentMemory + given.target).toBeCloseTo(configured, 6)
        if (given.guestPagesOut > 0) expect(given.fromFree).toBe(Math.floor(free * configured))
        if (!driver) expect(given.target).toBe(0)
      }),
    )
  })
})

describe('the states of a host', () => {
  test('begin exactly at their bounds', () => {
    expect([100, 99.99, 64, 63.99, 32, 31.99, 16, 15.99].map((free) => hostState(free, 100).state)).toEqual([
      'high',
      'clear',
      'clear',
      'soft',
      'soft',
      'hard',
      'hard',
      'low',
    ])
  })

  test('do more the worse they are', () => {
    hostStates.slice(1).forEach(({ actions }, index) => {
      expect(actions).toEqual(expect.arrayContaining([...hostStates[index]!.actions]))
      expect(actions.length).toBeGreaterThan(hostStates[index]!.actions.length)
    })
  })

  test('a small host keeps 899 MB free as well', () => {
    expect(minFree(8).minFree).toBe(899)
  })
})

describe('a host that is short of memory', () => {
  const vms: fc.Arbitrary<ReclaimMachine[]> = fc
    .array(
      fc.record({
        configured: fc.integer({ min: 16, max: 400 }),
        shares: fc.integer({ min: 1, max: 4000 }),
        active: fc.constantFrom(0, 0.3, 1),
        shared: fc.integer({ min: 0, max: 16 }),
        driver: fc.boolean(),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((list) => list.map((one, index) => ({ ...one, name: `vm${index}` })))

  test('takes what its state allows, no more than it needs, and never what is not there', () => {
    fc.assert(
      fc.property(vms, fc.integer({ min: 0, max: 120 }), (list, free) => {
        const run = reclaimRun(free, 100, list, 0.75)
        const sum = run.steps.reduce((total, step) => total + step.amount, 0)
        expect(run.end.free).toBeCloseTo(free + sum, 6)
        expect(run.missing).toBeCloseTo(Math.max(0, 100 - free - sum), 6)
        for (const step of run.steps) expect(run.begin.actions).toContain(step.action)
        run.given.forEach(({ shared, ballooned, swapped }, index) => {
          const vm = list[index]!
          expect(shared + ballooned + swapped).toBeLessThanOrEqual(vm.configured + 1e-6)
          expect(ballooned).toBeLessThanOrEqual(vm.driver ? vm.configured * 0.65 + 1e-6 : 0)
        })
        // In the hard state there is swap for everything that balloons cannot give.
        const all = list.reduce((total, one) => total + one.configured, 0)
        if (free < 32 && all >= 100) expect(run.missing).toBe(0)
      }),
    )
  })

  test('asks the idle machine first', () => {
    const machine = { configured: 4096, shares: 1000, shared: 0, driver: true }
    const list = [
      { ...machine, name: 'busy', active: 1 },
      { ...machine, name: 'idle', active: 0.2 },
    ]
    const { steps } = reclaimRun(600, 1923, list, 0.75)
    expect(steps.map(({ action, machine: name, amount }) => [action, name, amount])).toEqual([
      ['ballooning', 'idle', 1323],
    ])
  })

  test('stays short in the soft state when no guest has a driver', () => {
    const vm = { name: 'vm', configured: 4096, shares: 1000, active: 0.5, shared: 0, driver: false }
    const run = reclaimRun(700, 1923, [vm], 0.75)
    expect([run.begin.state, run.steps, run.missing]).toEqual(['soft', [], 1223])
    expect(run.working.at(-1)).toBe('1,223 MB are still missing: in the state soft there is no more to take.')
  })
})

describe('pressure on a node', () => {
  test('evicts below the threshold, not at it', () => {
    expect(nodePressure(1000, 950, 50).evicts).toBe(false)
    expect(nodePressure(1000, 950, 49).evicts).toBe(true)
  })
})

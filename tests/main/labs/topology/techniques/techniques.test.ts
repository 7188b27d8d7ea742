// Techniques: the printed formulas written out once more, walks by going through the tables, traces against the costs.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CostSet,
  DEFAULT_COSTS,
  type EventCounts,
  techniqueCosts,
  techniques,
} from '../../../../../src-main/labs/topology/techniques/costs.ts'
import { traceInstruction } from '../../../../../src-main/labs/topology/techniques/trace.ts'
import { leafEntries, pageWalk, sizeInWords } from '../../../../../src-main/labs/topology/techniques/walks.ts'

const counts: fc.Arbitrary<EventCounts> = fc.record({
  instructions: fc.integer({ min: 1, max: 1_000_000 }),
  privileged: fc.nat(1000),
  systemCalls: fc.nat(1000),
  pageTableUpdates: fc.nat(1000),
  deviceOperations: fc.nat(1000),
})
const cost = fc.nat(3000)
const costs: fc.Arbitrary<CostSet> = fc.record({
  systemCall: cost,
  pageTableUpdate: cost,
  deviceOperation: cost,
  trap: cost,
  emulation: cost,
  translationRatio: fc.constantFrom(1, 1.02, 1.5),
  blocks: fc.nat(3000),
  block: cost,
  inline: cost,
  translatedSystemCall: cost,
  hypercall: cost,
  batch: fc.integer({ min: 1, max: 64 }),
  ring: fc.integer({ min: 1, max: 64 }),
  exit: cost,
  exitShare: fc.constantFrom(0, 0.1, 0.5, 1),
  tlbMisses: fc.nat(30_000),
  walk: cost,
})

describe('costs of the techniques', () => {
  test('are the printed formulas', () => {
    fc.assert(
      fc.property(counts, costs, (e, c) => {
        const [n, a, s, t, o] = [e.instructions, e.privileged, e.systemCalls, e.pageTableUpdates, e.deviceOperations]
        const {
          systemCall: sys,
          pageTableUpdate: pte,
          deviceOperation: io,
          trap,
          emulation: emul,
          hypercall: hyp,
          exit,
        } = c
        const expected = [
          n + s * sys + t * pte + o * io,
          n + a * (trap + emul) + s * (sys + 2 * trap) + t * (trap + emul) + o * (trap + emul + io),
          n * c.translationRatio +
            c.blocks * c.block +
            a * c.inline +
            s * (sys + c.translatedSystemCall) +
            t * (trap + emul) +
            o * (trap + emul + io),
          n + a * hyp + s * sys + Math.ceil(t / c.batch) * hyp + t * pte + Math.ceil(o / c.ring) * hyp + o * io,
          n + c.exitShare * a * exit + s * sys + t * (exit + emul) + o * (exit + emul + io),
          n + c.exitShare * a * exit + s * sys + t * pte + o * (exit + emul + io) + c.tlbMisses * c.walk,
        ]
        techniqueCosts(e, c).forEach(({ cycles, ratio, terms }, index) => {
          expect(cycles).toBeCloseTo(expected[index]!, 3)
          const times = expected[index]! / expected[0]!
          expect(Math.abs(ratio - times)).toBeLessThanOrEqual(1e-10 * times)
          for (const term of terms) expect(term.cycles).toBeCloseTo(term.times * term.each, 3)
        })
      }),
    )
  })

  test('count an event more as what the formula charges for it', () => {
    const base: EventCounts = {
      instructions: 1000,
      privileged: 10,
      systemCalls: 10,
      pageTableUpdates: 10,
      deviceOperations: 10,
    }
    const more = techniqueCosts({ ...base, systemCalls: 11 })
    const each = techniqueCosts(base).map(({ cycles }, index) => more[index]!.cycles - cycles)
    expect(each).toEqual([150, 2150, 1050, 150, 150, 150])
  })

  test('show every term with its numbers', () => {
    const events: EventCounts = {
      instructions: 1000,
      privileged: 0,
      systemCalls: 0,
      pageTableUpdates: 33,
      deviceOperations: 0,
    }
    const paravirtual = techniqueCosts(events).find(({ technique }) => technique === 'paravirtual')
    expect(paravirtual?.working).toContain('  hypercalls for page table updates: ceil(33 / 32) * 400 = 2 * 400 = 800')
    expect(techniqueCosts(events)[1]?.working).toContain('  system calls: 0 * (150 + 2 * 1,000) = 0')
  })
})

describe('page walks', () => {
  /** Counts the reads of a walk: to read a guest table, its address has to be walked through the host tables first. */
  const reads = (guest: number, host: number): number => (guest === 0 ? host : host + 1 + reads(guest - 1, host))

  test('need as many references as going through the tables', () => {
    for (let g = 1; g <= 6; g += 1) {
      for (let h = 0; h <= 6; h += 1) {
        const walk = pageWalk(g, h)
        expect(walk.references).toBe(reads(g, h))
        expect(walk.order.length).toBe(walk.references)
        expect(new Set(walk.order.map((one) => JSON.stringify(one))).size).toBe(walk.references)
      }
    }
  })

  test('read a guest’s entry only after the walk that finds it', () => {
    expect(pageWalk(2, 2).order.map(({ guestLevel, hostLevel }) => `${guestLevel}.${hostLevel}`)).toEqual([
      '1.1',
      '1.2',
      '1.0',
      '2.1',
      '2.2',
      '2.0',
      '0.1',
      '0.2',
    ])
  })

  test('tell what each reference finds', () => {
    expect(pageWalk(1, 2).order.map(({ sentence }) => sentence)).toEqual([
      'Host table 1 of 2 leads to host table 2.',
      'Host table 2 of 2 gives the machine address of guest table 1.',
      'Guest table 1 of 1 gives the guest physical address of the page.',
      'Host table 1 of 2 leads to host table 2.',
      'Host table 2 of 2 gives the machine address of the page itself.',
    ])
    expect(pageWalk(2, 0).order[0]?.sentence).toBe('Guest table 1 of 2 gives the machine address of guest table 2.')
  })

  test('map a memory that is no whole number of pages with one entry more', () => {
    expect(leafEntries(4096 * 3 + 1, 4096)).toMatchObject({ entries: 4, bytes: 32 })
    expect([sizeInWords(4096), sizeInWords(1536 * 1024), sizeInWords(8)]).toEqual(['4 KiB', '1.5 MiB', '8 bytes'])
  })
})

describe('one instruction on its way', () => {
  const base: EventCounts = {
    instructions: 1000,
    privileged: 10,
    systemCalls: 0,
    pageTableUpdates: 0,
    deviceOperations: 0,
  }

  test.each(techniques)('$label: the steps cost what the formula charges', ({ id }) => {
    // phi = 1: each privileged instruction exits, as in the trace.
    const all = { ...DEFAULT_COSTS, exitShare: 1 }
    const cycles = (privileged: number): number =>
      techniqueCosts({ ...base, privileged }, all).find(({ technique }) => technique === id)!.cycles
    const trace = traceInstruction(id, 'privileged', true, all)
    const itself = id === 'binaryTranslation' || id === 'paravirtual' ? 0 : 1
    expect(trace.cycles).toBe(cycles(11) - cycles(10) + itself)
    expect(trace.steps.at(-1)?.total).toBe(trace.cycles)
    expect(trace.right).toBe(true)
  })

  test('popf goes wrong silently where only traps are caught, and nowhere else', () => {
    const wrong = techniques.filter(({ id }) => !traceInstruction(id, 'sensitive').right).map(({ id }) => id)
    expect(wrong).toEqual(['trapAndEmulate'])
    expect(traceInstruction('trapAndEmulate', 'sensitive').exits).toBe(false)
  })

  test('with hardware it costs nothing more when no exit is asked for', () => {
    expect(traceInstruction('hardwareNested', 'privileged', false)).toMatchObject({
      cycles: 1,
      exits: false,
      right: true,
    })
  })
})

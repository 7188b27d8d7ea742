// The log is read again as ShiViz does: by the expression in its first line. Its clocks must obey the program's rules,
// and say what clocks say that travel with the messages as textbooks tell it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { traceToShiviz } from '../../../../src-main/simulation/trace/shiviz.ts'
import type { RunTrace } from '../../../../src-main/simulation/trace/trace.ts'
import { runTraces, sampleTrace, tracedSamples } from './traces.ts'

type Clock = Readonly<Record<string, number>>
interface Entry {
  host: string
  clock: Clock
  event: string
}

/** All entries; throws when something in the log belongs to none. */
function read(log: string): Entry[] {
  const [pattern = '', delimiter, ...rest] = log.split('\n')
  if (delimiter !== '') throw new Error('no empty line for one execution')
  const text = rest.join('\n')
  const found = [...text.matchAll(new RegExp(`^${pattern}$`, 'gm'))]
  const left = found.reduce((remaining, [whole]) => remaining.replace(whole, () => ''), text)
  if (left.trim() !== '') throw new Error(`left over: ${left.trim().slice(0, 80)}`)
  return found.map(({ groups }) => ({
    host: groups!['host']!,
    clock: JSON.parse(groups!['clock']!) as Clock,
    event: groups!['event']!,
  }))
}

/** What ShiViz refuses a log for: a clock without its own host, hosts that skip or repeat, a future that is known. */
function faults(entries: readonly Entry[]): string[] {
  const last = new Map<string, number>()
  for (const { host } of entries) last.set(host, (last.get(host) ?? 0) + 1)
  const seen = new Map<string, Clock>()
  return entries.flatMap(({ host, clock }) => {
    const before = seen.get(host)
    seen.set(host, clock)
    const wrong: string[] = []
    if (clock[host] !== (before?.[host] ?? 0) + 1) wrong.push(`${host} goes from ${before?.[host]} to ${clock[host]}`)
    for (const [other, count] of Object.entries(clock)) {
      if (!Number.isInteger(count) || count < 1) wrong.push(`${host} counts ${count} of ${other}`)
      if (count > (last.get(other) ?? 0)) wrong.push(`${host} knows ${count} of ${other}, which has ${last.get(other)}`)
    }
    for (const [other, count] of Object.entries(before ?? {})) {
      if ((clock[other] ?? 0) < count) wrong.push(`${host} forgets ${other}`)
    }
    return wrong
  })
}

/** Clocks carried by the messages: each event counts its own lane, a receipt takes the larger of both. By lane index. */
function carried({ lanes, events }: RunTrace): number[][] {
  const clocks = new Map(lanes.map(({ id }) => [id, lanes.map(() => 0)]))
  const carriedBy = new Map<string, number[]>()
  const found: number[][] = []
  for (const { trace } of events) {
    const { lane, kind, message, sends } = trace
    const clock =
      lane === null || ['lost', 'copy', 'delay', 'cut', 'mend'].includes(kind) ? undefined : clocks.get(lane)
    if (clock === undefined) continue
    const own = lanes.findIndex(({ id }) => id === lane)
    const event = (): void => {
      clock[own]! += 1
      found.push([...clock])
    }
    if (kind === 'receive') {
      for (const [index, count] of (carriedBy.get(message!) ?? []).entries())
        clock[index] = Math.max(clock[index]!, count)
      event()
    }
    if (kind !== 'receive' || sends.length > 0) event()
    for (const { message: leaving } of sends) carriedBy.set(leaving, [...clock])
  }
  return found
}

const hostsIn = (entries: readonly Entry[]): Set<string> => new Set(entries.map(({ host }) => host))

describe('a log for ShiViz', () => {
  it('is read by its own expression, with valid clocks that the messages carry', () => {
    fc.assert(
      fc.property(runTraces, (trace) => {
        const entries = read(traceToShiviz(trace))
        expect(faults(entries)).toEqual([])
        const expected = carried(trace)
        expect(entries).toHaveLength(expected.length)
        for (const [index, { clock }] of entries.entries()) {
          const counts = expected[index]!.filter((count) => count > 0).toSorted((a, b) => a - b)
          expect(Object.values(clock).toSorted((a, b) => a - b)).toEqual(counts)
        }
        const acting = new Set(trace.events.flatMap(({ trace: { lane } }) => lane ?? []))
        expect(hostsIn(entries).size).toBe(acting.size)
      }),
      { numRuns: 200 },
    )
  })

  it.each(tracedSamples)('is valid for a whole run of %s: %s', (lab, sample) => {
    const trace = sampleTrace(lab, sample)
    const entries = read(traceToShiviz(trace))
    expect(entries.length).toBeGreaterThan(2)
    expect(faults(entries)).toEqual([])
  })

  it('tells a receipt and the sending after it as two events', () => {
    const entries = read(traceToShiviz(sampleTrace('distributed', 'bully-crash')))
    const at = entries.findIndex(({ event }) => event.startsWith('P2 gets ELECTION from P1'))
    expect(entries[at + 1]).toMatchObject({ host: 'P2', event: expect.stringMatching(/^sends OK .*to P1; ELECTION/) })
    expect(entries[0]).toEqual({
      host: 'P1',
      clock: { P1: 1 },
      event: expect.stringMatching(/^P1 begins; sends ELECTION .*to P2, P3, P4, P5$/),
    })
  })

  it('would find clocks that are wrong', () => {
    const entry = (host: string, clock: Clock): Entry => ({ host, clock, event: '' })
    expect(faults([entry('A', { A: 1 }), entry('A', { A: 3 })])).toEqual([
      'A goes from 1 to 3',
      'A knows 3 of A, which has 2',
    ])
    expect(faults([entry('A', { A: 1, B: 1 })])).toEqual(['A knows 1 of B, which has undefined'])
    expect(() => read('(?<host>x)\n\nleft over\n')).toThrow(/left over/)
  })
})

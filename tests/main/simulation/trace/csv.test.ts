// Counters against those that the network keeps itself, and the table against a reader of CSV.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findLab } from '../../../../src-main/labs/index.ts'
import { algorithms } from '../../../../src-main/labs/distributed/algorithms/index.ts'
import type { DistributedModel } from '../../../../src-main/labs/distributed/model/schema.ts'
import { setupOf } from '../../../../src-main/labs/distributed/network/setup.ts'
import { World } from '../../../../src-main/labs/distributed/network/world.ts'
import { createRun } from '../../../../src-main/simulation/run.ts'
import { countersOf, countersToCsv } from '../../../../src-main/simulation/trace/csv.ts'
import { traceOfSteps } from '../../../../src-main/simulation/trace/trace.ts'
import { readCsv } from '../../../../src-main/services/grading/csv.ts'
import { runTraces, sampleTrace } from './traces.ts'

const lab = findLab('distributed')
const model = (algorithm: string, network: Record<string, unknown>): DistributedModel =>
  lab.model.schema.parse({
    nodes: [1, 2, 3, 4, 5].map((number) => ({
      ...{ id: `n${number}`, kind: 'node', name: `P${number}` },
      ...(number === 1 ? { starts: true } : {}),
      ...(number === 4 ? { down: true } : {}),
    })),
    edges: [],
    algorithm,
    ...network,
  }) as DistributedModel

describe('counters of a run', () => {
  it.each([{}, { network: { loss: 30 } }, { network: { spread: 40 } }])(
    'are those that the network counts itself (%j)',
    (network) => {
      const drawing = model('bully', network)
      const world = new World(
        setupOf(
          drawing,
          algorithms.find(({ id }) => id === 'bully')!,
          7,
        ),
      )
      let steps = 0
      while (steps < 300 && world.step()) steps += 1
      const run = createRun(lab.simulations['bully']!, drawing, 7)
      run.generate(0, steps, 7)
      expect(run).toHaveLength(steps + 1)
      const { kinds, lanes, all } = countersOf(traceOfSteps('', drawing.nodes, run.steps()))
      expect(Object.fromEntries(kinds)).toEqual(Object.fromEntries(world.tallies))
      expect(all.sent).toBeGreaterThan(5)
      expect([...lanes.values()].map(({ sent }) => sent)).toEqual(world.sentBy)
      expect([...lanes.values()].map(({ received }) => received)).toEqual(world.receivedBy)
    },
  )

  it('of the Bully election with a crashed highest node are told with and without messages to it', () => {
    // P1 asks four, P2 three, P3 two, P4 the crashed one; each live one below is answered; P4 tells three.
    const rows = readCsv(countersToCsv(sampleTrace('distributed', 'bully-crash')))
    const [head, ...body] = rows
    expect(head).toEqual([
      ...['counts', 'name', 'sent', 'received', 'lost', 'lost to crashed nodes'],
      'sent without those to crashed nodes',
    ])
    const election = body.find(([, name]) => name === 'ELECTION')
    expect(election).toEqual(['messages of kind', 'ELECTION', '10', '6', '4', '4', '6'])
    expect(body.find(([, name]) => name === 'OK')).toEqual(['messages of kind', 'OK', '6', '6', '0', '0', '6'])
    expect(body.find(([, name]) => name === 'P5')).toEqual(expect.arrayContaining(['node', 'P5', '0', '0']))
  })

  it('adds up, by kind and by node', () => {
    fc.assert(
      fc.property(runTraces, (trace) => {
        const { kinds, lanes, all } = countersOf(trace)
        for (const table of [kinds, lanes]) {
          for (const field of ['sent', 'received', 'lost', 'toCrashed'] as const) {
            expect([...table.values()].reduce((sum, counts) => sum + counts[field], 0)).toBe(all[field])
          }
        }
        expect(all.sent).toBe(trace.events.flatMap(({ trace: event }) => event.sends).length)
      }),
    )
  })

  it('keeps names whole, and lets no spreadsheet compute them', () => {
    const trace = {
      title: '',
      lanes: ['a,b', 'say "x"', '=1+1'].map((name, id) => ({ id: String(id), name })),
      events: [],
    }
    const text = countersToCsv(trace)
    expect(text.endsWith('\r\n')).toBe(true)
    expect(readCsv(text).map(([, name]) => name)).toEqual(['name', 'all', 'a,b', 'say "x"', "'=1+1"])
  })
})

// Small random workloads for property tests: drawings with units held at the start, and scripts in which nobody asks for
// more than there is or releases what it does not hold.
import fc from 'fast-check'
import type { PolicyChoice, PolicyId } from '../../../../../src-main/labs/deadlock/model/policies.ts'
import type { DeadlockModel } from '../../../../../src-main/labs/deadlock/model/schema.ts'
import type { ResourceEvent } from '../../../../../src-main/labs/deadlock/simulations/event-rules.ts'

export interface Work {
  model: DeadlockModel
  script: ResourceEvent[]
}

/** Each number decides one line: who does it, to which type, and whether it asks or gives back. */
export const work: fc.Arbitrary<Work> = fc
  .record({
    units: fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 3 }),
    processes: fc.integer({ min: 1, max: 4 }),
    holding: fc.array(fc.nat(1000), { maxLength: 3 }),
    lines: fc.array(fc.nat(100_000), { minLength: 1, maxLength: 14 }),
  })
  .map(({ units, processes, holding, lines }) => {
    const held = Array.from({ length: processes }, () => units.map(() => 0))
    const free = [...units]
    for (const number of holding) {
      const [p, r] = [number % processes, Math.floor(number / processes) % units.length]
      if (free[r]! === 0) continue
      free[r]! -= 1
      held[p]![r]! += 1
    }
    const model: DeadlockModel = {
      nodes: [
        ...held.map((_, p) => ({ id: `P${p}`, kind: 'process' as const, name: `P${p}` })),
        ...units.map((instances, r) => ({ id: `R${r}`, kind: 'resource' as const, name: `R${r}`, instances })),
      ],
      edges: held.flatMap((own, p) =>
        own.flatMap((count, r) =>
          count === 0 ? [] : [{ id: `a${p}-${r}`, kind: 'assignment' as const, from: `R${r}`, to: `P${p}`, count }],
        ),
      ),
    }
    const script = lines.flatMap((number): ResourceEvent[] => {
      const [p, r] = [number % processes, Math.floor(number / processes) % units.length]
      const gives = Math.floor(number / 17) % 3 === 0
      const own = held[p]!
      if (gives ? own[r]! === 0 : own[r]! >= units[r]!) return []
      own[r]! += gives ? -1 : 1
      return [{ type: gives ? 'release' : 'request', process: `P${p}`, resource: `R${r}`, count: 1 }]
    })
    // Somebody asks for something, or there is nothing to compare.
    const last: ResourceEvent = { type: 'request', process: 'P0', resource: 'R0', count: 1 }
    const asks = script.some(({ type }) => type === 'request')
    return { model, script: asks ? script : held[0]![0]! < units[0]! ? [...script, last] : [] }
  })
  .filter(({ script }) => script.length > 0)

export const everyPolicy: readonly PolicyChoice[] = [
  { policy: 'none' },
  { policy: 'share' },
  { policy: 'all-at-once' },
  { policy: 'release-first' },
  { policy: 'preempt' },
  { policy: 'order' },
  { policy: 'levels' },
  { policy: 'timeout' },
  { policy: 'timeout', settings: { 'back-off': 'random', timeout: 2, pause: 3 } },
  { policy: 'banker' },
  { policy: 'detect' },
  { policy: 'detect', settings: { when: 'ticks', every: 3, victim: 'least-held' } },
  { policy: 'detect', settings: { when: 'idle', below: 60, victim: 'least-work' } },
]

/** Those under which processes never come to wait for each other in a ring. */
export const preventing: readonly PolicyId[] = ['all-at-once', 'release-first', 'preempt', 'order', 'levels']

// The derived vector of the deadlock lab: total minus assigned, counted unit by unit here.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { availableOf } from '@page/labs/deadlock/available.ts'

const someEdges = fc.array(
  fc.record({
    kind: fc.constantFrom('request', 'assignment'),
    resource: fc.nat(2),
    process: fc.nat(3),
    count: fc.integer({ min: 1, max: 5 }),
  }),
  { maxLength: 12 },
)

test('each type has its total, what is assigned of it, and the rest, which may be negative', () => {
  fc.assert(
    fc.property(fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)), someEdges, (totals, edges) => {
      const units = totals.map(() => 0)
      for (const { kind, resource, count } of edges) {
        for (let unit = 0; unit < count && kind === 'assignment'; unit += 1)
          units[resource] = (units[resource] ?? 0) + 1
      }
      const model = {
        nodes: [
          { id: 'P', kind: 'process', name: 'P' },
          ...totals.map((instances, i) => ({ id: `R${i}`, kind: 'resource', name: `R ${i}`, instances })),
        ],
        edges: edges.map(({ kind, resource, process, count }, i) => {
          const [from, to] = kind === 'request' ? [`P${process}`, `R${resource}`] : [`R${resource}`, `P${process}`]
          return { id: `e${i}`, kind, from, to, count }
        }),
      }
      expect(availableOf(model)).toEqual(
        totals.map((total, i) => {
          const assigned = units[i] ?? 0
          return { id: `R${i}`, name: `R ${i}`, total, assigned, available: total - assigned }
        }),
      )
    }),
  )
})

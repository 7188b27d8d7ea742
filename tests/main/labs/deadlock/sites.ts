// Small drawings with one unit of each type for tests of waits between sites, and facts about them found the slow way.
// Shares no code with the engine.
import fc from 'fast-check'
import type { DeadlockModel } from '../../../../src-main/labs/deadlock/model/schema.ts'
import { draw } from './drawing.ts'
import { reaches } from './small-graphs.ts'

/** Puts the processes of a drawing on sites, in their order. */
export function placed(model: DeadlockModel, sites: readonly number[]): DeadlockModel {
  let index = 0
  return {
    ...model,
    nodes: model.nodes.map((node) => (node.kind === 'process' ? { ...node, site: sites[index++] ?? 1 } : node)),
  }
}

/** Who waits for whom, read off the edges: whoever asks for what another one, or itself, holds. */
export function waitsOf({ edges }: DeadlockModel): (from: string) => string[] {
  return (from) =>
    edges.flatMap((asked) =>
      asked.kind === 'request' && asked.from === from
        ? edges.flatMap((held) => (held.kind === 'assignment' && held.from === asked.to ? [held.to] : []))
        : [],
    )
}

/** Processes that wait for themselves in the end. */
export function onCycle(model: DeadlockModel): string[] {
  const ids = model.nodes.flatMap(({ id, kind }) => (kind === 'process' ? [id] : []))
  const waits = waitsOf(model)
  const number = (id: string): number => ids.indexOf(id)
  return ids.filter((id) => reaches((from) => waits(ids[from]!).map(number), number(id), number(id)))
}

/** Drawings of one-unit types in which each type has a holder or none, and anybody asks for anything. */
export function singleUnits(processes: number, types: number, sites: number): fc.Arbitrary<DeadlockModel> {
  return fc
    .record({
      holders: fc.array(fc.integer({ min: 0, max: processes }), { minLength: types, maxLength: types }),
      asked: fc.uniqueArray(fc.tuple(fc.nat(processes - 1), fc.nat(types - 1)), {
        maxLength: processes + 2,
        selector: ([p, r]) => `${p} ${r}`,
      }),
      sites: fc.array(fc.integer({ min: 1, max: sites }), { minLength: processes, maxLength: processes }),
    })
    .map(({ holders, asked, sites: places }) => {
      const names = Array.from({ length: processes }, (_, p) => `P${p + 1}`)
      const units = Object.fromEntries(holders.map((_, r) => [`R${r + 1}`, 1]))
      const held = holders.flatMap((p, r) => (p === 0 ? [] : [`R${r + 1}>P${p}`]))
      return placed(draw(names, units, [...held, ...asked.map(([p, r]) => `P${p + 1}>R${r + 1}`)]), places)
    })
}

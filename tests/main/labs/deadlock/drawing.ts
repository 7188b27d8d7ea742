// Writes drawings in tests briefly: "P1>R2" as in the cases, "P1~R2" for a claim, with the counts of types beside.
import type { DeadlockModel } from '../../../../src-main/labs/deadlock/model/schema.ts'

/** @param edges "P1>R1", "R1>P1 x2" or "P1~R1 x3"; what is listed among the types is a type, everything else a process */
export function draw(processes: string[], types: Record<string, number>, edges: string[]): DeadlockModel {
  return {
    nodes: [
      ...processes.map((id) => ({ id, kind: 'process' as const, name: id })),
      ...Object.entries(types).map(([id, instances]) => ({ id, kind: 'resource' as const, name: id, instances })),
    ],
    edges: edges.map((text, index) => {
      const [, from = '', sign, to = '', count] = /^(\S+)([>~])(\S+)(?: x(\d+))?$/.exec(text) ?? []
      const kind = sign === '~' ? ('claim' as const) : from in types ? ('assignment' as const) : ('request' as const)
      return { id: `e${index + 1}`, kind, from, to, count: count === undefined ? 1 : Number(count) }
    }),
  }
}

/** Freezes a value of plain objects and arrays throughout, so that any change to it throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(deepFreeze)
  }
  return value
}

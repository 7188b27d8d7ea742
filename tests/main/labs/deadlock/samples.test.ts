// What each sample teaches, told beforehand by hand and compared with a reduction that shares no code with the engine.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { deadlock } from '../../../../src-main/labs/deadlock/index.ts'
import { DeadlockModel } from '../../../../src-main/labs/deadlock/model/schema.ts'

interface Known {
  word: string
  ring: string[]
  behind: string[]
}
const deadlocked = (ring: string[], behind: string[] = []): Known => ({ word: 'Deadlock', ring, behind })
const free: Known = { word: 'No deadlock', ring: [], behind: [] }
const safe: Known = { word: 'Safe', ring: [], behind: [] }

const known: Record<string, Known> = {
  'dining-philosophers': deadlocked(['P1', 'P2', 'P3', 'P4', 'P5']),
  gridlock: deadlocked(['P1', 'P2', 'P3', 'P4']),
  'print-spooler': deadlocked(['P1', 'P2', 'P3'], ['P4']),
  'told-ring': deadlocked(['P1', 'P2']),
  'left-handed-philosopher': free,
  'banker-safe': safe,
  'banker-unsafe': { word: 'Unsafe', ring: [], behind: [] },
  'claim-edges': safe,
  'policies-two-locks': free,
  'policies-compared': free,
  starvation: free,
  'livelock-timeout': deadlocked(['A', 'B']),
  'database-two-rows': free,
  'database-youngest-victim': free,
  'probes-three-sites': deadlocked(['P1', 'P2', 'P3', 'P4'], ['P5']),
  'phantom-deadlock': free,
  'practice-01': deadlocked(['P1', 'P2']),
  'practice-02': free,
  'practice-03': free,
  'practice-04': deadlocked(['P1', 'P2', 'P3']),
  'practice-05': deadlocked(['P1', 'P2'], ['P3', 'P4']),
  'practice-06': free,
  'practice-07': deadlocked(['P1', 'P2', 'P3']),
  'practice-08': free,
  'practice-09': deadlocked(['P1', 'P2', 'P3', 'P4', 'P5']),
  'practice-10': deadlocked(['P1', 'P2', 'P3', 'P4'], ['P7']),
}

function read(id: string): { model: DeadlockModel; title: string } {
  const url = new URL(`../../../../src-main/labs/deadlock/samples/${id}.interlock`, import.meta.url)
  const { model, title } = JSON.parse(readFileSync(url, 'utf8')) as { model: unknown; title: string }
  return { model: DeadlockModel.parse(model), title }
}

/** Who never finishes, by trying again and again. */
function neverFinish({ nodes, edges }: DeadlockModel): string[] {
  const free = new Map(nodes.flatMap((node) => (node.kind === 'resource' ? [[node.id, node.instances] as const] : [])))
  const give = (type: string, units: number): unknown => free.set(type, free.get(type)! + units)
  for (const edge of edges) if (edge.kind === 'assignment') give(edge.from, -edge.count)
  let left = nodes.filter(({ kind }) => kind === 'process').map(({ id }) => id)
  for (;;) {
    const next = left.find((p) =>
      edges.every((edge) => edge.kind !== 'request' || edge.from !== p || edge.count <= free.get(edge.to)!),
    )
    if (next === undefined) return left
    left = left.filter((p) => p !== next)
    for (const edge of edges) if (edge.to === next) give(edge.from, edge.count)
  }
}

test.each(Object.entries(known))('%s is judged as it was made', (id, { word, ring, behind }) => {
  const { model } = read(id)
  const { word: ours, marks } = deadlock.verdict(model)
  const marked = (mark: string): string[] =>
    model.nodes.filter((node) => node.kind === 'process' && marks[node.id] === mark).map((node) => node.id)
  expect({ word: ours, ring: marked('ring'), behind: marked('behind') }).toEqual({ word, ring, behind })
  expect(neverFinish(model)).toEqual([...ring, ...behind])
})

test('every practice drawing is among them, and no title gives the answer away', () => {
  expect(deadlock.practice).toHaveLength(10)
  for (const id of deadlock.practice ?? []) {
    expect(Object.keys(known)).toContain(id)
    expect(read(id).title).toMatch(/^Practice \d+: /)
    expect(read(id).title).not.toMatch(/deadlock|free|ring|harmless/i)
  }
})

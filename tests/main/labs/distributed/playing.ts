// Networks for tests of algorithms, and playing them to their end.
import { expect } from 'vitest'
import type { DistributedModel, LinkEdge, NetworkNode } from '../../../../src-main/labs/distributed/model/schema.ts'
import { setupOf } from '../../../../src-main/labs/distributed/network/setup.ts'
import type { Algorithm } from '../../../../src-main/labs/distributed/network/types.ts'
import { World } from '../../../../src-main/labs/distributed/network/world.ts'

type Parts = Partial<Omit<DistributedModel, 'nodes' | 'edges'>>

/** A full mesh of nodes P1, P2 …; what is said about nodes and links is by name and by `P1-P2`. */
export function meshOf(
  count: number,
  parts: Parts = {},
  nodes: Readonly<Record<string, Partial<NetworkNode>>> = {},
  links: Readonly<Record<string, Partial<LinkEdge>>> = {},
): DistributedModel {
  const names = Array.from({ length: count }, (_, index) => `P${index + 1}`)
  const pairs = names.flatMap((from, index) => names.slice(index + 1).map((to) => ({ from, to })))
  return {
    nodes: names.map((name) => ({ id: name, kind: 'node', name, ...nodes[name] })),
    edges: pairs.map(({ from, to }) => ({ id: `${from}-${to}`, kind: 'link', from, to, ...links[`${from}-${to}`] })),
    ...parts,
  }
}

/**
 * Plays until nothing comes any more.
 * @param each called after each event
 */
export function playOut(
  model: DistributedModel,
  algorithm: Algorithm,
  seed = 1,
  each: (world: World) => void = () => undefined,
  most = 200_000,
): World {
  const world = new World(setupOf(model, algorithm, seed))
  while (world.events < most && world.step()) each(world)
  expect(world.next(), `still something to come after ${most} events`).toBeUndefined()
  return world
}

/** All messages that were sent. */
export const sentIn = (world: World): number => [...world.tallies.values()].reduce((sum, { sent }) => sum + sent, 0)

/** What was noted during a run, in order: "P2 suspects P3". */
export function notesOf(model: DistributedModel, algorithm: Algorithm, seed = 1): string[] {
  const notes: string[] = []
  playOut(model, algorithm, seed, ({ last }) => {
    for (const { text } of last?.notes ?? []) notes.push(`${model.nodes[last?.node ?? -1]?.name ?? ''} ${text}`)
  })
  return notes
}

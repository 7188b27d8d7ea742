// Runs of physical clocks in tests: what clocks show, how far they are from another's, and messages that are held up.
import type { DistributedModel } from '../../../../../src-main/labs/distributed/model/schema.ts'
import { setupOf } from '../../../../../src-main/labs/distributed/network/setup.ts'
import type { Algorithm } from '../../../../../src-main/labs/distributed/network/types.ts'
import { World } from '../../../../../src-main/labs/distributed/network/world.ts'

/** What a node takes the time to be, now. */
export function shownBy({ setup, states, clock }: World, node: number, world: World): number {
  const own = clock.call(world, node)
  return setup.algorithm.time?.(states[node], own) ?? own
}

/** How far a node's time is ahead of another's. */
export const errorOf = (world: World, node: number, server: number): number =>
  shownBy(world, node, world) - shownBy(world, server, world)

/**
 * Plays to the end, where each message of this kind is held up as soon as it was sent.
 * @param by how long, in ms, by how many of the kind were sent before
 */
export function playHeld(
  model: DistributedModel,
  algorithm: Algorithm,
  kind: string,
  by: (sent: number) => number,
  each: (world: World) => void = () => undefined,
): World {
  const world = new World(setupOf(model, algorithm, 1))
  let held = 0
  while (world.step()) {
    each(world)
    for (const message of world.last?.sent ?? []) if (message.body.kind === kind) world.delay(message.id, by(held++))
  }
  return world
}

// Runs of mutual exclusion for operations: requests at given times on a network with one delay, every message and entry
// told. Times may be fractions here, unlike in a drawing.
import type { Algorithm } from '../network/types.ts'
import { type Setup, setupOf } from '../network/setup.ts'
import { type Message, World } from '../network/world.ts'
import { meshOf, ringDrawing } from './drawings.ts'

export interface Wanted {
  readonly process: number
  readonly at: number
}

export interface Timing {
  /** how long a message takes, and how long a process is inside */
  readonly delay: number
  readonly hold: number
  /** settings of the algorithm beside these */
  readonly settings?: Readonly<Record<string, number>>
}

export interface Watcher {
  sent?(message: Message, now: number): void
  entered?(process: number, now: number): void
}

/**
 * Plays until nothing is to come. A process that is asked for again while it waits or is inside asks again when it has left.
 * @param processes how many; they are numbered from 0, which is also their index
 * @param wanted in any order; at equal times the earlier in the list asks first
 */
export function playRequests(
  algorithm: Algorithm,
  processes: number,
  wanted: readonly Wanted[],
  { delay, hold, settings }: Timing,
  watcher: Watcher,
): World {
  const ids = Array.from({ length: processes }, (_, id) => id)
  const drawing = algorithm.needs === 'ring' ? ringDrawing(ids) : meshOf(ids)
  const usual = setupOf(drawing, algorithm, 1)
  const setup: Setup = {
    ...usual,
    network: { ...usual.network, delay },
    selves: usual.selves.map((self) => ({ ...self, settings: { ...self.settings, think: 0, hold, ...settings } })),
    begin: [],
    plan: wanted.map(({ process, at }) => ({ do: 'start' as const, at, node: process })).sort((a, b) => a.at - b.at),
  }
  const world = new World(setup)
  while (world.step()) {
    const { last, now } = world
    if (last === null) break
    for (const message of last.sent) watcher.sent?.(message, now)
    for (const { what } of last.notes) if (what === 'enter') watcher.entered?.(last.node, now)
  }
  return world
}

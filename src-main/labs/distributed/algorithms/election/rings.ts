// What elections on a ring share: sending to the next node that takes the message.
import type { Body, Output, Reaction, Self, Setting } from '../../network/types.ts'
import { note, nameOf, reaction, sendWatched, send } from '../reactions.ts'
import { electionTexts as texts } from './texts.ts'

export interface RingView {
  /** the nodes after this one that gave no word, so that messages go past them */
  readonly skipped: readonly number[]
}

export const ringSettings: readonly Setting[] = [
  { key: 'timeout', label: texts.timeoutSetting, min: 1, max: 100_000, usual: 50, unit: 'ms', hint: texts.timeoutHint },
  { key: 'repair', label: texts.repairSetting, min: 0, max: 1, usual: 1, hint: texts.repairHint },
]

/** The node that messages go to: the first on the ring that is not known to give no word. */
export function nextOf(self: Self, { skipped }: RingView): number {
  const { ring, place, index } = self
  if (!skipped.includes(self.next)) return self.next
  for (let step = 2; step < ring.length; step += 1) {
    const node = ring[(place + step) % ring.length] ?? index
    if (!skipped.includes(node)) return node
  }
  return index
}

/** Sends on along the ring. A node that has nobody else left gets its own message: it is alone. */
export function passOn(self: Self, view: RingView, body: Body): Output {
  const to = nextOf(self, view)
  return self.settings['repair'] === 1 ? sendWatched(to, body, self.settings['timeout'] ?? 0) : send(to, body)
}

/** The next node gave no word: the message goes to the one after it. */
export function goPast<S extends RingView>(state: S, to: number, body: Body, self: Self): Reaction<S> {
  const skipped = state.skipped.includes(to) ? state.skipped : [...state.skipped, to]
  const past = { ...state, skipped }
  return reaction(past, [note('told', texts.unreached(nameOf(self, to))), passOn(self, past, body)])
}

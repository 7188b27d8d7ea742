// Flow control by credit: whoever shows output says how much has been shown; the source rests while anyone is far
// behind. Knows neither terminals nor pages.
import { TERMINAL_HIGH, TERMINAL_LOW } from '../../contract/limits.ts'

export interface Credit<K> {
  /** A receiver that has to keep up from now on. */
  add(receiver: K): void
  /** It went away: nobody waits for it any more. */
  remove(receiver: K): void
  /** So many characters were sent to it. */
  sent(receiver: K, characters: number): void
  /** It has shown so many; more than were sent count as all of them. */
  shown(receiver: K, characters: number): void
  readonly paused: boolean
}

/**
 * Credit between one source and its receivers: paused above `TERMINAL_HIGH` unshown characters of any receiver, going
 * on once all are below `TERMINAL_LOW`. The gap keeps the source from stuttering.
 */
export function createCredit<K>(source: { pause(): void; resume(): void }): Credit<K> {
  const owed = new Map<K, number>()
  let paused = false
  const look = (): void => {
    const most = Math.max(0, ...owed.values())
    if (!paused && most > TERMINAL_HIGH) {
      paused = true
      source.pause()
    } else if (paused && most < TERMINAL_LOW) {
      paused = false
      source.resume()
    }
  }
  const change = (receiver: K, by: number): void => {
    const before = owed.get(receiver)
    if (before === undefined) return
    owed.set(receiver, Math.max(0, before + by))
    look()
  }
  return {
    add: (receiver) => void (owed.has(receiver) || owed.set(receiver, 0)),
    remove(receiver) {
      if (owed.delete(receiver)) look()
    },
    sent: (receiver, characters) => change(receiver, characters),
    shown: (receiver, characters) => change(receiver, -characters),
    get paused() {
      return paused
    },
  }
}

// Counts wrong tokens and calls for a pause after ten in a minute. Knows no request; the clock is handed in.
import { createHash } from 'node:crypto'

export const WRONG_TOKENS = 10
export const WINDOW_MS = 60_000
export const PAUSE_MS = 60_000

export interface Throttle {
  /** Milliseconds until tokens are looked at again; 0 when there is no pause. */
  pause(): number
  /** A wrong token in a URL: each one counts. Returns whether this one began a pause. */
  wrongToken(): boolean
  /**
   * A wrong cookie: each value counts once a window. A page that was left open from an earlier start tries again and
   * again with the same stale cookie, and must not lock its person out; somebody who guesses has to change the value.
   */
  wrongCookie(value: string): boolean
}

/** @param now milliseconds of a clock that never goes back */
export function createThrottle(now: () => number): Throttle {
  let wrong: number[] = []
  let stale = new Map<string, number>()
  let until = 0

  function count(): boolean {
    const time = now()
    wrong = [...wrong.filter((at) => time - at < WINDOW_MS), time]
    if (wrong.length < WRONG_TOKENS) return false
    wrong = []
    until = time + PAUSE_MS
    return true
  }

  return {
    pause: () => Math.max(0, until - now()),
    wrongToken: count,
    wrongCookie(value) {
      const time = now()
      stale = new Map([...stale].filter(([, at]) => time - at < WINDOW_MS))
      const key = createHash('sha256').update(value).digest('base64')
      // During a pause nothing new is remembered, so the map stays as small as the number of guesses that count.
      if (stale.has(key) || until > time) return false
      stale.set(key, time)
      return count()
    },
  }
}

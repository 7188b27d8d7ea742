// Ends the shell some time after its last page has gone. Knows only how many pages there are and how one closed.

/** After a page said goodbye (closed, or reloading): long enough for a reload on a slow machine. */
export const GRACE_AFTER_CLOSING_MS = 10_000
/** After a page was lost without goodbye (sleep, crash of the browser): long enough for it to come back. */
export const GRACE_AFTER_LOSS_MS = 120_000

const GOODBYES = new Set([1000, 1001])

export interface IdleWatch {
  /** `code` is the WebSocket code of the page that closed, null when one came. */
  changed(open: number, code: number | null): void
  stop(): void
}

/**
 * Calls `onIdle` once, after no page has been open for the grace time. Does nothing before the first page came: the
 * person may still be opening the address by hand.
 */
export function createIdleWatch(
  onIdle: () => void,
  grace: { afterClosing: number; afterLoss: number } = {
    afterClosing: GRACE_AFTER_CLOSING_MS,
    afterLoss: GRACE_AFTER_LOSS_MS,
  },
): IdleWatch {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  return {
    changed(open, code) {
      clearTimeout(timer)
      if (stopped || open > 0) return
      timer = setTimeout(onIdle, code !== null && GOODBYES.has(code) ? grace.afterClosing : grace.afterLoss)
    },
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}

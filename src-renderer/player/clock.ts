// The only clock of the player, given from outside so that tests own time.

export interface Clock {
  /** Calls back once after so many milliseconds. @returns takes it back */
  after(milliseconds: number, then: () => void): () => void
}

export const pageClock: Clock = {
  after(milliseconds, then) {
    const timer = setTimeout(then, milliseconds)
    return () => clearTimeout(timer)
  },
}

// What is typed on its way to the program: a queue that is limited, and that ends with the terminal. node-pty has one of
// its own, which goes on writing to the number of a descriptor after that was closed; by then it may be another terminal's.
import { writeSync } from 'node:fs'
import { InterlockError } from '../../contract/errors.ts'
import { MAX_TERMINAL_INPUT, MAX_TERMINAL_INPUT_RATE } from '../../contract/limits.ts'

export interface TerminalInput {
  /** @throws InterlockError `too-large` for input that is too long, too fast, or more than the program reads */
  write(text: string): void
  /** Answers of the terminal itself; dropped where the program does not read them. */
  answer(text: string): void
  close(): void
}

const RETRY_MS = 5

/**
 * @param descriptor of the terminal's master side, which never blocks
 * @param usable whether the descriptor is still open
 */
export function createInput(descriptor: number, usable: () => boolean): TerminalInput {
  let waiting: Buffer[] = []
  let bytes = 0
  let retry: ReturnType<typeof setTimeout> | null = null
  let closed = false
  const budget = { characters: MAX_TERMINAL_INPUT_RATE, at: performance.now() }

  const spend = (characters: number): void => {
    const now = performance.now()
    const earned = ((now - budget.at) / 1000) * MAX_TERMINAL_INPUT_RATE
    budget.characters = Math.min(MAX_TERMINAL_INPUT_RATE, budget.characters + earned)
    budget.at = now
    if (characters > budget.characters) {
      throw new InterlockError(
        'too-large',
        `A terminal takes at most ${MAX_TERMINAL_INPUT_RATE} characters in a second. Put longer text into a file.`,
      )
    }
    budget.characters -= characters
  }
  const forget = (): void => {
    waiting = []
    bytes = 0
  }
  const pass = (): void => {
    retry = null
    while (waiting[0] !== undefined) {
      if (closed || !usable()) return forget()
      const [first] = waiting
      try {
        const written = writeSync(descriptor, first)
        bytes -= written
        if (written === first.length) waiting.shift()
        else waiting[0] = first.subarray(written)
      } catch (error) {
        // The program reads slowly: later. Anything else is the end of the terminal.
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return forget()
        retry = setTimeout(pass, RETRY_MS)
        return
      }
    }
  }
  const put = (text: string): void => {
    const buffer = Buffer.from(text)
    waiting.push(buffer)
    bytes += buffer.length
    if (retry === null) pass()
  }

  return {
    write(text) {
      if (text.length > MAX_TERMINAL_INPUT) {
        throw new InterlockError(
          'too-large',
          `A terminal takes at most ${MAX_TERMINAL_INPUT} characters at once. Put longer text into a file.`,
        )
      }
      if (bytes > 2 * MAX_TERMINAL_INPUT_RATE) {
        throw new InterlockError(
          'too-large',
          'The program in this terminal does not read what is typed. Wait for it, end it with Ctrl+C, or close the terminal.',
        )
      }
      spend(text.length)
      if (!closed) put(text)
    },
    answer(text) {
      if (!closed && bytes < MAX_TERMINAL_INPUT) put(text)
    },
    close() {
      closed = true
      if (retry !== null) clearTimeout(retry)
      forget()
    },
  }
}

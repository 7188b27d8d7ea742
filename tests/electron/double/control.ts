// How a test and the double talk: JSON lines. On standard input the test answers dialogs and does what a person would do
// to the window; on standard output the double tells what happened. When standard input ends, the double leaves too.
import { createInterface } from 'node:readline'

export type Command = { do: 'quit' } | { do: 'close-window' } | { do: 'menu'; id: string }
type Line = Command | { answer: string | null }

const answers: (string | null)[] = []
const askers: ((answer: string | null) => void)[] = []
const listeners: ((command: Command) => void)[] = []

export function say(line: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

/** The answer to the next dialog, given before or after it is asked. */
export function nextAnswer(): Promise<string | null> {
  const given = answers.shift()
  if (given !== undefined) return Promise.resolve(given)
  return new Promise((resolve) => askers.push(resolve))
}

export function onCommand(listener: (command: Command) => void): void {
  listeners.push(listener)
}

const lines = createInterface({ input: process.stdin })
lines.on('line', (text) => {
  if (text.trim() === '') return
  const line = JSON.parse(text) as Line
  if ('do' in line) for (const listener of listeners) listener(line)
  else {
    const asker = askers.shift()
    if (asker) asker(line.answer)
    else answers.push(line.answer)
  }
})
lines.on('close', () => {
  for (const listener of listeners) listener({ do: 'quit' })
})

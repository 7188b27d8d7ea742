// Text forms of a kept run: the terminal as an asciicast (version 3), and what the kernel said as JSON.
import { InterlockError } from '../../../contract/errors.ts'
import type { TextFormat } from '../../../contract/lab.ts'
import { samplesOf } from '../../../contract/merge-patch.ts'
import type { Recording } from '../../../contract/kernel.ts'
import type { NamespacesModel } from './schema.ts'

function recordingOf({ recording }: NamespacesModel): Recording {
  if (recording !== undefined) return recording
  throw new InterlockError('bad-input', 'This document holds no run. Keep one first, then export it.')
}

/**
 * The terminal of a run as an asciicast of version 3: a header, then one event a line with the seconds since the event
 * before it (asciinema's file format, https://docs.asciinema.org/manual/asciicast/v3/).
 */
export function asciicast({ terminal }: Recording, title: string): string {
  const header = { version: 3, term: { cols: terminal.columns, rows: terminal.rows }, ...(title !== '' && { title }) }
  let before = 0
  const lines = terminal.events.map(([time, kind, data]) => {
    const since = Math.max(0, Math.round((time - before) * 1000) / 1000)
    // Rounding must not add up.
    before += since
    return JSON.stringify([since, kind, data])
  })
  return `${[JSON.stringify(header), ...lines].join('\n')}\n`
}

export const formats: readonly TextFormat<NamespacesModel>[] = [
  {
    id: 'cast',
    label: 'Terminal as asciicast',
    extensions: ['cast'],
    media: 'application/x-asciicast',
    comments: false,
    recognises: () => false,
    write: ({ model, title }) => asciicast(recordingOf(model), title),
  },
  {
    id: 'samples',
    label: 'Kernel samples as JSON',
    extensions: ['json'],
    media: 'application/json',
    comments: false,
    recognises: () => false,
    write: ({ model }) => `${JSON.stringify(samplesOf(recordingOf(model)), null, 1)}\n`,
  },
]

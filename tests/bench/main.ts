// `npm run bench`: a table of ours, the peer and the ratio, measured in one run on one input. Never passes or fails.
import { bench as diagram } from './diagram.ts'
import { bench as drag } from './drag.ts'
import { bench as engine } from './engine.ts'
import { bench as kernel } from './kernel.ts'
import { bench as film } from './film.ts'
import { bench as matrices } from './matrices.ts'
import type { Row } from './measure.ts'
import { bench as nested } from './nested.ts'
import { bench as network } from './network.ts'
import { bench as page } from './page.ts'
import { bench as schedule } from './schedule.ts'
import { bench as terminal } from './terminal.ts'
import { bench as text } from './text.ts'

const figure = (value: number | null): string => (value === null ? '–' : value.toPrecision(3))

const rows: Row[] = [
  ...(await engine()),
  ...(await matrices()),
  ...network(),
  ...schedule(),
  ...(await nested()),
  ...(await page()),
  ...(await text()),
  ...(await terminal()),
  ...(await kernel()),
  ...(await drag()),
  ...(await diagram()),
  ...(await film()),
]
const lines = [
  ['what', 'ours', 'peer', 'ours / peer', 'unit', 'note'],
  ...rows.map((row) => [row.name, figure(row.ours), figure(row.peer), figure(row.ratio), row.unit, row.note]),
]
const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
for (const line of lines) {
  process.stdout.write(
    `${line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()}\n`,
  )
}

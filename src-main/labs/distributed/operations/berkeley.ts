// The operation `distributed.berkeley`: the average of all clocks near the master's, and how far each clock moves.
import type { Operation } from '../../../contract/lab.ts'
import { MAX_CLOCKS } from '../../../contract/limits.ts'
import { anything, bad, readFields, said } from '../../../contract/operation-input.ts'
import { berkeleyAverage } from '../clocks/physical.ts'
import { clockTexts } from '../model/clock-texts.ts'
import { readClockNames, readLength, readList, readReading } from './clock-input.ts'

const texts = clockTexts.berkeley

/** Lists in the input that are not the clocks. */
const OTHER_LISTS: readonly string[] = ['names', 'processes']

export interface BerkeleyInput {
  master?: unknown
  limit?: unknown
  names?: unknown
  /** the readings, whatever the field is called */
  [clocks: string]: unknown
}

export interface BerkeleyOutput {
  average: number
  adjustments: number[]
  excluded?: (number | string)[]
}

/** The one list of numbers, whatever it is called: minutes, seconds, clocks, times … */
function readClocks(fields: Record<string, unknown>): { clocks: number[]; field: string } {
  const lists = Object.keys(fields).filter((field) => Array.isArray(fields[field]) && !OTHER_LISTS.includes(field))
  const [field, other] = lists
  if (field === undefined) throw bad('clocks', texts.noClocks)
  if (other !== undefined) throw bad(other, texts.severalLists(lists))
  const list = readList(fields[field], field, '[180, 205, 170]', MAX_CLOCKS, 'clocks')
  if (list.length === 0) throw bad(field, texts.noClocks)
  return { clocks: list.map((value, index) => readReading(value, `${field}[${index}]`)), field }
}

function readMaster(value: unknown, names: readonly string[] | null, count: number): number {
  if (value === undefined) return 0
  const named = names === null || typeof value !== 'string' ? -1 : names.indexOf(value)
  if (named !== -1) return named
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < count) return value
  throw bad('master', texts.noMaster(said(value), count - 1))
}

function run(input: BerkeleyInput): BerkeleyOutput {
  const fields = readFields(input)
  const { clocks } = readClocks(fields)
  const names = fields['names'] === undefined ? null : readClockNames(fields['names'], 'names', clocks.length)
  const master = readMaster(fields['master'], names, clocks.length)
  const limit = fields['limit'] === undefined ? null : readLength(fields['limit'], 'limit')
  const { average, adjustments, excluded } = berkeleyAverage(clocks, master, limit)
  const listed = { excluded: excluded.map((index) => names?.[index] ?? index) }
  return { average, adjustments, ...(limit === null ? {} : listed) }
}

const example: BerkeleyInput = { minutes: [600, 590, 640, 604], master: 0, limit: 15 }

export const berkeley: Operation<BerkeleyInput, BerkeleyOutput> = {
  summary: clockTexts.summaries.berkeley,
  input: anything(),
  help: [
    'Input, a JSON object:',
    '  clocks       what the clocks show, in any unit; the list may also be called minutes, seconds, times …',
    '  master       optional: place of the master’s clock in the list, counted from 0, or its name; usually 0',
    '  limit        optional: clocks further from the master’s than this are left out of the average',
    '  names        optional: names of the clocks',
    'Output:',
    '  average      what all clocks are to show; 12 digits where it has no end',
    '  adjustments  for each clock how far it has to move, also for those that were left out of the average',
    '  excluded     with limit: the clocks that were left out, by name or by place in the list',
  ],
  get example() {
    return { input: example, output: run(example) }
  },
  run,
}

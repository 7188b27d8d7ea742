// The operation `distributed.cristian`: the estimate from samples, or its error when both ways are known.
import type { Operation } from '../../../contract/lab.ts'
import { MAX_CLOCK_EVENTS } from '../../../contract/limits.ts'
import { anything, bad, readFields, said } from '../../../contract/operation-input.ts'
import { combined, toNumber } from '../clocks/decimal.ts'
import { cristianEstimate, shortest } from '../clocks/physical.ts'
import { clockTexts } from '../model/clock-texts.ts'
import { readLength, readList, readReading } from './clock-input.ts'

const texts = clockTexts.cristian
/** The least time of the textbook's exercise, for inputs that name none. */
const USUAL_LEAST = 8

export interface CristianInput {
  samples?: unknown
  there?: unknown
  back?: unknown
  trueOffset?: unknown
  min?: unknown
}

export interface CristianOutput {
  setTo?: number
  estimate?: number
  trueTime?: number
  error?: number
  bound: number
  boundWithMin?: number
  /** `boundWithMin8` and the like */
  [boundWithNamedMin: string]: number | undefined
}

function readSample(item: unknown, at: string): readonly [number, number] {
  if (!Array.isArray(item) || item.length !== 2) throw bad(at, texts.sample(said(item)))
  return [readLength(item[0], `${at}[0]`), readReading(item[1], `${at}[1]`)]
}

const bounds = (roundTrip: number, least: number): Record<string, number> => {
  const { bound } = cristianEstimate(roundTrip, 0, least)
  return { boundWithMin: bound, [`boundWithMin${least}`]: bound }
}

function fromSamples(fields: Record<string, unknown>): CristianOutput {
  const list = readList(fields['samples'], 'samples', '[[22, 23674], [20, 28342]]', MAX_CLOCK_EVENTS, 'samples')
  if (list.length === 0) throw bad('samples', texts.none)
  const samples = list.map((item, index) => readSample(item, `samples[${index}]`))
  const best = shortest(samples)
  const [roundTrip, server] = samples[best]!
  const estimate = cristianEstimate(roundTrip, server)
  const least = fields['min'] === undefined ? null : readLength(fields['min'], 'min')
  if (least !== null && 2 * least > roundTrip) throw bad('min', texts.least(least, roundTrip))
  if (least !== null) return { ...estimate, ...bounds(roundTrip, least) }
  return { ...estimate, ...(2 * USUAL_LEAST <= roundTrip ? bounds(roundTrip, USUAL_LEAST) : {}) }
}

/** The client's clock shows 0 when the request leaves, the true one `trueOffset` more; the server's clock is true. */
function fromWays(fields: Record<string, unknown>): CristianOutput {
  const [there, back] = [readLength(fields['there'], 'there'), readLength(fields['back'], 'back')]
  const offset = fields['trueOffset'] === undefined ? 0 : readReading(fields['trueOffset'], 'trueOffset')
  const roundTrip = toNumber(combined([1, there], [1, back]))
  const { setTo, bound } = cristianEstimate(roundTrip, toNumber(combined([1, offset], [1, there])))
  const trueTime = toNumber(combined([1, offset], [1, roundTrip]))
  const least = fields['min'] === undefined ? null : readLength(fields['min'], 'min')
  if (least !== null && least > Math.min(there, back)) throw bad('min', texts.ways(least))
  const error = toNumber(combined([1, setTo], [-1, trueTime]))
  return { estimate: setTo, trueTime, error, bound, ...(least === null ? {} : bounds(roundTrip, least)) }
}

function run(input: CristianInput): CristianOutput {
  const fields = readFields(input)
  const ways = fields['there'] !== undefined || fields['back'] !== undefined
  if (fields['samples'] === undefined && !ways) throw bad('input', texts.neither)
  if (fields['samples'] !== undefined && ways) throw bad('samples', texts.both)
  return ways ? fromWays(fields) : fromSamples(fields)
}

const example: CristianInput = {
  samples: [
    [24, 5_000],
    [18, 6_000],
  ],
  min: 4,
}

export const cristian: Operation<CristianInput, CristianOutput> = {
  summary: clockTexts.summaries.cristian,
  input: anything(),
  help: [
    'Input, a JSON object, either of what a client has measured:',
    '  samples          a list of [round trip, server time]; the one with the shortest round trip is used',
    `  min              optional: what a message takes at least on each way; ${USUAL_LEAST} where nothing is said and it fits`,
    'or of what is so in truth:',
    '  there, back      what request and reply take',
    '  trueOffset       how far the server’s clock is ahead of the client’s; the server’s is taken for true; usually 0',
    '  min              optional, as above, but never supposed',
    'Output of the first:',
    '  setTo            the server’s time plus half the round trip',
    '  bound            half the round trip: it cannot be wronger than this',
    '  boundWithMin     the bound less min; the same as boundWithMin8 or whatever min is',
    'Output of the second; the client’s clock shows 0 when the request leaves:',
    '  estimate         what the client sets its clock to when the reply has come',
    '  trueTime         what the server’s clock shows then',
    '  error            estimate less trueTime: half of there less back',
    '  bound            half the round trip; boundWithMin where min is given',
  ],
  get example() {
    return { input: example, output: run(example) }
  },
  run,
}

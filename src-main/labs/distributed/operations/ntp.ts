// The operation `distributed.ntp`: offset and delay from four timestamps; of several samples the best by NTP's filter.
import type { Operation } from '../../../contract/lab.ts'
import { MAX_CLOCK_EVENTS } from '../../../contract/limits.ts'
import { anything, bad, readFields, said } from '../../../contract/operation-input.ts'
import { combined, over, toNumber } from '../clocks/decimal.ts'
import { NTP_FILTER, ntpFilter, type NtpReading, ntpReading, type Timestamps } from '../clocks/physical.ts'
import { clockTexts } from '../model/clock-texts.ts'
import { readLength, readList, readReading } from './clock-input.ts'

const texts = clockTexts.ntp
const stamps = ['t1', 't2', 't3', 't4'] as const

export interface NtpInput {
  t1?: unknown
  t2?: unknown
  t3?: unknown
  t4?: unknown
  samples?: unknown
  trueOffset?: unknown
}

export interface NtpOutput {
  offset: number
  delay: number
  accuracy: number
  error?: number
  chosen?: number
}

/** @param prefix place of the sample with a dot behind it; empty for the input itself */
function readStamps(read: (index: number) => unknown, at: string, place: (index: number) => string): Timestamps {
  const [t1, t2, t3, t4] = stamps.map((_, index) => readReading(read(index), place(index))) as [
    number,
    number,
    number,
    number,
  ]
  if (t4 < t1) throw bad(at, texts.client)
  if (t3 < t2) throw bad(at, texts.server)
  if (ntpReading([t1, t2, t3, t4]).delay < 0) throw bad(at, texts.delay)
  return [t1, t2, t3, t4]
}

/** Four timestamps, or what somebody has worked out of them already. */
function readSample(item: unknown, at: string): NtpReading {
  if (Array.isArray(item)) {
    if (item.length === 4)
      return ntpReading(
        readStamps(
          (index) => item[index],
          at,
          (index) => `${at}[${index}]`,
        ),
      )
    if (item.length !== 2) throw bad(at, texts.sample(said(item)))
    return { offset: readReading(item[0], `${at}[0]`), delay: readLength(item[1], `${at}[1]`) }
  }
  const fields = readFields(item, at, texts.sample(said(item)))
  if (fields['offset'] !== undefined) {
    return { offset: readReading(fields['offset'], `${at}.offset`), delay: readLength(fields['delay'], `${at}.delay`) }
  }
  return ntpReading(
    readStamps(
      (index) => fields[stamps[index]!],
      at,
      (index) => `${at}.${stamps[index]}`,
    ),
  )
}

function run(input: NtpInput): NtpOutput {
  const fields = readFields(input)
  const trueOffset = fields['trueOffset'] === undefined ? null : readReading(fields['trueOffset'], 'trueOffset')
  const judged = ({ offset, delay }: NtpReading): NtpOutput => {
    const error = trueOffset === null ? {} : { error: toNumber(combined([1, offset], [-1, trueOffset])) }
    return { offset, delay, accuracy: over(combined([1, delay]), 2), ...error }
  }
  if (fields['samples'] === undefined) {
    const four = readStamps(
      (index) => fields[stamps[index]!],
      'input',
      (index) => stamps[index]!,
    )
    return judged(ntpReading(four))
  }
  if (stamps.some((stamp) => fields[stamp] !== undefined)) throw bad('samples', texts.both)
  const list = readList(fields['samples'], 'samples', '[[0, 12, 13, 5]]', MAX_CLOCK_EVENTS, 'samples')
  if (list.length === 0) throw bad('samples', texts.none)
  const samples = list.map((item, index) => readSample(item, `samples[${index}]`))
  const chosen = ntpFilter(samples.map(({ delay }) => delay))
  return { ...judged(samples[chosen]!), chosen }
}

const example: NtpInput = { t1: 100, t2: 125, t3: 126, t4: 131 }

export const ntp: Operation<NtpInput, NtpOutput> = {
  summary: clockTexts.summaries.ntp,
  input: anything(),
  help: [
    'Input, a JSON object:',
    '  t1, t4      by the client’s clock: request leaves, reply arrives',
    '  t2, t3      by the server’s clock: request arrives, reply leaves',
    '  samples     instead: a list of [t1, t2, t3, t4] or [offset, delay], or of objects with these fields; the last',
    `              ${NTP_FILTER} are looked at, as NTP’s clock filter does`,
    '  trueOffset  optional: how far the server’s clock is ahead in truth',
    'Output:',
    '  offset      how far the server’s clock is ahead, if both ways take equally long: ((t2 - t1) + (t3 - t4)) / 2',
    '  delay       what both ways take: (t4 - t1) - (t3 - t2)',
    '  accuracy    half the delay: the offset cannot be wronger than this',
    '  error       with trueOffset: offset less trueOffset',
    '  chosen      with samples: place in the list of the sample with the least delay, counted from 0',
  ],
  get example() {
    return { input: example, output: run(example) }
  },
  run,
}

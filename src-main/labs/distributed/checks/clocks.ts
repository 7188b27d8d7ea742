// Questions on what clocks learn of each other: Cristian, Berkeley and NTP, from numbers in the question.
import { z } from 'zod'
import { MAX_NOTE_LENGTH } from '../../../contract/limits.ts'
import { berkeley as berkeleyOperation } from '../operations/berkeley.ts'
import { cristian as cristianOperation } from '../operations/cristian.ts'
import { ntp as ntpOperation } from '../operations/ntp.ts'
import { numeric } from './make.ts'
import { bad } from './run.ts'
import { readNumbers } from './stamps.ts'
import { texts } from './texts.ts'

const words = texts.clocks
const Tolerant = z.strictObject({ tolerance: z.number().min(0).optional().describe(texts.params.tolerance) })
const Length = z.number().min(0)

/** The right size with the wrong sign deserves its own word. */
const signed = (value: number, solution: number, otherwise: string): string =>
  solution !== 0 && value === -solution ? words.sign : otherwise

const CristianOf = Tolerant.extend({
  of: z.enum(['set to', 'bound', 'error']).describe(texts.params.cristian),
  samples: z.string().max(MAX_NOTE_LENGTH).optional().describe(texts.params.samples),
  there: Length.optional().describe(texts.params.there),
  back: Length.optional().describe(texts.params.back),
  least: Length.optional().describe(texts.params.least),
})
type CristianOf = z.infer<typeof CristianOf>

function readSamples(text: string): number[][] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.map((line, index) => {
    const sample = readNumbers(line)
    if (sample.length !== 2) throw bad(words.line(index + 1, line.trim()))
    return sample
  })
}

/** @throws InterlockError `bad-input` when the numbers do not say what is asked for */
function cristianValue({ of, samples, there, back, least }: CristianOf): number {
  const known = samples === undefined ? { there, back } : { samples: readSamples(samples) }
  const found = cristianOperation.run({ ...known, ...(least === undefined ? {} : { min: least }) })
  if (of === 'error') {
    if (found.error === undefined) throw bad(words.ways)
    return found.error
  }
  if (of === 'set to') return found.setTo ?? found.estimate ?? 0
  const bound = least === undefined ? found.bound : found.boundWithMin
  if (bound === undefined) throw bad(words.noBound)
  return bound
}

const withTolerance = (value: number, tolerance: number | undefined, because: string) => ({
  value,
  tolerance: tolerance ?? 0,
  because,
})

export const cristian = numeric<CristianOf>({
  id: 'cristian',
  title: texts.titles.cristian,
  params: CristianOf,
  solve: (_, params) =>
    withTolerance(
      cristianValue(params),
      params.tolerance,
      { 'set to': words.setTo, bound: words.bound, error: words.error }[params.of],
    ),
  against: (value, _, params) =>
    signed(
      value,
      cristianValue(params),
      { 'set to': words.againstSetTo, bound: words.againstBound, error: words.againstError }[params.of],
    ),
})

const BerkeleyOf = Tolerant.extend({
  clocks: z.string().max(MAX_NOTE_LENGTH).describe(texts.params.clocks),
  limit: Length.optional().describe(texts.params.limit),
  /** counted from 1, the master's; the average when left out */
  clock: z.number().int().min(1).optional().describe(texts.params.berkeley),
})
type BerkeleyOf = z.infer<typeof BerkeleyOf>

function berkeleyValue({ clocks, limit, clock }: BerkeleyOf): number {
  const readings = readNumbers(clocks)
  const found = berkeleyOperation.run({ clocks: readings, ...(limit === undefined ? {} : { limit }) })
  if (clock === undefined) return found.average
  const adjustment = found.adjustments[clock - 1]
  if (adjustment === undefined) throw bad(words.noClock(clock, readings.length))
  return adjustment
}

export const berkeley = numeric<BerkeleyOf>({
  id: 'berkeley',
  title: texts.titles.berkeley,
  params: BerkeleyOf,
  solve: (_, params) =>
    withTolerance(
      berkeleyValue(params),
      params.tolerance,
      params.clock === undefined ? words.average : words.adjustment,
    ),
  against: (value, _, params) =>
    params.clock === undefined ? words.againstAverage : signed(value, berkeleyValue(params), words.againstAdjustment),
})

const stamp = (number: number) => z.number().describe(texts.params.stamp(number))
const NtpOf = Tolerant.extend({
  of: z.enum(['offset', 'delay']).describe(texts.params.ntp),
  t1: stamp(1),
  t2: stamp(2),
  t3: stamp(3),
  t4: stamp(4),
})
type NtpOf = z.infer<typeof NtpOf>

const ntpValue = ({ of, t1, t2, t3, t4 }: NtpOf): number => {
  const found = ntpOperation.run({ t1, t2, t3, t4 }) as unknown as { offset: number; delay: number }
  return found[of]
}

export const ntp = numeric<NtpOf>({
  id: 'ntp',
  title: texts.titles.ntp,
  params: NtpOf,
  solve: (_, params) => withTolerance(ntpValue(params), params.tolerance, words[params.of]),
  against: (value, _, params) =>
    signed(value, ntpValue(params), params.of === 'offset' ? words.againstOffset : words.againstDelay),
})

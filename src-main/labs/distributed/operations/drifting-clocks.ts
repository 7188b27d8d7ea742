// The operation `distributed.driftingClocks`: clocks of different rates, put forward where a message shows it.
import type { Operation } from '../../../contract/lab.ts'
import { MAX_CLOCK_EVENTS, MAX_CLOCKS } from '../../../contract/limits.ts'
import { anything, bad, readFields, said } from '../../../contract/operation-input.ts'
import { type RoundMessage, driftingClocks as correct, thereAndBack } from '../clocks/drifting.ts'
import { clockTexts } from '../model/clock-texts.ts'
import { readClockNames, readList, readReading } from './clock-input.ts'

const texts = clockTexts.drifting
/** Latest round in which a message may arrive. */
const MAX_ROUND = 1_000_000

export interface DriftingClocksInput {
  ticks?: unknown
  names?: unknown
  messages?: unknown
}

export type DriftingClocksOutput = [from: string, sent: number, to: string, before: number, after: number][]

function readMessages(value: unknown, names: readonly string[]): RoundMessage[] {
  if (value === undefined) return thereAndBack(names.length)
  const list = readList(value, 'messages', '[["P1", 1, "P2", 2]]', MAX_CLOCK_EVENTS, 'messages')
  return list.map((item, index) => {
    const at = `messages[${index}]`
    if (!Array.isArray(item) || item.length !== 4) throw bad(at, texts.message(said(item)))
    const process = (place: number): number => {
      const found = names.indexOf(item[place] as string)
      if (found === -1) throw bad(`${at}[${place}]`, clockTexts.noProcess(said(item[place]), names))
      return found
    }
    const round = (place: number): number => {
      const value: unknown = item[place]
      if (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MAX_ROUND) return value as number
      throw bad(`${at}[${place}]`, clockTexts.noRound(said(value), MAX_ROUND))
    }
    const message = { from: process(0), sent: round(1), to: process(2), received: round(3) }
    if (message.from === message.to) throw bad(`${at}[2]`, texts.itself(names[message.to]!))
    if (message.received <= message.sent) throw bad(`${at}[3]`, texts.later(message.sent, message.received))
    return message
  })
}

function run(input: DriftingClocksInput): DriftingClocksOutput {
  const fields = readFields(input)
  const ticks = readList(fields['ticks'], 'ticks', '[6, 8, 10]', MAX_CLOCKS, 'clocks').map((value, index) => {
    const tick = readReading(value, `ticks[${index}]`)
    if (tick <= 0) throw bad(`ticks[${index}]`, texts.tick(said(value)))
    return tick
  })
  if (ticks.length < 2) throw bad('ticks', texts.two)
  const names = readClockNames(fields['names'], 'names', ticks.length)
  const messages = readMessages(fields['messages'], names)
  return correct(ticks, messages).map(({ sent, before, after }, index) => {
    const { from, to } = messages[index]!
    return [names[from]!, sent, names[to]!, before, after]
  })
}

const example: DriftingClocksInput = { ticks: [5, 9, 12] }

export const driftingClocks: Operation<DriftingClocksInput, DriftingClocksOutput> = {
  summary: clockTexts.summaries.driftingClocks,
  input: anything(),
  help: [
    'Input, a JSON object:',
    '  ticks     for each process how far its clock goes in a round; all show 0 before the first round',
    '  names     optional: names of the processes; without them P1, P2 …',
    '  messages  optional: messages as [from, round in which it leaves, to, round in which it arrives]; without them one',
    '            goes from each process to the next and then back again: P1 to P2 in rounds 1 to 2, P2 to P3 in 3 to 4,',
    '            P3 to P2 in 6 to 7, P2 to P1 in 8 to 9',
    'Output, a list with a row for each message:',
    '  [from, its clock when the message leaves, to, its clock when the message arrives, the same after correction]',
    '            A clock that does not show more than the message’s stamp is put forward to 1 more, and stays so.',
  ],
  get example() {
    return { input: example, output: run(example) }
  },
  run,
}

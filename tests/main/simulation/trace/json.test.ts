// A trace written as JSON is the same trace when it is read, and what is no trace is refused with its place.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { traceFromJson, traceToJson } from '../../../../src-main/simulation/trace/json.ts'
import { runTraces, sampleTrace, tracedSamples } from './traces.ts'

interface Written {
  version: number
  title: string
  lanes: { id: string; name: string }[]
  events: { text: string; trace: Record<string, unknown> }[]
}

describe('a trace as JSON', () => {
  it('is read back as it was', () => {
    fc.assert(
      fc.property(runTraces, (trace) => {
        const text = traceToJson(trace)
        expect(traceFromJson(text)).toEqual(trace)
        expect(traceToJson(traceFromJson(text))).toBe(text)
      }),
    )
  })

  it.each(tracedSamples)('holds a whole run of %s: %s', (lab, sample) => {
    const trace = sampleTrace(lab, sample)
    const read = traceFromJson(traceToJson(trace))
    expect(read.events.map(({ trace: event }) => event)).toEqual(trace.events.map(({ trace: event }) => event))
  })

  it('does not depend on how the steps of the run are numbered', () => {
    const trace = sampleTrace('distributed', 'bully-crash')
    const later = { ...trace, events: trace.events.map((event) => ({ ...event, step: event.step + 70 })) }
    expect(traceToJson(later)).toBe(traceToJson(trace))
  })

  const changed = (change: (file: Written) => void): string => {
    const file = JSON.parse(traceToJson(sampleTrace('distributed', 'bully-crash'))) as Written
    change(file)
    return JSON.stringify(file)
  }
  it.each<[string, string, RegExp]>([
    ['no JSON', '{"format": ', /no JSON: line 1, column 12/],
    ['another format', '{"format":"interlock","version":1}', /at format: /],
    ['a list', '[]', /at its beginning/],
    ['a newer version', changed((file) => (file.version = 2)), /has version 2, and .* up to 1\./],
    ['a wrong field', changed((file) => (file.events[3]!.trace['at'] = 'now')), /at events\.3\.trace\.at: /],
    ['an unknown lane', changed((file) => (file.events[1]!.trace['lane'] = 'n9')), /event 1 names the lane "n9"/],
    ['an unknown receiver', changed((file) => file.lanes.pop()), /names the lane "n5", which is not in its list/],
    ['a lane twice', changed((file) => file.lanes.push(file.lanes[0]!)), /two lanes have the same id/],
    ['time that goes back', changed((file) => (file.events[1]!.trace['at'] = 99_999)), /event 2 is at .*, before/],
    [
      'a message from nowhere',
      changed((file) => (file.events[1]!.trace['sends'] = [])),
      /event 2 is about m\d+, which was not sent before/,
    ],
    [
      'a message sent twice',
      changed((file) => file.events.splice(2, 0, file.events[1]!)),
      /event 2 sends m1, which was sent before/,
    ],
    [
      'a receipt of nothing',
      changed((file) => delete file.events.find(({ trace }) => trace['kind'] === 'receive')!.trace['message']),
      /receives no message/,
    ],
  ])('refuses %s', (_, text, sentence) => {
    expect(() => traceFromJson(text)).toThrow(/^This is no trace of a run that can be read: /)
    expect(() => traceFromJson(text)).toThrow(sentence)
  })

  it('is described by an example that can be read', () => {
    const guide = readFileSync(join(import.meta.dirname, '../../../../docs/trace.md'), 'utf8')
    const example = /```json\n(.*?)```/s.exec(guide)?.[1] ?? ''
    const trace = traceFromJson(example)
    expect(trace.events.map(({ trace: { kind } }) => kind)).toEqual(['local', 'local', 'receive', 'lost'])
    expect(JSON.parse(traceToJson(trace))).toEqual(JSON.parse(example))
    for (const kind of ['receive', 'lost', 'delay', 'copy', 'crash', 'recover', 'pause', 'resume', 'cut', 'mend']) {
      expect(guide).toContain(`\`${kind}\``)
    }
  })
})

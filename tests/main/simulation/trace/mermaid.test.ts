// Sequence diagrams read again by a small reader of the lines that Mermaid's grammar for them has. The package itself is
// not among the dependencies, so nothing here proves how a diagram is drawn.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { traceToMermaid } from '../../../../src-main/simulation/trace/mermaid.ts'
import type { RunTrace } from '../../../../src-main/simulation/trace/trace.ts'
import { runTraces, sampleTrace, tracedSamples } from './traces.ts'

interface Diagram {
  title: string | null
  participants: Map<string, string>
  arrows: { from: string; kind: string; to: string; text: string }[]
  notes: { over: string[]; text: string }[]
}

/** Entities as Mermaid writes them: a hash, a number, a semicolon. A bare hash or semicolon would end the statement. */
function plain(text: string): string {
  const rest = text.replace(/#\d+;/g, '')
  if (/[#;\n]|%%/.test(rest) || text === '') throw new Error(`not one statement: ${text}`)
  return text.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
}

function read(diagram: string): Diagram {
  const [head, ...lines] = diagram.trimEnd().split('\n')
  if (head !== 'sequenceDiagram') throw new Error(`begins with ${head}`)
  const found: Diagram = { title: null, participants: new Map(), arrows: [], notes: [] }
  const known = (alias: string): string => {
    if (!found.participants.has(alias)) throw new Error(`unknown participant ${alias}`)
    return alias
  }
  for (const line of lines) {
    const title = /^ {4}title (.+)$/.exec(line)
    const participant = /^ {4}participant (\w+) as (.+)$/.exec(line)
    const note = /^ {4}Note over (\w+(?:,\w+)?): (.+)$/.exec(line)
    const arrow = /^ {4}(\w+?)(->>|-x|-\))(\w+): (.+)$/.exec(line)
    if (title !== null) found.title = plain(title[1]!)
    else if (participant !== null) found.participants.set(participant[1]!, plain(participant[2]!))
    else if (note !== null) found.notes.push({ over: note[1]!.split(',').map(known), text: plain(note[2]!) })
    else if (arrow !== null) {
      const [, from = '', kind = '', to = '', text = ''] = arrow
      found.arrows.push({ from: known(from), kind, to: known(to), text: plain(text) })
    } else throw new Error(`no statement: ${line}`)
  }
  return found
}

const aliasOf = ({ lanes }: RunTrace, id: string): string => `n${lanes.findIndex((lane) => lane.id === id) + 1}`

describe('a sequence diagram', () => {
  it('has an arrow for each arrival, a cross for each loss, an open arrow for what is under way', () => {
    fc.assert(
      fc.property(runTraces, (trace) => {
        const { participants, arrows } = read(traceToMermaid(trace))
        expect([...participants.values()]).toEqual(trace.lanes.map(({ name }) => name))
        const sent = new Map(
          trace.events.flatMap(({ trace: { lane, sends } }) =>
            sends.map(({ message, to, label, detail }) => [
              message,
              { from: aliasOf(trace, lane ?? ''), to: aliasOf(trace, to), text: `${label} ${detail}`.trim() },
            ]),
          ),
        )
        const ends = trace.events.flatMap(({ trace: { kind, message } }) =>
          kind === 'receive' || kind === 'lost' ? [{ kind: kind === 'lost' ? '-x' : '->>', message: message! }] : [],
        )
        const ended = new Set(ends.map(({ message }) => message))
        const open = [...sent.keys()].filter((message) => !ended.has(message))
        expect(arrows).toEqual([
          ...ends.map(({ kind, message }) => ({ kind, ...sent.get(message)! })),
          ...open.map((message) => ({ kind: '-)', ...sent.get(message)! })),
        ])
      }),
    )
  })

  it('notes what happens on a lane, crashes too, and cuts across all', () => {
    const lanes = ['a', 'b', 'c'].map((id) => ({ id, name: id.toUpperCase() }))
    const event = (text: string, trace: object) => ({
      ...{ step: 0, text },
      trace: { at: 0, lane: null, kind: 'local' as const, label: '', sends: [], ...trace },
    })
    const { notes, title } = read(
      traceToMermaid({
        title: 'Ring: #1 of "3"; end',
        lanes,
        events: [
          event('Start', { down: ['c'] }),
          event('A begins', { lane: 'a', label: 'begin' }),
          event('nothing to tell', { lane: 'a' }),
          event('B crashes', { lane: 'b', kind: 'crash', label: 'crash' }),
          event('A and B: cut', { kind: 'cut' }),
        ],
      }),
    )
    expect(title).toBe('Ring: #1 of "3"; end')
    expect(notes).toEqual([
      { over: ['n3'], text: 'crashed' },
      { over: ['n1'], text: 'begin' },
      { over: ['n2'], text: 'B crashes' },
      { over: ['n1', 'n3'], text: 'A and B: cut' },
    ])
  })

  it.each(tracedSamples)('can be read for a whole run of %s: %s', (lab, sample) => {
    const trace = sampleTrace(lab, sample)
    const { participants, arrows } = read(traceToMermaid(trace))
    expect(participants.size).toBe(trace.lanes.length)
    expect(arrows.length).toBeGreaterThan(1)
  })

  it('would be refused with a bare semicolon', () => {
    expect(() => read('sequenceDiagram\n    participant n1 as a;b\n')).toThrow(/not one statement/)
  })
})

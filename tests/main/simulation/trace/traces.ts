// Traces for tests of their writers: made by chance, with losses, copies, crashes and odd names; and of whole runs of
// the labs' samples.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import type { TraceEvent } from '../../../../src-main/contract/run.ts'
import { labs } from '../../../../src-main/labs/index.ts'
import { createRun } from '../../../../src-main/simulation/run.ts'
import { type RunTrace, traceOfSteps } from '../../../../src-main/simulation/trace/trace.ts'

export const oddNames = ['P1', 'P 1', 'P_1', '{"a":1}', 'end', '#1; --> x', 'Größe "λ"', '=SUM(A1)', 'a,b', '<b>%%{x}']

interface Turn {
  lane: number
  what: 'send' | 'deliver' | 'lose' | 'crash' | 'recover' | 'local' | 'copy' | 'cut'
  pick: number
  answers: boolean
}

const turn: fc.Arbitrary<Turn> = fc.record({
  lane: fc.nat({ max: 9 }),
  what: fc.constantFrom('send', 'deliver', 'deliver', 'lose', 'crash', 'recover', 'local', 'copy', 'cut'),
  pick: fc.nat({ max: 50 }),
  answers: fc.boolean(),
})

/** Runs of up to ten nodes. A message to a crashed node is lost to it; a copied one can arrive several times. */
export const runTraces: fc.Arbitrary<RunTrace> = fc
  .record({ lanes: fc.integer({ min: 1, max: 10 }), turns: fc.array(turn, { maxLength: 60 }), title: fc.string() })
  .map(({ lanes: count, turns, title }) => {
    const lanes = oddNames.slice(0, count).map((name, index) => ({ id: `n${index}`, name }))
    const id = (index: number): string => `n${index % count}`
    const events: RunTrace['events'][number][] = []
    const under: { message: string; to: string }[] = []
    const down = new Set<string>()
    let messages = 0
    const add = (text: string, trace: Partial<TraceEvent>): void => {
      const at = Math.floor(events.length / 3)
      events.push({
        step: events.length,
        text,
        trace: { at, lane: null, kind: 'local', label: '', sends: [], ...trace },
      })
    }
    const sends = (to: string): TraceEvent['sends'] => {
      const message = `m${(messages += 1)}`
      under.push({ message, to })
      return [{ message, to, label: messages % 3 === 0 ? 'OK' : 'ASK; #1', detail: messages % 2 === 0 ? 'a:b' : '' }]
    }
    add('Start from the drawing', { down: [] })
    for (const { lane: from, what, pick, answers } of turns) {
      const lane = id(from)
      const arriving = under[pick % Math.max(1, under.length)]
      if (what === 'cut') add('A link is cut', { kind: 'cut' })
      else if (what === 'recover' && down.delete(lane)) add('comes back', { lane, kind: 'recover', label: 'back' })
      else if ((what === 'deliver' || what === 'lose' || what === 'copy') && arriving !== undefined) {
        const { message, to } = arriving
        if (what === 'copy') {
          under.push(arriving)
          add('copied', { kind: 'copy', message })
          continue
        }
        under.splice(under.indexOf(arriving), 1)
        if (down.has(to)) add('lost', { kind: 'lost', message, why: 'crashed' })
        else if (what === 'lose') add('lost', { kind: 'lost', message, why: 'chance' })
        else add(`gets\n${message}`, { lane: to, kind: 'receive', message, sends: answers ? sends(lane) : [] })
      } else if (!down.has(lane)) {
        if (what === 'crash') {
          down.add(lane)
          add('crashes', { lane, kind: 'crash', label: 'crash' })
        } else if (what === 'send') add('begins', { lane, label: 'begin', sends: sends(id(pick)) })
        else add('thinks', { lane, label: pick % 2 === 0 ? 'note; {x}: "y"' : '' })
      }
    }
    return { title, lanes, events }
  })

/** A sample of a lab, played to its end or through so many events. */
export function sampleTrace(labId: string, sample: string, most = 2_000): RunTrace {
  const lab = labs.find(({ id }) => id === labId)!
  const path = join(import.meta.dirname, '../../../../src-main/labs', labId, 'samples', `${sample}.interlock`)
  const document = JSON.parse(readFileSync(path, 'utf8')) as { title: string; model: unknown }
  const model = lab.model.schema.parse(document.model)
  const simulation = lab.simulations[lab.verdict(model).simulations[0]!.id]!
  const run = createRun(simulation, model, 1)
  run.generate(0, most, 1)
  return traceOfSteps(document.title, model.nodes, run.steps())
}

export const tracedSamples: readonly (readonly [string, string])[] = labs.flatMap((lab) =>
  lab.samples.flatMap((sample) => {
    const path = join(import.meta.dirname, '../../../../src-main/labs', lab.id, 'samples', `${sample}.interlock`)
    const { model } = JSON.parse(readFileSync(path, 'utf8')) as { model: unknown }
    const [first] = lab.verdict(lab.model.schema.parse(model)).simulations
    return first !== undefined && lab.simulations[first.id]?.trace !== undefined ? [[lab.id, sample] as const] : []
  }),
)

// The operation `deadlock.probes`: a graph of processes on sites in, who finds itself deadlocked and with how many
// messages out.
import { z } from 'zod'
import { InterlockError } from '../../../contract/errors.ts'
import type { Operation } from '../../../contract/lab.ts'
import { MAX_SCRIPT_EVENTS, MAX_RUN_RECORDS, MAX_SITES } from '../../../contract/limits.ts'
import { didYouMean } from '../../../contract/near-names.ts'
import { waitsBetweenSites } from '../distributed/probes.ts'
import { siteTexts } from '../model/site-texts.ts'
import { number } from '../model/words.ts'
import { type ProbeEvent, type ProbesState, firstProbeEvent, probes } from '../simulations/probes.ts'
import { modelOf } from './play.ts'
import { type RagInput, readRag } from './rag-input.ts'
import { atLine, statementsIn } from './script-input.ts'

export interface ProbesInput extends RagInput {
  /** the site of each process, by name, counted from 1; 1 for a process that is left out */
  site?: Record<string, number>
  /** who starts and what arrives, in this order; without it all that wait start and messages arrive as they were sent */
  script?: string | string[]
}

export interface ProbesOutput {
  /** who found itself deadlocked, in input order */
  declared: string[]
  /** "P1>P2": P1 waits for P2 */
  waits: string[]
  messages: number
  atMost: number
  /** probes that have not arrived */
  underway: number
  steps: { event: string; text: string }[]
}

const texts = {
  noTable: 'expected an object of names and sites, such as {"P1": 1, "P2": 2}.',
  noProcess: (name: string, names: readonly string[]): string =>
    `there is no process called ${name}.${didYouMean(name, names)}`,
  noSite: `expected a whole number from 1 to ${number(MAX_SITES)}.`,
  tooMany: `More than ${number(MAX_SCRIPT_EVENTS)} events are needed. Use a part of the graph, or a script of those that matter.`,
  tooLarge: (records: number): string =>
    `The graph has ${number(records)} nodes and edges; probes are sent in up to ${number(MAX_RUN_RECORDS)}. Use a part of it.`,
}

function readSites(value: unknown, names: readonly string[]): Map<string, number> {
  const refuse = (at: string, problem: string): never => {
    throw new InterlockError('bad-input', `${at}: ${problem}`, { at })
  }
  if (value === undefined) return new Map()
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse('site', texts.noTable)
  const known = new Set(names)
  return new Map(
    Object.entries(value).map(([name, site]: [string, unknown]) => {
      if (!known.has(name)) refuse(`site.${name}`, texts.noProcess(name, names))
      const fits = typeof site === 'number' && Number.isInteger(site) && site >= 1 && site <= MAX_SITES
      return [name, fits ? site : refuse(`site.${name}`, texts.noSite)]
    }),
  )
}

/** @throws InterlockError `bad-input` with the field or the line of the script; `too-large` for a huge graph */
function run(input: ProbesInput): ProbesOutput {
  const { site, script, ...graph } = typeof input === 'object' && input !== null ? input : ({} as ProbesInput)
  const rag = readRag(graph)
  const sites = readSites(site, rag.processNames)
  const model = modelOf(rag)
  const records = model.nodes.length + model.edges.length
  if (records > MAX_RUN_RECORDS) throw new InterlockError('too-large', texts.tooLarge(records), { records })
  const nodes = model.nodes.map((node) =>
    node.kind === 'process' ? { ...node, site: sites.get(node.name) ?? 1 } : node,
  )
  let state = probes.init({ ...model, nodes }, 0)
  const steps: ProbesOutput['steps'] = []
  const play = (event: ProbeEvent): void => {
    if (steps.length >= MAX_SCRIPT_EVENTS)
      throw new InterlockError('too-large', texts.tooMany, { most: MAX_SCRIPT_EVENTS })
    const next = probes.apply(state, event)
    steps.push({ event: probes.write!(event, state), text: probes.describe(event, state).text })
    state = next
  }
  if (script === undefined) {
    for (let event = firstProbeEvent(state); event !== undefined; event = firstProbeEvent(state)) play(event)
  } else {
    for (const statement of statementsIn(script, 'script', 'P1 starts a probe')) {
      atLine('script', statement, () => play(probes.read!(statement.text, state)))
    }
  }
  return outputOf(state, steps)
}

function outputOf({ drawing, probes: state }: ProbesState, steps: ProbesOutput['steps']): ProbesOutput {
  const name = drawing.processName
  return {
    declared: drawing.processes.flatMap((node, process) => (state.declared.has(process) ? [node.name] : [])),
    waits: state.waits.flatMap((holders, process) => holders.map((holder) => `${name(process)}>${name(holder)}`)),
    messages: state.messages,
    atMost: state.started.length * waitsBetweenSites(state),
    underway: state.underway.length,
    steps,
  }
}

const example: ProbesInput = {
  processes: ['P1', 'P2', 'P3'],
  resources: { R1: 1, R2: 1 },
  assignment: ['R1>P1', 'R2>P2'],
  request: ['P1>R2', 'P2>R1', 'P3>R1'],
  site: { P1: 1, P2: 2, P3: 2 },
}

export const probesOperation: Operation<ProbesInput, ProbesOutput> = {
  summary: siteTexts.probes.summary,
  // Anything is let through to `run`, whose refusals name the place in the input and the remedy.
  input: z.custom<ProbesInput>(() => true),
  help: [
    'Input, a JSON object; every type has one instance:',
    '  processes, resources, assignment, request',
    '                     the graph, as for deadlock.rag; it stays as it is while probes are on their way',
    '  site               the site of each process by name, from 1; 1 for those left out',
    '  script             in which order probes start and arrive, as one text or a list of lines:',
    '                       P1 starts a probe',
    '                       P2 receives the probe of P1 from P3',
    '                     without it everybody who waits starts, and probes arrive in the order in which they were sent',
    'Output, all fields always present:',
    '  declared           who found itself deadlocked: its probe came back to it; in input order',
    '  waits              who waits for whom, as "P1>P2"',
    '  messages           probes sent between sites',
    '  atMost             how many there can be: one for each process that started and each wait between two sites',
    '  underway           probes that have not arrived',
    '  steps              each event as a line and as a sentence',
  ],
  get example() {
    return { input: example, output: run(example) }
  },
  run,
}

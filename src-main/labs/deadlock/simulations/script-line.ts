// One line of a script of requests, grants and releases: `P1 requests R2 x2`, `R2 grants P1`, `P1 releases R2`,
// `P1 withdraws R2`. Says what a line means, not whether it is possible. Knows no run.
import { MAX_INSTANCES } from '../../../contract/limits.ts'
import { findEntry } from '../engine/graph.ts'
import type { DeadlockModel } from '../model/schema.ts'
import type { Drawing } from '../naming.ts'
import type { ResourceEvent } from './event-rules.ts'
import { type Word, nodeCalled, refuse, wordsOf, writtenName } from './script-names.ts'
import { scriptTexts as texts } from './script-texts.ts'

const verbs: Readonly<Record<ResourceEvent['type'], string>> = {
  request: 'requests',
  grant: 'grants',
  release: 'releases',
  withdraw: 'withdraws',
}
const COUNT = /^[x×](\d{1,7})$/i

interface Place {
  readonly model: DeadlockModel
  readonly drawing: Drawing
}

/**
 * The event that a line tells. Without a number of units a request or release is for one, and a grant or withdrawal for
 * all that is asked for. A grant without a process is for the only one whose request fits.
 * @param line a statement without comment
 * @throws InterlockError `bad-input` with what was expected and where
 */
export function readEventLine(line: string, { model, drawing }: Place): ResourceEvent {
  const words = wordsOf(line)
  const [subject, ...rest] = words
  const verb = rest[0]
  if (subject === undefined || verb === undefined) return refuse(texts.tooShort, { from: 0, to: line.length })
  const { type, length } = verbIn(rest)
  const [object, count, ...more] = rest.slice(length)
  const extra = more[0]
  if (extra !== undefined) refuse(texts.more(extra.text), { from: extra.from, to: line.length })

  if (type === 'grant') {
    const resource = nodeCalled(model.nodes, 'resource', subject)
    const process =
      object === undefined
        ? onlyOneThatFits(drawing, model, resource, subject)
        : nodeCalled(model.nodes, 'process', object)
    return { type, process, resource, count: countIn(count) ?? Math.max(1, asked(drawing, process, resource)) }
  }
  const process = nodeCalled(model.nodes, 'process', subject)
  if (object === undefined) return refuse(texts.noObject(verbs[type]), { from: verb.from, to: line.length })
  const resource = nodeCalled(model.nodes, 'resource', object)
  const usual = type === 'withdraw' ? Math.max(1, asked(drawing, process, resource)) : 1
  return { type, process, resource, count: countIn(count) ?? usual }
}

/** The line that `readEventLine` reads as this event in the same state. */
export function writeEventLine({ type, process, resource, count }: ResourceEvent, { model, drawing }: Place): string {
  const [first, second] = type === 'grant' ? [resource, process] : [process, resource]
  const partly = type === 'withdraw' && asked(drawing, process, resource) > count
  const units = count > 1 || partly ? ` x${count}` : ''
  return `${writtenName(model.nodes, first)} ${verbs[type]} ${writtenName(model.nodes, second)}${units}`
}

/** What happens, and how many words say it. */
function verbIn([word, next]: readonly Word[]): { type: ResourceEvent['type']; length: number } {
  if (word === undefined) throw new Error('a verb was looked for where no word is')
  const text = word.text.toLowerCase()
  if (!word.quoted && text === 'asks' && next?.text.toLowerCase() === 'for') return { type: 'request', length: 2 }
  for (const type of ['request', 'grant', 'release', 'withdraw'] as const) {
    if (!word.quoted && (text === verbs[type] || text === type)) return { type, length: 1 }
  }
  return refuse(texts.verb(word.text, Object.values(verbs)), word)
}

function countIn(word: Word | undefined): number | null {
  if (word === undefined) return null
  const digits = word.quoted || word.id !== null ? undefined : COUNT.exec(word.text)?.[1]
  const count = Number(digits ?? 0)
  return count >= 1 && count <= MAX_INSTANCES ? count : refuse(texts.count(word.text), word)
}

function asked({ graph, processOf, resourceOf }: Drawing, process: string, resource: string): number {
  const [p, r] = [processOf.get(process), resourceOf.get(resource)]
  const entry = p === undefined || r === undefined ? -1 : findEntry(graph.requests, p, r)
  return entry === -1 ? 0 : graph.requests.count[entry]!
}

function onlyOneThatFits(drawing: Drawing, model: DeadlockModel, resource: string, word: Word): string {
  const { requesters, available } = drawing.graph
  const r = drawing.resourceOf.get(resource)!
  const waiting: string[] = []
  const fitting: string[] = []
  for (let entry = requesters.start[r]!; entry < requesters.start[r + 1]!; entry += 1) {
    const { id } = drawing.processes[requesters.to[entry]!]!
    waiting.push(id)
    if (requesters.count[entry]! <= available[r]!) fitting.push(id)
  }
  if (waiting.length === 0) refuse(texts.nobodyAsks(word.text), word)
  const [only, ...others] = waiting.length === 1 ? waiting : fitting
  if (only === undefined) return refuse(texts.noneFits(word.text), word)
  if (others.length === 0) return only
  return refuse(
    texts.whom(
      word.text,
      fitting.map((id) => writtenName(model.nodes, id)),
    ),
    word,
  )
}

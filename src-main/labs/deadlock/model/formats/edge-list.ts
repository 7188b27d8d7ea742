// Reads an edge list, the input of `deadlock.rag`: names and edges as text to numbers. Every refusal names the place.
// Names may be anything, `__proto__` and "1" included, so they live in maps and never become keys of plain objects.
import { InterlockError } from '../../../../contract/errors.ts'
import { MAX_INSTANCES } from '../../../../contract/limits.ts'
import { number } from '../words.ts'

export interface EdgeListInput {
  /** names, in the order in which they are numbered */
  processes: string[]
  /** instances by name of the type */
  resources: Record<string, number>
  /** "R1>P2": one unit of R1 is held by P2; a repeated entry is a further unit, "R1>P2 x3" are three */
  assignment?: string[]
  /** "P1>R1": P1 asks for one unit of R1; counts as above */
  request?: string[]
  /** "P1~R1": P1 may come to hold one unit of R1 at most; counts as above */
  claim?: string[]
}

/** Names in their order, and edges by the numbers of their ends. */
export interface EdgeList {
  processNames: string[]
  resourceNames: string[]
  /** instances by number of the type */
  total: number[]
  request: Columns
  assignment: Columns
  /** declared maxima */
  claim: Columns
}

const fields = ['processes', 'resources', 'assignment', 'request', 'claim']
const INTEGER = /^\d+$/

function refuse(at: string, problem: string): never {
  throw new InterlockError('bad-input', `${at}: ${problem}`, { at })
}

/** @throws InterlockError `bad-input` with the place, what is wrong there and what to write instead */
export function readEdgeList(input: unknown): EdgeList {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    refuse('input', `expected an object with ${fields.join(', ')}.`)
  }
  for (const key of Object.keys(input)) {
    if (!fields.includes(key)) refuse(key, `there is no such field. Use ${fields.join(', ')}.`)
  }
  const given = new Map<string, unknown>(Object.entries(input))
  const processes = readProcesses(given.get('processes'))
  const { names: resources, total } = readResources(given.get('resources'), processes)
  const read = (field: Field): Columns => readEdges(field, given.get(field) ?? [], processes, resources)
  return {
    processNames: [...processes.keys()],
    resourceNames: [...resources.keys()],
    total,
    request: read('request'),
    assignment: read('assignment'),
    claim: read('claim'),
  }
}

function readProcesses(value: unknown): Map<string, number> {
  if (!Array.isArray(value)) refuse('processes', 'expected a list of names, such as ["P1", "P2"].')
  const names = new Map<string, number>()
  value.forEach((name: unknown, index) => {
    const at = `processes[${index}]`
    if (typeof name !== 'string' || name === '') refuse(at, 'expected a name, such as "P1".')
    if (names.has(name)) refuse(at, `the name "${name}" is used already. Give each process a name of its own.`)
    names.set(name, names.size)
  })
  return names
}

function readResources(
  value: unknown,
  processes: ReadonlyMap<string, number>,
): { names: Map<string, number>; total: number[] } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse('resources', 'expected an object of names and instances, such as {"R1": 1, "R2": 3}.')
  }
  const names = new Map<string, number>()
  const total: number[] = []
  for (const [name, instances] of Object.entries(value as Record<string, unknown>)) {
    const at = `resources.${name}`
    if (name === '') refuse('resources', 'a resource type needs a name that is not empty.')
    if (processes.has(name)) {
      refuse(at, `"${name}" is a process already. Rename one of them, so that an edge says which is meant.`)
    }
    if (typeof instances !== 'number' || !isCount(instances)) {
      refuse(at, `expected a whole number of instances from 1 to ${number(MAX_INSTANCES)}.`)
    }
    names.set(name, names.size)
    total.push(instances)
  }
  return { names, total }
}

export interface Columns {
  process: number[]
  resource: number[]
  count: number[]
}

type Field = 'assignment' | 'request' | 'claim'

const shape = {
  assignment: { from: 'resource type', to: 'process', example: 'R1>P1', other: 'request' },
  request: { from: 'process', to: 'resource type', example: 'P1>R1', other: 'assignment' },
  claim: { from: 'process', to: 'resource type', example: 'P1~R1', other: 'assignment' },
} as const

function readEdges(
  field: Field,
  value: unknown,
  processes: ReadonlyMap<string, number>,
  resources: ReadonlyMap<string, number>,
): Columns {
  const { from, to, example } = shape[field]
  if (!Array.isArray(value)) refuse(field, `expected a list of edges, such as ["${example}"].`)
  const columns: Columns = { process: [], resource: [], count: [] }
  const [starts, ends] = field === 'assignment' ? [resources, processes] : [processes, resources]
  const sign = field === 'claim' ? '~' : '>'

  value.forEach((text: unknown, index) => {
    const at = `${field}[${index}]`
    if (typeof text !== 'string' || !text.includes(sign)) {
      refuse(at, `expected ${from}, "${sign}" and ${to} as text, such as "${example}" or "${example} x2".`)
    }
    const edge = readEdge(text, starts, ends, sign) ?? explain(at, text, field, processes, resources)
    if (!isCount(edge.count)) {
      refuse(at, `expected a whole number of units from 1 to ${number(MAX_INSTANCES)} after "x" in "${text}".`)
    }
    columns.process.push(field === 'assignment' ? edge.end : edge.start)
    columns.resource.push(field === 'assignment' ? edge.start : edge.end)
    columns.count.push(edge.count)
  })
  return columns
}

/** Names may hold ">" or end like a count, so each way to cut the text is tried, the plain name first. */
function readEdge(
  text: string,
  starts: ReadonlyMap<string, number>,
  ends: ReadonlyMap<string, number>,
  sign: '>' | '~',
): { start: number; end: number; count: number } | null {
  const [bare, count] = splitCount(text, sign)
  for (const [candidate, units] of [
    [text, 1],
    [bare, count],
  ] as const) {
    for (let cut = candidate.indexOf(sign); cut !== -1; cut = candidate.indexOf(sign, cut + 1)) {
      const left = candidate.slice(0, cut)
      const right = candidate.slice(cut + 1)
      const start = starts.get(left) ?? starts.get(left.trim())
      const end = ends.get(right) ?? ends.get(right.trim())
      if (start !== undefined && end !== undefined) return { start, end, count: units }
    }
  }
  return null
}

function splitCount(text: string, sign: '>' | '~'): [string, number] {
  const match = (sign === '>' ? /^(.*>.*\S)\s+[x×*]\s*(\S+)$/su : /^(.*~.*\S)\s+[x×*]\s*(\S+)$/su).exec(text)
  if (match === null) return [text, 1]
  const digits = match[2] ?? ''
  return [match[1] ?? text, INTEGER.test(digits) ? Number(digits) : Number.NaN]
}

function explain(
  at: string,
  text: string,
  field: Field,
  processes: ReadonlyMap<string, number>,
  resources: ReadonlyMap<string, number>,
): never {
  const { from, to, other } = shape[field]
  const sign = field === 'claim' ? '~' : '>'
  const [bare] = splitCount(text, sign)
  const turned =
    field === 'assignment' ? readEdge(text, processes, resources, sign) : readEdge(text, resources, processes, sign)
  if (turned !== null) {
    refuse(at, `${article(field)} goes from ${from} to ${to}. Turn "${text}" round, or list it under ${other}.`)
  }
  const cut = bare.indexOf(sign)
  for (const name of [bare.slice(0, cut).trim(), bare.slice(cut + 1).trim()]) {
    if (!processes.has(name) && !resources.has(name)) {
      refuse(at, `"${name}" in "${text}" is neither a process nor a resource type. List it, or correct the name.`)
    }
  }
  return refuse(at, `${article(field)} goes from ${from} to ${to}, and "${text}" joins two of one kind. Remove it.`)
}

const article = (field: Field): string => (field === 'assignment' ? 'an assignment' : `a ${field}`)

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= MAX_INSTANCES
}

// The operation `deadlock.claim`: the claim-edge test, for one instance of each type.
import { z } from 'zod'
import type { Operation } from '../../../contract/lab.ts'
import { bad, readFields } from '../../../contract/operation-input.ts'
import { matrixTexts } from './matrix-texts.ts'

const texts = matrixTexts.claims

export interface ClaimInput {
  assignment?: unknown
  request?: unknown
  claim?: unknown
  ask?: unknown
}

export interface ClaimOutput {
  answer: 'grant' | 'wait' | 'refuse: unsafe' | 'error: more than declared'
  /** who holds the type, when it waits */
  holder?: string
  /** names along a cycle that there is after granting, when it is refused */
  cycle?: string[]
}

interface Edge {
  from: string
  to: string
}

/**
 * A request is granted if turning it into an assignment leaves a graph without a cycle, claims counted as edges.
 * Source: A. Silberschatz, P. B. Galvin and G. Gagne, Operating System Concepts, resource-allocation-graph algorithm.
 */
function runClaim(input: ClaimInput): ClaimOutput {
  const fields = readFields(input)
  const assignments = readEdges(fields['assignment'], 'assignment', '>')
  const requests = readEdges(fields['request'], 'request', '>')
  const claims = readEdges(fields['claim'], 'claim', '~')
  const ask = readEdge(fields['ask'], 'ask', '>')
  const holders = checkNames(assignments, [...requests, ...claims, ask])
  const same = (edge: Edge): boolean => edge.from === ask.from && edge.to === ask.to
  const holder = holders.get(ask.to)
  if (!claims.some(same) && !requests.some(same)) return { answer: 'error: more than declared' }
  if (holder === ask.from) return { answer: 'error: more than declared' }
  if (holder !== undefined) return { answer: 'wait', holder }
  const waits = [...requests, ...claims].filter((edge) => !same(edge))
  const cycle = findCycle([...waits, ...assignments, { from: ask.to, to: ask.from }])
  return cycle === null ? { answer: 'grant' } : { answer: 'refuse: unsafe', cycle }
}

function readEdges(value: unknown, at: string, sign: '>' | '~'): Edge[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw bad(at, texts.noList(JSON.stringify(value)))
  return value.map((edge, index) => readEdge(edge, `${at}[${index}]`, sign))
}

function readEdge(value: unknown, at: string, sign: '>' | '~'): Edge {
  const parts = typeof value === 'string' ? value.split(sign).map((name) => name.trim()) : []
  const [from, to] = parts
  if (parts.length === 2 && from !== undefined && to !== undefined && from !== '' && to !== '') return { from, to }
  const form = at.startsWith('assignment') ? '"R1>P1"' : sign === '~' ? '"P1~R1"' : '"P1>R1"'
  throw bad(at, texts.form(value === undefined ? 'nothing' : JSON.stringify(value), form))
}

/** Who holds what; refuses a name used for both kinds of node, and a type that two processes hold. */
function checkNames(assignments: readonly Edge[], others: readonly Edge[]): Map<string, string> {
  const processes = new Set([...assignments.map(({ to }) => to), ...others.map(({ from }) => from)])
  const types = [...assignments.map(({ from }) => from), ...others.map(({ to }) => to)]
  const both = types.find((name) => processes.has(name))
  if (both !== undefined) throw bad('input', texts.both(both))
  const holders = new Map<string, string>()
  assignments.forEach(({ from, to }, index) => {
    const holder = holders.get(from)
    if (holder !== undefined && holder !== to) throw bad(`assignment[${index}]`, texts.taken(from, holder, to))
    holders.set(from, to)
  })
  return holders
}

/** The names along a cycle, or null. Depth first, without recursion. */
function findCycle(edges: readonly Edge[]): string[] | null {
  const after = new Map<string, string[]>()
  for (const { from, to } of edges) after.set(from, [...(after.get(from) ?? []), to])
  const done = new Set<string>()
  for (const start of after.keys()) {
    const path: { name: string; next: number }[] = done.has(start) ? [] : [{ name: start, next: 0 }]
    const on = new Set(path.map(({ name }) => name))
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = after.get(top.name)?.[top.next]
      top.next += 1
      if (next === undefined) {
        on.delete(top.name)
        done.add(top.name)
        path.pop()
      } else if (on.has(next)) {
        return path.slice(path.findIndex(({ name }) => name === next)).map(({ name }) => name)
      } else if (!done.has(next)) {
        on.add(next)
        path.push({ name: next, next: 0 })
      }
    }
  }
  return null
}

const example: ClaimInput = { assignment: ['R1>P1'], request: ['P2>R1'], claim: ['P1~R2', 'P2~R2'], ask: 'P2>R2' }

export const claim: Operation<ClaimInput, ClaimOutput> = {
  summary: matrixTexts.claim,
  // Anything is let through to `run`, whose refusals name the place in the input and the remedy.
  input: z.custom<ClaimInput>(() => true),
  help: [
    'Input, a JSON object; every type has one instance:',
    '  assignment         edges "R1>P1": R1 is assigned to P1',
    '  request            edges "P1>R1": P1 asks for R1',
    '  claim              edges "P1~R1": P1 may ask for R1',
    '  ask                the request to answer, "P1>R1"',
    'Output:',
    '  answer             grant; wait, when somebody holds the type; "refuse: unsafe", when there is a cycle after granting',
    '                     it, claims counted; "error: more than declared", without a claim or request for it',
    '  holder             when it waits: for whom',
    '  cycle              when it is refused: the names along a cycle that there is then',
  ],
  get example() {
    return { input: example, output: runClaim(example) }
  },
  run: runClaim,
}

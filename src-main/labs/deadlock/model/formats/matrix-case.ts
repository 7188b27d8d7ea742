// The input of an operation on matrices, or of the claim-edge test, as a drawing: what exercises keep as JSON. Knows no
// operation; it takes what a drawing needs and leaves the rest.
import { InterlockError } from '../../../../contract/errors.ts'
import { MAX_INSTANCES } from '../../../../contract/limits.ts'
import { Builder } from './builder.ts'
import { texts } from './texts.ts'

type Plain = Readonly<Record<string, unknown>>

/** Whether a value is such an input: matrices with Allocation, or edges without lists of nodes. */
export const isMatrixCase = (value: Plain): boolean => Array.isArray(value['allocation'])
export const isClaimCase = (value: Plain): boolean =>
  !('processes' in value) && !('resources' in value) && ('claim' in value || 'ask' in value)

function refuse(at: string, problem: string): never {
  throw new InterlockError('bad-input', `${at}: ${problem}`, { at })
}

function units(value: unknown, at: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_INSTANCES) return value
  return refuse(at, texts.tables.notUnits(JSON.stringify(value) ?? 'nothing'))
}

function row(value: unknown, at: string, width: number | null): number[] {
  if (!Array.isArray(value)) return refuse(at, texts.cases.noRow)
  if (width !== null && value.length !== width) return refuse(at, texts.cases.width(value.length, width))
  return value.map((one, column) => units(one, `${at}[${column}]`))
}

function matrix(value: unknown, at: string, height: number | null, width: number): number[][] {
  if (!Array.isArray(value)) return refuse(at, texts.cases.noRow)
  if (height !== null && value.length !== height) return refuse(at, texts.cases.height(value.length, height))
  return value.map((one, index) => row(one, `${at}[${index}]`, width))
}

function namesIn(value: unknown, at: string, count: number, usual: (index: number) => string): string[] {
  if (value === undefined) return Array.from({ length: count }, (_, index) => usual(index))
  if (!Array.isArray(value) || value.length !== count) return refuse(at, texts.cases.names(count))
  return value.map((name: unknown, index) =>
    typeof name === 'string' && name.trim() !== '' ? name : refuse(`${at}[${index}]`, texts.cases.noName),
  )
}

/**
 * Available, Allocation, and Max, Request or both. A single row under `request` is what the process `by` asks for.
 * @throws InterlockError `bad-input` with the place in the input
 */
export function readMatrixCase(input: Plain): Builder {
  const available = row(input['available'], 'available', null)
  const width = available.length
  const held = matrix(input['allocation'], 'allocation', null, width)
  const max = input['max'] === undefined ? null : matrix(input['max'], 'max', held.length, width)
  const first = input['firstProcess'] === undefined ? 0 : units(input['firstProcess'], 'firstProcess')
  const names = namesIn(input['names'], 'names', held.length, (index) => `P${first + index}`)
  const asked = requests(input, names, width)

  const builder = new Builder()
  const processes = names.map((name) => builder.process(name))
  const typeNames = namesIn(input['types'], 'types', width, (index) => `R${index + 1}`)
  const types = typeNames.map((name, type) => {
    const total = held.reduce((sum, one) => sum + (one[type] ?? 0), available[type] ?? 0)
    if (total < 1 || total > MAX_INSTANCES) refuse(`available[${type}]`, texts.tables.noInstances(name))
    return builder.type(name, total)
  })
  processes.forEach((process, p) => {
    types.forEach((type, t) => {
      builder.units('assignment', process, type, held[p]?.[t] ?? 0)
      builder.units('request', process, type, asked[p]?.[t] ?? 0)
      builder.units('claim', process, type, max?.[p]?.[t] ?? 0)
    })
  })
  return builder
}

function requests(input: Plain, names: readonly string[], width: number): number[][] {
  const { request, by } = input
  if (request === undefined) return []
  if (by === undefined) return matrix(request, 'request', names.length, width)
  const process = names.findIndex((name) => name === by)
  if (process === -1) return refuse('by', texts.cases.nobody(JSON.stringify(by) ?? 'nothing'))
  const asked: number[][] = names.map(() => [])
  asked[process] = row(request, 'request', width)
  return asked
}

/**
 * Edges as the claim-edge test has them; each type has one instance, and what is asked for is a request.
 * @throws InterlockError `bad-input` with the place in the input
 */
export function readClaimCase(input: Plain): Builder {
  const builder = new Builder()
  const known = { process: new Map<string, string>(), type: new Map<string, string>() }
  const node = (kind: 'process' | 'type', name: string, at: string): string => {
    if (known[kind === 'process' ? 'type' : 'process'].has(name)) return refuse(at, texts.cases.both(name))
    const id = known[kind].get(name) ?? (kind === 'process' ? builder.process(name) : builder.type(name, 1))
    known[kind].set(name, id)
    return id
  }
  const edges: [at: string, kind: 'assignment' | 'request' | 'claim', ends: [string, string]][] = []
  const read = (value: unknown, at: string, kind: 'assignment' | 'request' | 'claim'): void => {
    const sign = kind === 'claim' ? '~' : '>'
    const ends = typeof value === 'string' ? value.split(sign).map((name) => name.trim()) : []
    const [from = '', to = ''] = ends
    if (ends.length !== 2 || from === '' || to === '') refuse(at, texts.cases.edge(sign))
    edges.push([at, kind, [from, to]])
  }
  for (const kind of ['assignment', 'request', 'claim'] as const) {
    const list = input[kind] ?? []
    if (!Array.isArray(list)) refuse(kind, texts.cases.edge(kind === 'claim' ? '~' : '>'))
    list.forEach((value: unknown, index) => read(value, `${kind}[${index}]`, kind))
  }
  if (input['ask'] !== undefined) read(input['ask'], 'ask', 'request')
  const asked = edges.at(-1)
  // Asking for what stands as a request already asks for no more.
  if (
    asked?.[0] === 'ask' &&
    edges.some(([at, kind, ends]) => kind === 'request' && at !== 'ask' && same(ends, asked[2]))
  ) {
    edges.pop()
  }
  for (const [at, kind, ends] of edges) {
    const [process, type] = kind === 'assignment' ? [ends[1], ends[0]] : ends
    builder.units(kind, node('process', process, at), node('type', type, at), 1)
  }
  return builder
}

const same = (a: readonly string[], b: readonly string[]): boolean => a.every((name, index) => name === b[index])

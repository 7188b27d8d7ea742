// The drawing as an edge list in JSON, the input of `deadlock.rag`. Matrices and claims as other operations take them are
// read too, and a whole case with such an `input`.
import type { TextFormat } from '../../../../contract/lab.ts'
import { InterlockError } from '../../../../contract/errors.ts'
import { parseJson } from '../../../../contract/json.ts'
import { MAX_JSON_DEPTH } from '../../../../contract/limits.ts'
import { placeAt, refuseAt } from '../../../../formats/refusal.ts'
import type { DeadlockModel } from '../schema.ts'
import { Builder, listed } from './builder.ts'
import { readEdgeList } from './edge-list.ts'
import { isClaimCase, isMatrixCase, readClaimCase, readMatrixCase } from './matrix-case.ts'
import { texts } from './texts.ts'

type Plain = Record<string, unknown>
const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)
const isEdgeList = (value: unknown): value is Plain => isPlain(value) && ('processes' in value || 'resources' in value)

export const json: TextFormat<DeadlockModel> = {
  id: 'json',
  label: texts.labels.json,
  extensions: ['json'],
  media: 'application/json',
  comments: false,
  recognises: (text) => /^\s*[{[]/.test(text) && /"(?:processes|resources|allocation|assignment|claim)"\s*:/.test(text),
  read(text) {
    const { input, title } = inputOf(text)
    const builder = placed(text, () => builderOf(input))
    return { model: builder.model, ...(title === '' ? {} : { title }), remarks: builder.remarks }
  },
  write({ model }) {
    const { processes, types, pairs } = listed(model)
    refuseTwins([...processes, ...types].map((node) => node.name))
    const quote = JSON.stringify
    const edges = (kind: 'assignment' | 'request' | 'claim'): string =>
      pairs
        .flatMap(({ process, type, held, asked, claimed }) => {
          const count = { assignment: held, request: asked, claim: claimed }[kind]
          const [p, t] = [processes[process]?.name ?? '', types[type]?.name ?? '']
          const arrow = kind === 'assignment' ? `${t}>${p}` : `${p}${kind === 'claim' ? '~' : '>'}${t}`
          return count === 0 ? [] : [quote(count === 1 ? arrow : `${arrow} x${count}`)]
        })
        .join(', ')
    const rows = [
      `  "processes": [${processes.map(({ name }) => quote(name)).join(', ')}]`,
      // Written by hand: as keys of an object, names such as "2" would change the order and `__proto__` would vanish.
      `  "resources": {${types.map(({ name, instances }) => `${quote(name)}: ${instances}`).join(', ')}}`,
      `  "assignment": [${edges('assignment')}]`,
      `  "request": [${edges('request')}]`,
      ...(pairs.some(({ claimed }) => claimed > 0) ? [`  "claim": [${edges('claim')}]`] : []),
    ]
    const text = `{\n${rows.join(',\n')}\n}\n`
    refuseUnclear(text, model)
    return text
  },
}

function builderOf(input: unknown): Builder {
  if (isPlain(input) && isMatrixCase(input)) return readMatrixCase(input)
  if (isPlain(input) && isClaimCase(input)) return readClaimCase(input)
  const list = readEdgeList(input)
  const builder = new Builder()
  const processes = list.processNames.map((name) => builder.process(name))
  const types = list.resourceNames.map((name, index) => builder.type(name, list.total[index] ?? 1))
  for (const kind of ['assignment', 'request', 'claim'] as const) {
    const { process, resource, count } = list[kind]
    process.forEach((p, edge) => {
      builder.units(kind, processes[p] ?? '', types[resource[edge] ?? 0] ?? '', count[edge] ?? 1)
    })
  }
  return builder
}

function inputOf(text: string): { input: unknown; title: string } {
  const result = parseJson(text, MAX_JSON_DEPTH)
  if ('fault' in result) {
    const { line, column, expected, found } = result.fault
    return refuseAt({ line, column }, texts.json.fault(expected, found))
  }
  const cases = isPlain(result.value) && Array.isArray(result.value['cases']) ? result.value['cases'] : null
  if (cases !== null && cases.length !== 1) {
    refuseAt(placeAt(text, text.indexOf('"cases"')), texts.json.many(cases.length))
  }
  const value: unknown = cases === null ? result.value : cases[0]
  if (!isPlain(value) || isEdgeList(value) || !('input' in value)) return { input: value, title: '' }
  const title = value['title'] ?? value['id']
  return { input: value['input'], title: typeof title === 'string' ? title : '' }
}

/** Adds line and column to a refusal that names a place in the value, by finding the entry in the text. */
function placed(text: string, read: () => Builder): Builder {
  try {
    return read()
  } catch (error) {
    const at = error instanceof InterlockError ? error.details?.['at'] : undefined
    if (!(error instanceof InterlockError) || typeof at !== 'string') throw error
    const field = /^[a-z]+/i.exec(at)?.[0] ?? ''
    const begin = Math.max(0, text.indexOf(`"${field}"`))
    const named = /"[^"]*" in "(.*)"|"(.*)"/s.exec(error.message)
    const entry = named === null ? -1 : text.indexOf(JSON.stringify(named[1] ?? named[2] ?? ''), begin)
    return refuseAt(placeAt(text, entry < 0 ? begin : entry), error.message)
  }
}

function refuseTwins(names: readonly string[]): void {
  const seen = new Set<string>()
  for (const name of names) {
    if (seen.has(name)) throw new InterlockError('bad-input', texts.json.twice(name))
    seen.add(name)
  }
}

/** Names such as "P1 x2" or "a>b" can make an edge read as another one; then nothing is written. */
function refuseUnclear(text: string, model: DeadlockModel): void {
  const odd = model.nodes.filter(({ name }) => /[>~]|\s[x×*]|^\s|\s$/.test(name))
  if (odd.length === 0) return
  const says = (of: DeadlockModel): string => {
    const names = new Map(of.nodes.map(({ id, name }) => [id, name]))
    return JSON.stringify(
      of.edges.map(({ kind, from, to, count }) => [kind, names.get(from), names.get(to), count].join('\0')).sort(),
    )
  }
  const again = json.read?.(text).model
  if (again === undefined || says(again) !== says(model)) {
    throw new InterlockError('bad-input', texts.json.unclear(odd[0]?.name ?? ''))
  }
}

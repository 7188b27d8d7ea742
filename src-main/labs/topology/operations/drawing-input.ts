// Reads a drawing of a topology from what a person or a script wrote: a document, a model, or an easier form in which
// things lie in each other as lists, have names instead of ids, and are called as people call them.
import { didYouMean } from '../../../contract/near-names.ts'
import { bad, said } from '../../../contract/operation-input.ts'
import { DOCUMENT_FORMAT } from '../../../contract/document.ts'
import { edgeKindNames, nodeKindNames } from '../model/kind-names.ts'
import { connect } from '../model/kinds.ts'
import { faults } from '../model/faults.ts'
import { properties } from '../model/properties.ts'
import { TopologyModel, type TopologyNode } from '../model/schema.ts'
import { kindsByWord, propertyWords } from './drawing-words.ts'

type Fields = Record<string, unknown>

/** @throws InterlockError `bad-input` with the place in the input, what was expected, and the remedy */
export function readDrawing(input: unknown): TopologyModel {
  const given = unwrapped(input)
  const nodes: Fields[] = []
  readNodes(listOf(given['nodes'] ?? given['things'], 'nodes'), null, 'nodes', nodes)
  const ids = new Set<string>()
  for (const node of nodes) ids.add(String(node['id']))
  const byName = new Map(nodes.map((node) => [String(node['name']), String(node['id'])]))
  const idOf = (value: unknown, at: string): string => {
    const text = String(value)
    if (ids.has(text)) return text
    const id = byName.get(text)
    if (id !== undefined) return id
    throw bad(
      at,
      `there is nothing called ${said(value)} in the drawing.${didYouMean(text, [...byName.keys(), ...ids])}`,
    )
  }
  for (const [index, node] of nodes.entries()) {
    const parent = node['parent']
    if (parent === undefined || parent === null || parent === '') delete node['parent']
    else node['parent'] = idOf(parent, `nodes[${index}].parent`)
  }
  const records = new Map(nodes.map((node) => [String(node['id']), node as TopologyNode]))
  const lines = listOf(given['edges'] ?? given['lines'] ?? given['connections'], 'edges')
  const edges = lines.map((line, index) => readEdge(line, index, idOf, records))
  const muted = given['muted']
  const parsed = TopologyModel.safeParse({ nodes, edges, ...(muted !== undefined && { muted }) })
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const path = issue?.path ?? []
    const place = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
    const which = path[0] === 'nodes' && typeof path[1] === 'number' ? ` (${String(nodes[path[1]]?.['name'])})` : ''
    throw bad(`${place.replace(/^\./, '')}${which}`, `${issue?.message ?? 'this does not fit'}.`)
  }
  const fault = faults(parsed.data).find(({ path }) => path.at(-1) !== 'parent' || path[0] !== 'nodes')
  if (fault !== undefined) throw bad(fault.path.join('.'), fault.message)
  return parsed.data
}

function unwrapped(input: unknown): Fields {
  const fields = asFields(input, 'input')
  for (const key of ['drawing', 'document', 'topology'] as const) {
    if (fields[key] !== undefined) return unwrapped(fields[key])
  }
  if (fields['format'] === DOCUMENT_FORMAT || (fields['nodes'] === undefined && fields['model'] !== undefined)) {
    return asFields(fields['model'], 'model')
  }
  return Array.isArray(input) ? { nodes: input } : fields
}

function asFields(value: unknown, at: string): Fields {
  if (Array.isArray(value)) return { nodes: value }
  if (typeof value === 'object' && value !== null) return value as Fields
  throw bad(at, `a drawing is an object with "nodes" and "edges", and this is ${said(value)}. See --help.`)
}

function listOf(value: unknown, at: string): unknown[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value
  // A list by id, as some write it.
  if (typeof value === 'object') {
    return Object.entries(value).map(([id, one]) => (typeof one === 'object' && one !== null ? { id, ...one } : one))
  }
  throw bad(at, `a list is wanted, and this is ${said(value)}.`)
}

function readNodes(list: readonly unknown[], parent: string | null, at: string, into: Fields[]): void {
  for (const [index, entry] of list.entries()) {
    const place = `${at}[${index}]`
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
      throw bad(place, `a thing is an object with a kind and a name, and this is ${said(entry)}.`)
    }
    const { children, contains, ...own } = entry as Fields
    const node = readNode(own, place, into)
    if (parent !== null && node['parent'] === undefined) node['parent'] = parent
    into.push(node)
    readNodes(listOf(children ?? contains, `${place}.children`), String(node['id']), `${place}.children`, into)
  }
}

const plain = (word: string): string => word.toLowerCase().replace(/[^a-z0-9]/g, '')

function readNode(own: Fields, at: string, before: readonly Fields[]): Fields {
  const { kind: said1, type, name: givenName, id: givenId, in: inside, on, ...rest } = own
  const word = said1 ?? type
  if (typeof word !== 'string') throw bad(`${at}.kind`, 'a thing has a kind, such as "vm" or "container".')
  const known = (nodeKindNames as readonly string[]).includes(word) ? { kind: word } : kindsByWord.get(plain(word))
  if (known === undefined) {
    throw bad(
      `${at}.kind`,
      `there is no kind ${said(word)}.${didYouMean(word, [...nodeKindNames, ...kindsByWord.keys()])}`,
    )
  }
  // `type` belongs to the thing itself where `kind` says what it is.
  const values: Fields = { ...rest, ...(said1 !== undefined && type !== undefined && { type }) }
  const id = givenId === undefined ? freeId(String(givenName ?? known.kind), before) : String(givenId)
  const node: Fields = { ...known, id, kind: known.kind, name: String(givenName ?? givenId ?? id) }
  const parent = values['parent'] ?? inside ?? on
  if (parent !== undefined) node['parent'] = parent
  delete values['parent']
  for (const [key, value] of Object.entries(values)) readProperty(node, key, value, `${at}.${key}`)
  return node
}

/** An id made of a name: names are free, ids hold letters, digits and a few signs. */
function freeId(name: string, before: readonly Fields[]): string {
  const id =
    name
      .trim()
      .replace(/[^A-Za-z0-9_.:~-]+/g, '-')
      .slice(0, 50) || 'x'
  const taken = new Set(before.map((node) => node['id']))
  let free = id
  for (let count = 2; taken.has(free); count += 1) free = `${id}~${count}`
  return free
}

function readProperty(node: Fields, key: string, value: unknown, at: string): void {
  const kind = String(node['kind'])
  const fields = properties[kind] ?? []
  if (kind === 'container' && plain(key) === 'namespaces' && Array.isArray(value)) {
    const own = value.map((one) =>
      String(one)
        .replace(/^mount$/, 'mnt')
        .replace(/^network$/, 'net'),
    )
    for (const type of ['pid', 'net', 'mnt', 'uts', 'ipc', 'user', 'cgroup']) node[type] = own.includes(type)
    return
  }
  const field =
    fields.find((one) => one.key === key) ??
    fields.find((one) => plain(one.key) === plain(key) || plain(one.label) === plain(key)) ??
    fields.find((one) => one.key === propertyWords[kind]?.[plain(key)] || one.key === propertyWords['*']?.[plain(key)])
  if (field === undefined) {
    throw bad(
      at,
      `a ${kind} has no property of this name.${didYouMean(
        key,
        fields.map((one) => one.key),
      )}`,
    )
  }
  node[field.key] = valueFor(field, value, at)
}

function valueFor(field: (typeof properties)[string][number], value: unknown, at: string): unknown {
  switch (field.type) {
    case 'integer': {
      if (value === null) return 0
      if (typeof value === 'number') return Math.round(value)
      const found = /^([\d.]+)\s*([a-z]*)$/i.exec(String(value).trim())
      if (found === null) throw bad(at, `a number is wanted, and this is ${said(value)}.`)
      return Math.round(Number(found[1]) * factorOf(found[2] ?? '', field.unit ?? '', at))
    }
    case 'flag':
      if (typeof value === 'boolean') return value
      if (['true', 'yes', 'on'].includes(String(value).toLowerCase())) return true
      if (['false', 'no', 'off', 'none'].includes(String(value).toLowerCase())) return false
      throw bad(at, `yes or no is wanted, and this is ${said(value)}.`)
    case 'choice': {
      const word = plain(String(value))
      const option = field.options.find(
        (one) => one.value === value || plain(one.value) === word || plain(one.label) === word,
      )
      if (option !== undefined) return option.value
      throw bad(at, `${said(value)} is none of ${field.options.map((one) => one.value || '""').join(', ')}.`)
    }
    case 'text':
      if (Array.isArray(value)) return value.map((one) => textOf(one)).join(', ')
      return value === null ? '' : typeof value === 'object' ? textOf(value) : String(value)
  }
}

/** Labels and taints as objects, in the words in which they are written. */
function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  const fields = value as Fields
  if (typeof fields['key'] === 'string') {
    const effect = fields['effect'] === undefined ? '' : `:${String(fields['effect'])}`
    return `${fields['key']}${fields['value'] === undefined ? '' : `=${String(fields['value'])}`}${effect}`
  }
  return Object.entries(fields)
    .map(([key, one]) => `${key}=${String(one)}`)
    .join(', ')
}

/** What a number with a unit of its own has to be multiplied with, for a field in this unit. */
function factorOf(unit: string, wanted: string, at: string): number {
  const word = unit.toLowerCase()
  if (word === '') return 1
  if (wanted.startsWith('MiB')) {
    const factor = { k: 1 / 1024, ki: 1 / 1024, kib: 1 / 1024, m: 1, mi: 1, mib: 1, mb: 1 }[word]
    const larger = {
      g: 1024,
      gi: 1024,
      gib: 1024,
      gb: 1024,
      t: 1024 ** 2,
      ti: 1024 ** 2,
      tib: 1024 ** 2,
      tb: 1024 ** 2,
    }[word]
    const found = factor ?? larger
    if (found !== undefined) return found
  }
  if (wanted.startsWith('m') && ['m', 'millicores'].includes(word)) return 1
  if (wanted.startsWith('m') && ['cores', 'core', 'cpu', 'cpus'].includes(word)) return 1000
  if (wanted === 'MHz' && word === 'ghz') return 1000
  if (wanted === 'MHz' && word === 'mhz') return 1
  if (wanted.startsWith('us') && word === 'us') return 1
  if (wanted.startsWith('us') && word === 'ms') return 1000
  throw bad(at, `the unit “${unit}” does not fit${wanted === '' ? '' : `; ${wanted} is wanted`}.`)
}

function readEdge(
  line: unknown,
  index: number,
  idOf: (value: unknown, at: string) => string,
  records: ReadonlyMap<string, TopologyNode>,
): Fields {
  const at = `edges[${index}]`
  const given: Fields = Array.isArray(line) ? { from: line[0], to: line[1], kind: line[2] } : { ...asFields(line, at) }
  const [from, to] = [
    idOf(given['from'] ?? given['source'], `${at}.from`),
    idOf(given['to'] ?? given['target'], `${at}.to`),
  ]
  const word = given['kind'] ?? given['type']
  const kind = edgeKindNames.find((one) => one === word)
  const [start, end] = [records.get(from), records.get(to)]
  const id = String(given['id'] ?? `e${index + 1}`)
  if (kind !== undefined) return { id, kind, from, to }
  if (start === undefined || end === undefined) throw bad(at, 'a line joins two things of the drawing.')
  const meant = connect(start, end)
  if (!('refused' in meant)) return { id, kind: meant.kind, from, to }
  const turned = connect(end, start)
  if (!('refused' in turned)) return { id, kind: turned.kind, from: to, to: from }
  throw bad(at, meant.refused)
}

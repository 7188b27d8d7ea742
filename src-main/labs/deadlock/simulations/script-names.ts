// Names in lines of a script: words as they are written, and which node each one means. A name of letters, digits and
// _ . ' stands as it is, any other in double quotes; two nodes of one name and kind are told apart as name@id.
import type { DeadlockModel, ProcessNode, ResourceNode } from '../model/schema.ts'
import { InterlockError } from '../../../contract/errors.ts'
import { scriptTexts as texts } from './script-texts.ts'

export interface Word {
  text: string
  /** the id behind @, when one is given */
  id: string | null
  quoted: boolean
  /** places in the line */
  from: number
  to: number
}

const BARE = /^[\p{L}\p{M}\p{N}_.']+$/u
const WORD = /"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9_.:~-]+))?|([\p{L}\p{M}\p{N}_.'×]+)(?:@([A-Za-z0-9_.:~-]+))?/uy

/** @throws InterlockError `bad-input` with the place */
export function wordsOf(line: string): Word[] {
  const words: Word[] = []
  for (let at = 0; at < line.length;) {
    if (/\s/.test(line[at] ?? '')) {
      at += 1
      continue
    }
    WORD.lastIndex = at
    const match = WORD.exec(line)
    if (match === null) {
      const open = line[at] === '"'
      refuse(open ? texts.openQuote : texts.sign(String.fromCodePoint(line.codePointAt(at) ?? 0)), {
        from: at,
        to: open ? line.length : at + 1,
      })
    }
    const [whole, quoted, quotedId, bare, bareId] = match
    words.push({
      text: quoted === undefined ? (bare ?? '') : quoted.replace(/\\(.)/gs, '$1'),
      id: quotedId ?? bareId ?? null,
      quoted: quoted !== undefined,
      from: at,
      to: at + whole.length,
    })
    at += whole.length
  }
  return words
}

/** @throws InterlockError always */
export function refuse(message: string, { from, to }: { from: number; to: number }): never {
  throw new InterlockError('bad-input', message, { from, to })
}

const written = (name: string): string => (BARE.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`)

export type Kind = 'process' | 'resource'
const called = { process: 'process', resource: 'resource type' } as const

interface Index {
  readonly byName: Readonly<Record<Kind, ReadonlyMap<string, readonly (ProcessNode | ResourceNode)[]>>>
  readonly byId: ReadonlyMap<string, ProcessNode | ResourceNode>
}

// The nodes stay the same in all states of a run, so they are sorted by name once.
const indices = new WeakMap<DeadlockModel['nodes'], Index>()

function indexOf(nodes: DeadlockModel['nodes']): Index {
  const known = indices.get(nodes)
  if (known !== undefined) return known
  const byName = { process: new Map<string, ProcessNode[]>(), resource: new Map<string, ResourceNode[]>() }
  const add = <N>(map: Map<string, N[]>, name: string, node: N): void => {
    const same = map.get(name)
    if (same === undefined) map.set(name, [node])
    else same.push(node)
  }
  for (const node of nodes) {
    if (node.kind === 'process') add(byName.process, node.name, node)
    else add(byName.resource, node.name, node)
  }
  const index = { byName, byId: new Map(nodes.map((node) => [node.id, node])) }
  indices.set(nodes, index)
  return index
}

/** How a node is written in a line; a node that is not there by its id. */
export function writtenName(nodes: DeadlockModel['nodes'], id: string): string {
  const { byName, byId } = indexOf(nodes)
  const node = byId.get(id)
  if (node === undefined) return written(id)
  const alone = byName[node.kind].get(node.name)?.length === 1
  return alone ? written(node.name) : `${written(node.name)}@${id}`
}

/**
 * The id of the node that a word means: by its exact name, else by a name that differs in capital letters only.
 * @throws InterlockError `bad-input` with names that are near
 */
export function nodeCalled(nodes: DeadlockModel['nodes'], kind: Kind, word: Word): string {
  const { byName } = indexOf(nodes)
  const other: Kind = kind === 'process' ? 'resource' : 'process'
  const found = byName[kind].get(word.text) ?? withoutCase(byName[kind], word.text)
  if (found === undefined) {
    if (byName[other].has(word.text)) refuse(texts.otherKind(called[kind], word.text), word)
    refuse(texts.unknown(called[kind], word.text, [...byName[kind].keys()]), word)
  }
  if (word.id !== null) {
    const node = found.find(({ id }) => id === word.id)
    return node === undefined ? refuse(texts.noId(word.text, word.id), word) : node.id
  }
  const [only, ...others] = found
  if (only !== undefined && others.length === 0) return only.id
  return refuse(
    texts.ambiguous(
      word.text,
      found.map(({ id }) => writtenName(nodes, id)),
    ),
    word,
  )
}

function withoutCase<N>(byName: ReadonlyMap<string, N>, name: string): N | undefined {
  const lower = name.toLowerCase()
  const same = [...byName].filter(([other]) => other.toLowerCase() === lower)
  return same.length === 1 ? same[0]?.[1] : undefined
}

// Finds records of a drawing by name. Knows no lab and no page.
import type { GraphModel } from '@contract/document.ts'

/**
 * Ids of the nodes whose name holds the text, whole names first; with two words also edges that join nodes so called,
 * in either direction. Case and accents do not count.
 */
export function findRecords({ nodes, edges }: GraphModel, query: string): string[] {
  const wanted = plain(query)
  if (wanted === '') return []
  const names = new Map(nodes.map(({ id, name }) => [id, plain(name)]))
  const hits = nodes.filter(({ id }) => names.get(id)?.includes(wanted) === true)
  const whole = hits.filter(({ id }) => names.get(id) === wanted)
  const begins = hits.filter(({ id }) => names.get(id) !== wanted && names.get(id)?.startsWith(wanted) === true)
  const rest = hits.filter((node) => !whole.includes(node) && !begins.includes(node))
  const found = [...whole, ...begins, ...rest].map(({ id }) => id)
  const words = wanted.split(/\s*(?:->|→|\s)\s*/).filter((word) => word !== '')
  const [first, second] = words
  if (words.length !== 2 || first === undefined || second === undefined) return found
  const joins = edges.filter(({ from, to }) => {
    const [a = '', b = ''] = [names.get(from), names.get(to)]
    return (a.includes(first) && b.includes(second)) || (a.includes(second) && b.includes(first))
  })
  return [...found, ...joins.map(({ id }) => id)]
}

const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim().replace(/\s+/g, ' ')

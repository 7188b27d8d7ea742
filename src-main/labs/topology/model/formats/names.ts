// Names as the tools want them: lower case, letters, digits and dashes, each of its own. Knows no format.
import type { NodeRecord } from '../../../../contract/document.ts'

/** By id of the record: a DNS label (RFC 1123) made of its name, with a number behind it where two would be equal. */
export function labelsFor(nodes: readonly NodeRecord[]): ReadonlyMap<string, string> {
  const taken = new Set<string>()
  return new Map(
    nodes.map(({ id, kind, name }) => {
      const plain = name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, '')
        .slice(0, 50)
        .replace(/-+$/, '')
      const base = plain === '' ? kind : plain
      let label = base
      for (let count = 2; taken.has(label); count += 1) label = `${base}-${count}`
      taken.add(label)
      return [id, label]
    }),
  )
}

/** `a=b, c=d` as an object. */
export const pairsOf = (entries: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    entries.map((entry) => {
      const [key = '', value = ''] = entry.split('=')
      return [key.trim(), value.trim()]
    }),
  )

// Which records of a drawing a model from elsewhere speaks of. Ids from elsewhere say little: records are known by kind
// and name, edges by their ends, and what was renamed by what it is connected to. Pure; knows no store and no lab.
import type { GraphModel, NodeRecord } from '@contract/document.ts'

type Named = Pick<NodeRecord, 'id' | 'kind' | 'name'>

/**
 * @returns for each node of `wanted` the id of the node of `before` that it is; left out are those that are new.
 * Nodes of one kind and name are told apart by their ids, then taken in order. When one node went and one came, of the
 * same kind and with the same neighbours (or as the only ones of their kind), it was renamed.
 */
export function matchNodes(before: GraphModel, wanted: GraphModel): Map<string, string> {
  const found = new Map<string, string>()
  const used = new Set<string>()
  const byName = new Map<string, Named[]>()
  for (const node of before.nodes) push(byName, nameKey(node), node)
  const take = (node: Named, ours: Named | undefined): void => {
    if (ours === undefined || used.has(ours.id)) return
    found.set(node.id, ours.id)
    used.add(ours.id)
  }
  for (const node of wanted.nodes) {
    const candidates = byName.get(nameKey(node)) ?? []
    if (candidates.length > 1)
      take(
        node,
        candidates.find(({ id }) => id === node.id),
      )
  }
  const next = new Map<string, number>()
  for (const node of wanted.nodes) {
    if (found.has(node.id)) continue
    const key = nameKey(node)
    const candidates = byName.get(key) ?? []
    let index = next.get(key) ?? 0
    while (index < candidates.length && used.has(candidates[index]?.id ?? '')) index += 1
    next.set(key, index + 1)
    take(node, candidates[index])
  }
  matchRenamed(before, wanted, found, used)
  return found
}

function matchRenamed(before: GraphModel, wanted: GraphModel, found: Map<string, string>, used: Set<string>): void {
  const gone = before.nodes.filter(({ id }) => !used.has(id))
  const come = wanted.nodes.filter(({ id }) => !found.has(id))
  if (gone.length === 0 || come.length === 0) return
  const kinds = new Set(come.map(({ kind }) => kind))
  const around = neighbourhoods(before, (id) => id)
  const wantedAround = neighbourhoods(wanted, (id) => found.get(id) ?? null)
  for (const kind of kinds) {
    const left = gone.filter((node) => node.kind === kind)
    const right = come.filter((node) => node.kind === kind)
    const places = new Map<string, string[]>()
    for (const { id } of left) push(places, around.get(id) ?? '', id)
    for (const { id } of right) {
      const place = wantedAround.get(id) ?? ''
      const ours = place === '' ? undefined : places.get(place)?.shift()
      if (ours === undefined) continue
      found.set(id, ours)
      used.add(ours)
    }
    const [one, ...others] = left.filter(({ id }) => !used.has(id))
    const [other, ...more] = right.filter(({ id }) => !found.has(id))
    if (one === undefined || other === undefined || others.length + more.length > 0) continue
    found.set(other.id, one.id)
    used.add(one.id)
  }
}

/** What each node is connected to, as a text that is equal for equal surroundings; unknown neighbours do not count. */
function neighbourhoods(model: GraphModel, known: (id: string) => string | null): Map<string, string> {
  const lists = new Map<string, string[]>()
  for (const { kind, from, to } of model.edges) {
    const [start, end] = [known(from), known(to)]
    if (end !== null) push(lists, from, `${kind} > ${end}`)
    if (start !== null) push(lists, to, `${kind} < ${start}`)
  }
  return new Map([...lists].map(([id, list]) => [id, list.sort().join('\n')]))
}

const nameKey = ({ kind, name }: Named): string => `${kind} ${name}`

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [item])
  else list.push(item)
}

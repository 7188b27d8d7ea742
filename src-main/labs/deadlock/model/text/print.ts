// A drawing in its plainest text: types first, then what each process holds, wants and claims. Also how a name is spelt.
import type { DeadlockModel } from '../schema.ts'
import { readLine } from './statement.ts'

const PLAIN_ID = /^(-*[A-Za-z0-9_.:~])+$/

/** A name as it is written: plain where it reads back as that name, else in double quotes. */
export function spell(name: string): string {
  if (isPlain(name)) return name
  return `"${name.replace(/["\\]/g, '\\$&')}"`
}

function isPlain(name: string): boolean {
  if (!/^[^\s"\\#@,]+$/u.test(name)) return false
  const { statement } = readLine(`process ${name}`)
  return statement?.form === 'declare' && statement.nodes.length === 1 && statement.nodes[0]?.name === name
}

/** A name with the id that tells it from another node of the same name. */
export function spellWithId(name: string, id: string): string {
  return `${spell(name)}@${PLAIN_ID.test(id) ? id : `"${id}"`}`
}

/** How each node is written, by its id; names that two nodes bear are followed by @ and the id. */
export function spellings(model: DeadlockModel): ReadonlyMap<string, string> {
  const bearers = new Map<string, number>()
  for (const { name } of model.nodes) bearers.set(name, (bearers.get(name) ?? 0) + 1)
  return new Map(model.nodes.map(({ id, name }) => [id, bearers.get(name) === 1 ? spell(name) : spellWithId(name, id)]))
}

export const itemText = (name: string, count: number): string => (count === 1 ? name : `${name} x${count}`)

/**
 * The canonical text of a drawing; equal drawings give equal texts. Reading it gives the drawing again, up to ids.
 * @returns a text that ends with a line break, or an empty one for an empty drawing
 */
export function printText(model: DeadlockModel): string {
  const spelt = spellings(model)
  const held = new Map<string, string[]>()
  const wanted = new Map<string, string[]>()
  const claimed = new Map<string, string[]>()
  for (const { kind, from, to, count } of model.edges) {
    const [process, type] = kind === 'assignment' ? [to, from] : [from, to]
    const lists = { assignment: held, request: wanted, claim: claimed }[kind]
    const item = itemText(spelt.get(type) ?? '', count)
    const list = lists.get(process)
    if (list === undefined) lists.set(process, [item])
    else list.push(item)
  }
  const types = model.nodes.flatMap((node) =>
    node.kind === 'resource' ? [`${spelt.get(node.id) ?? ''} has ${node.instances}`] : [],
  )
  const processes = model.nodes.flatMap(({ kind, id }) => {
    if (kind !== 'process') return []
    const name = spelt.get(id) ?? ''
    const parts = Object.entries({ holds: held, wants: wanted, claims: claimed }).flatMap(([verb, lists]) => {
      const items = lists.get(id)
      return items === undefined ? [] : [`${verb} ${items.join(', ')}`]
    })
    return [parts.length === 0 ? `process ${name}` : `${name} ${parts.join(', ')}`]
  })
  return [types, processes]
    .filter((block) => block.length > 0)
    .map((block) => `${block.join('\n')}\n`)
    .join('\n')
}

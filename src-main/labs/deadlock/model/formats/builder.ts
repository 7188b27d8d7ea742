// Builds a drawing from names and units, as texts give them: numbers the records, adds up what is said twice, keeps
// names within their limits. Knows no format.
import { compareIds } from '../../../../contract/document-order.ts'
import { MAX_DOCUMENT_RECORDS, MAX_INSTANCES, MAX_NAME_LENGTH } from '../../../../contract/limits.ts'
import { InterlockError } from '../../../../contract/errors.ts'
import type { AssignmentEdge, ClaimEdge, DeadlockModel, ProcessNode, RequestEdge, ResourceNode } from '../schema.ts'
import { texts } from './texts.ts'

export class Builder {
  readonly remarks: string[] = []
  readonly #processes: ProcessNode[] = []
  readonly #types: ResourceNode[] = []
  readonly #edges = new Map<string, RequestEdge | AssignmentEdge | ClaimEdge>()

  /** @returns the record's id */
  process(name: string): string {
    const id = `P${this.#processes.length + 1}`
    this.#processes.push({ id, kind: 'process', name: this.#name(name, id) })
    this.#check()
    return id
  }

  /** @returns the record's id */
  type(name: string, instances: number): string {
    const id = `R${this.#types.length + 1}`
    this.#types.push({ id, kind: 'resource', name: this.#name(name, id), instances })
    this.#check()
    return id
  }

  /** Units that `process` asks for, holds or claims; said twice, they are added up. 0 changes nothing. */
  units(kind: 'request' | 'assignment' | 'claim', process: string, type: string, count: number): void {
    if (count === 0) return
    const [from, to] = kind === 'assignment' ? [type, process] : [process, type]
    const known = this.#edges.get(`${kind} ${from} ${to}`)
    if (known !== undefined) known.count = Math.min(MAX_INSTANCES, known.count + count)
    else this.#edges.set(`${kind} ${from} ${to}`, { id: `E${this.#edges.size + 1}`, kind, from, to, count })
    this.#check()
  }

  /**
   * Sets the instances of types that nothing was said of: as many as are assigned, at least 1.
   * @returns the names of those that have more than 1
   */
  guessInstances(types: readonly string[]): string[] {
    const sums = new Map<string, number>()
    for (const { kind, from, count } of this.#edges.values()) {
      if (kind === 'assignment') sums.set(from, (sums.get(from) ?? 0) + count)
    }
    const wanted = new Set(types)
    const guessed = this.#types.filter(({ id }) => wanted.has(id))
    for (const type of guessed) type.instances = Math.min(MAX_INSTANCES, Math.max(1, sums.get(type.id) ?? 0))
    return guessed.filter(({ instances }) => instances > 1).map(({ name }) => name)
  }

  get model(): DeadlockModel {
    return { nodes: [...this.#processes, ...this.#types], edges: [...this.#edges.values()] }
  }

  #name(given: string, id: string): string {
    const clean = given
      .toWellFormed()
      .replace(/[\u0000-\u001f\u007f]+/g, ' ')
      .trim()
    if (clean === '') return id
    if (clean.length <= MAX_NAME_LENGTH) return clean
    const cut = `${clean
      .slice(0, MAX_NAME_LENGTH - 1)
      .toWellFormed()
      .replace(/\ufffd$/, '')}…`
    this.remarks.push(texts.remarks.cutName(cut.slice(0, 30), MAX_NAME_LENGTH))
    return cut
  }

  #check(): void {
    const nodes = this.#processes.length + this.#types.length
    if (Math.max(nodes, this.#edges.size) > MAX_DOCUMENT_RECORDS) {
      throw new InterlockError('too-large', texts.tooMany(MAX_DOCUMENT_RECORDS))
    }
  }
}

/** What stands between a process and a type, by their numbers in `Listed`; 0 for nothing. */
export interface Pair {
  process: number
  type: number
  held: number
  asked: number
  /** the declared maximum */
  claimed: number
}

/** A drawing in the order in which texts list it. */
export interface Listed {
  processes: ProcessNode[]
  types: ResourceNode[]
  /** by process, then by type */
  pairs: Pair[]
}

export function listed(model: DeadlockModel): Listed {
  const byId = (a: { id: string }, b: { id: string }): number => compareIds(a.id, b.id)
  const processes = model.nodes.filter((node) => node.kind === 'process').sort(byId)
  const types = model.nodes.filter((node) => node.kind === 'resource').sort(byId)
  const rows = new Map(processes.map(({ id }, index) => [id, index]))
  const columns = new Map(types.map(({ id }, index) => [id, index]))
  const pairs = new Map<string, Pair>()
  for (const { kind, from, to, count } of model.edges) {
    const process = rows.get(kind === 'assignment' ? to : from)
    const type = columns.get(kind === 'assignment' ? from : to)
    if (process === undefined || type === undefined) continue
    const pair = pairs.get(`${process} ${type}`) ?? { process, type, held: 0, asked: 0, claimed: 0 }
    if (kind === 'request') pair.asked += count
    else if (kind === 'claim') pair.claimed += count
    else pair.held += count
    pairs.set(`${process} ${type}`, pair)
  }
  return { processes, types, pairs: [...pairs.values()].sort((a, b) => a.process - b.process || a.type - b.type) }
}

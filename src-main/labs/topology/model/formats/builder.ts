// Puts a drawing together while a text is read: an id for each thing, and nothing twice. Knows no format.
import { MAX_NAME_LENGTH } from '../../../../contract/limits.ts'
import type { ReadDrawing } from '../../../../contract/lab.ts'
import type { EdgeKindName, NodeKindName } from '../kind-names.ts'
import type { TopologyEdge, TopologyModel, TopologyNode } from '../schema.ts'
import { tidied } from '../tidy.ts'
import { quoted } from '../../../../formats/refusal.ts'
import { texts } from './texts.ts'

export class Builder {
  readonly nodes: TopologyNode[] = []
  readonly edges: TopologyEdge[] = []
  readonly #left = new Map<string, string[]>()
  readonly #remarks: string[] = []

  /** @param fields its properties; undefined ones are as usual */
  add(kind: NodeKindName, name: string, parent: TopologyNode | null, fields: object = {}): TopologyNode {
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
    const node = {
      id: `n${this.nodes.length + 1}`,
      kind,
      name: name.slice(0, MAX_NAME_LENGTH).trim() || kind,
      ...(parent !== null && { parent: parent.id }),
      ...given,
    } as TopologyNode
    this.nodes.push(node)
    return node
  }

  join(kind: EdgeKindName, from: TopologyNode, to: TopologyNode): void {
    if (this.edges.some((edge) => edge.kind === kind && edge.from === from.id && edge.to === to.id)) return
    this.edges.push({ id: `e${this.edges.length + 1}`, kind, from: from.id, to: to.id })
  }

  remark(sentence: string): void {
    if (!this.#remarks.includes(sentence)) this.#remarks.push(sentence)
  }

  /** Notes what a drawing has no place for; said once for each word, with where it stood. */
  leave(word: string, where: string): void {
    const places = this.#left.get(word) ?? []
    if (!places.includes(where)) places.push(where)
    this.#left.set(word, places)
  }

  done(title?: string): ReadDrawing<TopologyModel> {
    const left = [...this.#left].map(([word, places]) =>
      texts.left(quoted(word), places.slice(0, 3).join(', '), Math.max(0, places.length - 3)),
    )
    return {
      model: { nodes: this.nodes, edges: this.edges },
      layout: tidied(this.nodes),
      ...(title !== undefined && title !== '' && { title }),
      remarks: [...this.#remarks, ...left],
    }
  }
}

/** The title that our own texts carry in their first line. */
export const titleIn = (text: string): string => /^# (.+)$/m.exec(text.split('\n', 1)[0] ?? '')?.[1]?.trim() ?? ''

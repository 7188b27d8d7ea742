// The score board as rows and columns: the question to the scheduler about one pod of the drawing, and its answer put in
// order. Pure; knows no component.
import type { TopologyModel, TopologyNode } from '@labs/topology/model/schema.ts'

/** What `topology.schedule` says about one pod in full. */
export interface ScheduleAnswer {
  pods: readonly PodAnswer[]
}
interface PodAnswer {
  pod: string
  node: string | null
  total?: number
  ties: readonly string[]
  message?: string
  nodes: readonly NodeAnswer[]
}
interface NodeAnswer {
  node: string
  fits: boolean
  filters: readonly { plugin: string; reason: string; detail: string }[]
  scores?: Readonly<Record<string, PluginAnswer>>
  total?: number
}
interface PluginAnswer {
  raw: number | null
  normalised: number
  weight: number
  weighted: number
  working: readonly string[]
}

export interface PodChoice {
  id: string
  name: string
  /** name of the node that it lies in; null: it waits */
  on: string | null
}

export function podsOf({ nodes }: TopologyModel): PodChoice[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  return nodes
    .filter(({ kind }) => kind === 'pod')
    .map(({ id, name, parent }) => {
      const box = byId.get(String(parent ?? ''))
      return { id, name, on: box?.kind === 'node' ? box.name : null }
    })
    .sort((a, b) => Number(a.on !== null) - Number(b.on !== null))
}

/**
 * The drawing in which only this pod waits: it is taken off its node, and other pods that wait are left out.
 * @param pod record id
 */
export function askedAbout({ nodes, edges }: TopologyModel, pod: string): Pick<TopologyModel, 'nodes' | 'edges'> {
  const waiting = new Set(podsOf({ nodes, edges }).flatMap(({ id, on }) => (on === null && id !== pod ? [id] : [])))
  const inside = (node: TopologyNode): boolean => waiting.has(node.id) || waiting.has(String(node.parent ?? ''))
  const left = new Set(nodes.filter(inside).map(({ id }) => id))
  const cluster = nodes.find(({ kind }) => kind === 'cluster')?.id
  return {
    nodes: nodes
      .filter(({ id }) => !left.has(id))
      .map((node) => {
        if (node.id !== pod) return node
        const free = { ...node }
        delete free['parent']
        return (cluster === undefined ? free : { ...free, parent: cluster }) as TopologyNode
      }),
    edges: edges.filter(({ from, to }) => !left.has(from) && !left.has(to)),
  }
}

export interface BoardCell {
  /** what stands in the cell */
  text: string
  /** the arithmetic, line by line; empty where there is none */
  working: readonly string[]
}

export interface BoardRow {
  /** record id of the node; null when it cannot be told */
  id: string | null
  name: string
  fits: boolean
  chosen: boolean
  filter: BoardCell
  scores: readonly BoardCell[]
  total: number | null
  /** total against the highest one, 0 to 1 */
  share: number
}

export interface Board {
  columns: readonly { plugin: string; weight: number }[]
  rows: readonly BoardRow[]
  node: string | null
  total: number | null
  ties: readonly string[]
  message: string | null
}

/** @returns null when the answer is about nothing */
export function boardFrom(answer: ScheduleAnswer, model: TopologyModel, passes: string): Board | null {
  const about = answer.pods[0]
  if (about === undefined) return null
  const scored = about.nodes.find(({ scores }) => scores !== undefined)?.scores ?? {}
  const columns = Object.entries(scored)
    // A plugin that has nothing to say about the pod adds nothing.
    .filter(([plugin]) => about.nodes.some(({ scores }) => typeof scores?.[plugin]?.raw === 'number'))
    .map(([plugin, { weight }]) => ({ plugin, weight }))
  const nodes = model.nodes.filter(({ kind }) => kind === 'node')
  const most = Math.max(1, ...about.nodes.map(({ total }) => total ?? 0))
  return {
    columns,
    rows: about.nodes.map(({ node, fits, filters, scores, total }) => ({
      id: nodes.find(({ id, name }) => name === node || `${name} (${id})` === node)?.id ?? null,
      name: node,
      fits,
      chosen: node === about.node,
      filter: {
        text: fits ? passes : [...new Set(filters.map(({ plugin }) => plugin))].join(', '),
        working: filters.map(({ plugin, reason, detail }) => `${plugin}: ${detail} (“${reason}”)`),
      },
      scores: columns.map(({ plugin }) => {
        const own = scores?.[plugin]
        return { text: own === undefined ? '' : String(own.normalised), working: own?.working ?? [] }
      }),
      total: total ?? null,
      share: (total ?? 0) / most,
    })),
    node: about.node,
    total: about.total ?? null,
    ties: about.ties,
    message: about.message ?? null,
  }
}

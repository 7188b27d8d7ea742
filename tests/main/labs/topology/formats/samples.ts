// The lab's samples and how a drawing is written, for the tests of its text forms.
import { readFileSync } from 'node:fs'
import type { TextFormat } from '../../../../../src-main/contract/lab.ts'
import { topology } from '../../../../../src-main/labs/topology/index.ts'
import { TopologyModel } from '../../../../../src-main/labs/topology/model/schema.ts'

export const samples = topology.samples.map((id) => {
  const url = new URL(`../../../../../src-main/labs/topology/samples/${id}.interlock`, import.meta.url)
  return [id, TopologyModel.parse((JSON.parse(readFileSync(url, 'utf8')) as { model: unknown }).model)] as const
})

/** Samples in which there is a node of this kind. */
export const having = (kind: string) => samples.filter(([, { nodes }]) => nodes.some((node) => node.kind === kind))

export const written = (format: TextFormat<TopologyModel>, model: TopologyModel, title = ''): string =>
  format.write!({ model, layout: { positions: {} }, title, verdict: null })

// Which pods get manifests of their own, and the ports of nodes that they ask for.
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { kubernetes } from '../../../../../src-main/labs/topology/model/formats/kubernetes.ts'
import type { TopologyModel } from '../../../../../src-main/labs/topology/model/schema.ts'
import { readDrawing } from '../../../../../src-main/labs/topology/operations/drawing-input.ts'
import { written } from './samples.ts'

interface Manifest {
  kind: string
  metadata: { name: string }
  spec: { hostNetwork?: boolean; containers: { ports?: object[] }[] }
}
const manifests = (model: TopologyModel): Manifest[] =>
  parseAllDocuments(written(kubernetes, model)).map((document) => document.toJSON() as Manifest)

test('a pod that a part of the control plane manages is still written: only a deployment makes pods', () => {
  const model = readDrawing({
    nodes: [
      {
        kind: 'cluster',
        name: 'K',
        children: [
          { kind: 'control', name: 'C', part: 'controllers' },
          { kind: 'deployment', name: 'D' },
          { kind: 'pod', name: 'a' },
          { kind: 'pod', name: 'b' },
        ],
      },
    ],
    edges: [
      ['C', 'a'],
      ['C', 'D'],
      ['D', 'b'],
    ],
  })
  expect(manifests(model).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(['Deployment d', 'Pod a'])
})

test('the port of the node is asked for by the first container, unless the pod is in the network of the node', () => {
  const pod = (name: string, hostPort: number, ...containers: object[]) => ({
    kind: 'pod',
    name,
    hostPort,
    children: containers.map((container, index) => ({ kind: 'container', name: `${name}${index}`, ...container })),
  })
  const model = readDrawing({
    nodes: [
      {
        kind: 'cluster',
        name: 'K',
        children: [
          pod('a', 8080, { port: 80 }, { port: 81 }),
          pod('b', 9000),
          pod('c', 7000, { net: false }),
          pod('d', 0, {}),
        ],
      },
    ],
  })
  expect(manifests(model).map(({ spec }) => spec.containers.map(({ ports }) => ports ?? []))).toEqual([
    [[{ containerPort: 80, hostPort: 8080 }], [{ containerPort: 81 }]],
    [[{ containerPort: 9000, hostPort: 9000 }]],
    [[{ containerPort: 7000 }]],
    [[]],
  ])
})

test('ten thousand pods of a deployment are written within two seconds', () => {
  const pods = Array.from({ length: 10_000 }, (_, index) => `p${index}`)
  const model = {
    nodes: [
      { id: 'd', kind: 'deployment', name: 'd' },
      ...pods.map((id) => ({ id, kind: 'pod', name: id })),
      { id: 'bare', kind: 'pod', name: 'bare' },
    ],
    edges: pods.map((to) => ({ id: `e${to}`, kind: 'manages', from: 'd', to })),
  } as unknown as TopologyModel
  const start = performance.now()
  expect(manifests(model).map(({ metadata }) => metadata.name)).toEqual(['d', 'bare'])
  expect(performance.now() - start).toBeLessThan(2000)
})

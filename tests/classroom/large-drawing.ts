// A drawing near the largest size that people make: 7,500 nodes, 7,500 edges and long notes, about 10 MB of text.
import { serialiseDocument } from '../../src-main/contract/document-text.ts'

export function largeDrawingText(): string {
  const count = 3750
  const id = (kind: string, i: number): string => `${kind}-${String(i).padStart(5, '0')}-${'abcdefghij'.repeat(4)}`
  const nodes = []
  const edges = []
  const positions: Record<string, { x: number; y: number }> = {}
  for (let i = 1; i <= count; i += 1) {
    const [process, resource] = [id('process', i), id('resource', i)]
    nodes.push({ id: process, kind: 'process', name: `Process ${i} ${'of a long name '.repeat(6).trim()}` })
    nodes.push({ id: resource, kind: 'resource', name: `Resource ${i}`, instances: 4 })
    positions[process] = { x: (i % 75) * 160, y: Math.floor(i / 75) * 240 }
    positions[resource] = { x: (i % 75) * 160 + 60, y: Math.floor(i / 75) * 240 + 120 }
    edges.push({ id: id('held', i), kind: 'assignment', from: resource, to: process, count: 1 })
    edges.push({ id: id('asked', i), kind: 'request', from: process, to: id('resource', (i % count) + 1), count: 1 })
  }
  const text = 'A line of a long note. '.repeat(860)
  const notes = Array.from({ length: 290 }, (_, i) => ({ id: `n${i + 1}`, text, x: i * 10, y: -500 }))
  const document = {
    format: 'interlock',
    version: 1,
    lab: 'deadlock',
    title: 'Large',
    model: { nodes, edges },
  } as const
  return serialiseDocument({ ...document, layout: { positions }, notes })
}

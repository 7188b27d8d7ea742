// The drawing for Graphviz: boxes as clusters in each other, lines between them. Clusters are no ends of lines in DOT, so
// a line to a box goes to a point in it and is cut at its border. Language: graphviz.org, "DOT Language", "compound".
import { InterlockError } from '../../../../contract/errors.ts'
import type { TextFormat } from '../../../../contract/lab.ts'
import { edgeKinds } from '../kinds.ts'
import type { TopologyModel, TopologyNode } from '../schema.ts'
import { texts as words } from '../texts.ts'
import { treeOf } from '../tree.ts'
import { comment } from './comment.ts'
import { texts } from './texts.ts'

const quote = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`

export const dot: TextFormat<TopologyModel> = {
  id: 'dot',
  label: texts.dot.label,
  extensions: ['dot', 'gv'],
  media: 'text/vnd.graphviz',
  recognises: () => false,
  write({ model, title, verdict }) {
    if (model.nodes.length === 0) throw new InterlockError('bad-input', texts.dot.nothing)
    const tree = treeOf(model.nodes)
    const isBox = (id: string): boolean => tree.childrenOf(id).length > 0
    const label = ({ kind, name }: TopologyNode): string =>
      quote(`${name}\n${words.kinds[kind as keyof typeof words.kinds]}`)
    const written = (node: TopologyNode, indent: string, outer: ReadonlySet<string>): string[] => {
      const inner = tree.childrenOf(node.id).filter(({ id }) => !outer.has(id))
      if (inner.length === 0) return [`${indent}${quote(node.id)} [label=${label(node)}]`]
      const within = new Set([...outer, node.id])
      return [
        `${indent}subgraph ${quote(`cluster_${node.id}`)} {`,
        `${indent}  label=${label(node)}`,
        `${indent}  ${quote(node.id)} [shape=point, style=invis]`,
        ...inner.flatMap((child) => written(child, `${indent}  `, within)),
        `${indent}}`,
      ]
    }
    const undirected = new Set(edgeKinds.flatMap(({ kind, undirected }) => (undirected === true ? [kind] : [])))
    const lines = model.edges.map(({ kind, from, to }) => {
      const attributes = [
        `label=${quote(words.edges[kind])}`,
        ...(undirected.has(kind) ? ['dir=none'] : []),
        ...(isBox(from) ? [`ltail=${quote(`cluster_${from}`)}`] : []),
        ...(isBox(to) ? [`lhead=${quote(`cluster_${to}`)}`] : []),
      ]
      return `  ${quote(from)} -> ${quote(to)} [${attributes.join(', ')}]`
    })
    return [
      `${comment([title, verdict ?? ''], '// ')}digraph {`,
      '  compound=true',
      '  node [shape=box]',
      ...tree.top.flatMap((node) => written(node, '  ', new Set([node.id]))),
      ...lines,
      '}',
      '',
    ].join('\n')
  },
}

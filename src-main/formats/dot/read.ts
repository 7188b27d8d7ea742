// Reads Graphviz DOT into plain nodes and edges: defaults, subgraphs and edge chains are resolved. Knows no lab; what a
// shape or a label means is for others to say.
import { type ClusterStatementASTNode, type DotASTNode, type NodeRefASTNode, parse } from '@ts-graphviz/ast'
import { MAX_DOCUMENT_BYTES } from '../../contract/limits.ts'
import { type Place, quoted, refuseAt } from '../refusal.ts'

export type DotAttributes = ReadonlyMap<string, string>

export interface DotNode {
  id: string
  /** with the defaults of where it is first named; HTML labels without their tags */
  attributes: DotAttributes
  place: Place
}

export interface DotEdge {
  from: string
  to: string
  attributes: DotAttributes
  place: Place
}

export interface DotGraph {
  /** the label of the graph, or its name; empty for none */
  title: string
  attributes: DotAttributes
  nodes: DotNode[]
  edges: DotEdge[]
}

/** Far above what a drawing of the most records needs. */
const MOST_PARTS = 2_000_000

/**
 * Reads one graph.
 * @returns nodes in the order in which they are first named, edges in the order of the text
 * @throws InterlockError `bad-input` with line and column: no DOT, an undirected graph
 */
export function readDot(text: string): DotGraph {
  const tree = parsed(text)
  const graph = tree.children.find((child) => child.type === 'Graph')
  if (graph === undefined) return refuseAt({ line: 1, column: 1 }, 'no graph is here. Begin with digraph { … }.')
  if (!graph.directed) {
    refuseAt(placeOf(graph), 'this graph has no directions. Write digraph instead of graph, and -> for --.')
  }
  const reader = new Reader()
  const top: Scope = { node: new Map(), edge: new Map(), graph: new Map(), named: new Set() }
  reader.statements(graph.children, top)
  const name = graph.id?.value ?? ''
  return {
    title: top.graph.has('label') ? plainLabel(top.graph.get('label') ?? '', name) : name,
    attributes: top.graph,
    nodes: [...reader.nodes.values()],
    edges: reader.edges,
  }
}

function parsed(text: string): DotASTNode {
  try {
    return parse(text, { startRule: 'Dot', maxInputSize: MAX_DOCUMENT_BYTES, maxASTNodes: MOST_PARTS })
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error
    const location = (cause as { location?: { start?: Place & { offset: number } } }).location?.start
    if (location === undefined) {
      return refuseAt({ line: 1, column: 1 }, 'this DOT text is too large or nests too deep to be read.')
    }
    const { line, column, offset } = location
    const message = cause instanceof Error ? cause.message : ''
    if (/operator to create edge/.test(message)) {
      return refuseAt({ line, column }, 'the arrow does not fit the kind of graph. A digraph joins its nodes by ->.')
    }
    const rest = text.slice(offset).split('\n')[0] ?? ''
    const found = offset >= text.length ? 'the text ends' : rest.trim() === '' ? 'the line ends' : quoted(rest)
    const end = offset >= text.length ? ' Close what is open with ] or }.' : ''
    return refuseAt({ line, column }, `this is not DOT: ${found} where ${expectedPart(message)} should follow.${end}`)
  }
}

/** What the parser would have accepted, in words; its own list is long and speaks of rules. */
function expectedPart(message: string): string {
  const list = /^Expected (.*) but /s.exec(message)?.[1] ?? ''
  if (/end of input/.test(list)) return 'the end of the text'
  if (/"digraph"/.test(list)) return 'digraph { … }'
  if (/UNICODE_STRING/.test(list)) return /"="/.test(list) ? '= or another part' : 'a name'
  return list === '' ? 'something else' : list
}

function placeOf({ location }: { location?: { start: Place } }): Place {
  return { line: location?.start.line ?? 1, column: location?.start.column ?? 1 }
}

interface Scope {
  node: Map<string, string>
  edge: Map<string, string>
  graph: Map<string, string>
  /** nodes named in it, for edges that start or end at a subgraph */
  named: Set<string>
}

class Reader {
  readonly nodes = new Map<string, DotNode & { attributes: Map<string, string> }>()
  readonly edges: DotEdge[] = []

  statements(list: readonly ClusterStatementASTNode[], scope: Scope): void {
    for (const statement of list) {
      switch (statement.type) {
        case 'Attribute':
          scope.graph.set(statement.key.value, valueOf(statement.value))
          break
        case 'AttributeList': {
          const target = { Graph: scope.graph, Node: scope.node, Edge: scope.edge }[statement.kind]
          for (const [key, value] of attributesOf(statement.children)) target.set(key, value)
          break
        }
        case 'Node': {
          const node = this.#node(statement.id.value, scope, placeOf(statement))
          for (const [key, value] of attributesOf(statement.children)) node.attributes.set(key, value)
          break
        }
        case 'Edge':
          this.#chain(statement.targets, attributesOf(statement.children), scope, placeOf(statement))
          break
        case 'Subgraph': {
          const inner: Scope = {
            node: new Map(scope.node),
            edge: new Map(scope.edge),
            graph: new Map(),
            named: new Set(),
          }
          this.statements(statement.children, inner)
          for (const id of inner.named) scope.named.add(id)
          break
        }
        case 'Comment':
          break
      }
    }
  }

  #node(id: string, scope: Scope, place: Place): { attributes: Map<string, string> } {
    scope.named.add(id)
    const known = this.nodes.get(id)
    if (known !== undefined) return known
    const node = { id, attributes: new Map(scope.node), place }
    this.nodes.set(id, node)
    return node
  }

  #chain(targets: readonly Target[], own: DotAttributes, scope: Scope, place: Place): void {
    const ends = targets.map((target) => {
      const refs: readonly NodeRefASTNode[] = target.type === 'NodeRef' ? [target] : target.children
      for (const ref of refs) {
        // The parser takes the word for a name.
        if (ref.id.value === 'subgraph' && ref.id.quoted === false) {
          refuseAt(placeOf(ref), 'an arrow to a subgraph is not read. Write -> { a b } without the word.')
        }
        this.#node(ref.id.value, scope, placeOf(ref))
      }
      return refs.map((ref) => ref.id.value)
    })
    const attributes = new Map([...scope.edge, ...own])
    for (let i = 1; i < ends.length; i += 1) {
      for (const from of ends[i - 1] ?? []) {
        for (const to of ends[i] ?? []) {
          const back = attributes.get('dir') === 'back'
          this.edges.push({ from: back ? to : from, to: back ? from : to, attributes, place })
        }
      }
    }
  }
}

type Target = Extract<ClusterStatementASTNode, { type: 'Edge' }>['targets'][number]
type Value = Extract<ClusterStatementASTNode, { type: 'Attribute' }>['value']

function valueOf({ value, quoted: kind }: Value): string {
  return kind === 'html' ? textOfHtml(value) : value
}

function attributesOf(children: readonly { type: string }[]): Map<string, string> {
  const attributes = new Map<string, string>()
  for (const child of children) {
    if (child.type !== 'Attribute') continue
    const { key, value } = child as Extract<ClusterStatementASTNode, { type: 'Attribute' }>
    attributes.set(key.value, valueOf(value))
  }
  return attributes
}

/** Rows and breaks become lines, other tags go. Backslashes are doubled, since a label reads them as escapes. */
function textOfHtml(html: string): string {
  return html
    .replace(/<\s*br[^>]*>|<\/\s*tr\s*>/gi, '\n')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\\/g, '\\\\')
    .trim()
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** A label as it is read: escapes of lines and of the node's own name, and character entities, are resolved. */
export function plainLabel(label: string, id: string): string {
  return label
    .replace(/\\([\s\S])/g, (_, char: string) => {
      if (char === 'N' || char === 'G') return id.replace(/&/g, '&amp;')
      return char === 'n' || char === 'l' || char === 'r' ? '\n' : char
    })
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, ten?: string, hex?: string, name?: string) => {
      if (name !== undefined) return entities[name] ?? whole
      const code = ten === undefined ? Number.parseInt(hex ?? '', 16) : Number(ten)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
    })
    .trim()
}

// The lines of a text, and which nodes and edges a statement speaks of. Knows no meaning beyond its line.
import { type Counted, type Line, type Mention, type Statement, readLine } from './statement.ts'

/** A line of the text: where it starts, what it says. */
export interface PlacedLine extends Line {
  start: number
  text: string
}

/** An edge that a statement speaks of, by the keys of its ends. */
export interface Link {
  from: Mention
  to: Mention
  count: number
  kind: 'request' | 'assignment' | 'claim' | null
  times: Counted | null
}

const kindOf = { holds: 'assignment', wants: 'request', claims: 'claim' } as const

/** Every edge that a statement speaks of, in its order. The kind is null where only the ends' kinds tell it. */
export function linksOf(statement: Statement): Link[] {
  if (statement.form === 'arrows') {
    return statement.items.slice(1).flatMap(({ node, times }, index) => {
      const from = statement.items[index]?.node
      const kind = statement.claims[index] === true ? 'claim' : null
      return from === undefined ? [] : [{ from, to: node, count: times?.value ?? 1, kind, times }]
    })
  }
  if (statement.form !== 'claims') return []
  return statement.parts.flatMap(({ verb, items }) =>
    items.map(({ node, times }): Link => {
      const [from, to] = verb === 'holds' ? [node, statement.node] : [statement.node, node]
      return { from, to, count: times?.value ?? 1, kind: kindOf[verb], times }
    }),
  )
}

/** Every node that a statement mentions, in its order. */
export function mentionsOf(statement: Statement): Mention[] {
  switch (statement.form) {
    case 'arrows':
      return statement.items.map(({ node }) => node)
    case 'claims':
      return [statement.node, ...statement.parts.flatMap(({ items }) => items.map(({ node }) => node))]
    case 'has':
      return [statement.node]
    case 'declare':
      return statement.nodes
  }
}

export function splitLines(text: string): PlacedLine[] {
  let start = 0
  return text.split('\n').map((line) => {
    const placed = { ...readLine(line), start, text: line }
    start += line.length + 1
    return placed
  })
}

// Pieces of a DOT text: names that any Graphviz accepts and labels that read back as they were. Knows no lab.

const keywords = new Set(['node', 'edge', 'graph', 'digraph', 'subgraph', 'strict'])

/** Ids for nodes: the name itself where it is a plain word that nobody else has, else a number after `prefix`. */
export function dotIds(names: readonly string[], prefix = 'n'): string[] {
  const uses = new Map<string, number>()
  for (const name of names) uses.set(name, (uses.get(name) ?? 0) + 1)
  let next = 0
  return names.map((name) => {
    if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && uses.get(name) === 1 && !keywords.has(name.toLowerCase())) return name
    do next += 1
    while (uses.has(`${prefix}${next}`))
    return `${prefix}${next}`
  })
}

/** A label in quotes. Escapes and character entities are neutralised, since Graphviz resolves them in labels. */
export function dotLabel(text: string): string {
  return `"${text.replace(/&/g, '&amp;').replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`
}

// The lint rule that keeps the house in order: which folder may import from which, and which packages belong where.
// It reads paths only; a folder that is not in the table is an error, so a new room has to be named here first.
import { existsSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import type { Rule } from 'eslint'

interface Room {
  /** rooms this one may import from, besides itself */
  rooms: string[]
  /** packages this one may import; `node:` stands for all of Node's own modules */
  packages: string[]
}

/** Longest matching prefix wins. `labs/*` stands for one lab: labs never import each other. */
export const rooms: Readonly<Record<string, Room>> = {
  'src-main/contract': { rooms: ['src-main/simulation'], packages: ['zod'] },
  'src-main/simulation': { rooms: ['src-main/contract'], packages: ['zod'] },
  'src-main/formats': { rooms: ['src-main/contract'], packages: ['zod', '@ts-graphviz/ast'] },
  'src-main/layout': { rooms: ['src-main/contract'], packages: ['@dagrejs/dagre'] },
  'src-main/labs': { rooms: ['src-main/contract', 'src-main/simulation', 'src-main/labs/*'], packages: ['zod'] },
  'src-main/labs/*': {
    rooms: ['src-main/contract', 'src-main/simulation', 'src-main/formats', 'src-main/layout'],
    packages: ['zod', 'yaml', '@lezer/lr', '@lezer/common'],
  },
  'src-main/services': {
    rooms: ['src-main/contract', 'src-main/simulation', 'src-main/formats', 'src-main/layout'],
    packages: ['node:', 'zod', 'fflate', 'pdfkit', 'fontkit', '@resvg/resvg-wasm', 'node-pty', '@xterm/'],
  },
  'src-main/host': {
    rooms: ['src-main/contract', 'src-main/simulation', 'src-main/labs', 'src-main/services'],
    packages: ['node:', 'zod', 'birpc', 'ws'],
  },
  'src-main/electron': { rooms: ['src-main/contract', 'src-main/host'], packages: ['node:', 'zod', 'electron'] },
  'src-main/browser-shell': { rooms: ['src-main/contract', 'src-main/host'], packages: ['node:', 'zod', 'ws'] },
  'src-main/cli': {
    rooms: [
      'src-main/contract',
      'src-main/simulation',
      'src-main/labs',
      'src-main/formats',
      'src-main/layout',
      'src-main/services',
      'src-main/host',
      'src-main/browser-shell',
      'scripts',
    ],
    packages: ['node:', 'zod'],
  },
  'src-renderer/ui': {
    rooms: [],
    packages: ['svelte', '@lucide/svelte', '@fontsource-variable/', 'codemirror', '@codemirror/', '@lezer/'],
  },
  'src-renderer/editor': {
    rooms: ['src-main/contract', 'src-main/simulation', 'src-main/layout', 'src-renderer/ui'],
    packages: [],
  },
  'src-renderer/player': {
    rooms: ['src-main/contract', 'src-main/simulation', 'src-renderer/ui'],
    packages: ['svelte'],
  },
  'src-renderer/labs': {
    rooms: ['src-main/contract', 'src-renderer/labs/*', 'src-renderer/ui', 'src-renderer/shell'],
    packages: ['svelte'],
  },
  'src-renderer/labs/*': {
    rooms: [
      'src-main/contract',
      'src-main/simulation',
      'src-main/labs/*/model',
      'src-renderer/labs',
      'src-renderer/editor',
      'src-renderer/player',
      'src-renderer/terminal',
      'src-renderer/ui',
      'src-renderer/shell',
    ],
    packages: ['svelte'],
  },
  'src-renderer/terminal': { rooms: ['src-main/contract', 'src-renderer/ui'], packages: ['svelte', '@xterm/'] },
  'src-renderer/walkthrough': {
    rooms: ['src-main/contract', 'src-renderer/editor', 'src-renderer/player', 'src-renderer/ui'],
    packages: ['svelte', 'mediabunny'],
  },
  'src-renderer/shell': {
    rooms: [
      'src-main/contract',
      'src-main/simulation',
      'src-renderer/labs',
      'src-renderer/editor',
      'src-renderer/player',
      'src-renderer/walkthrough',
      'src-renderer/terminal',
      'src-renderer/ui',
    ],
    packages: ['svelte', 'birpc'],
  },
  'src-renderer': { rooms: ['src-renderer/shell', 'src-renderer/ui'], packages: ['svelte'] },
}

/** Imports of types only cost nothing at run time; these may also point upward, named one by one. */
const typeOnly: Readonly<Record<string, string[]>> = {
  'src-renderer/player': ['src-renderer/shell'],
  'src-renderer/walkthrough': ['src-renderer/shell'],
}

const aliases: Readonly<Record<string, string>> = {
  '@contract': 'src-main/contract',
  '@simulation': 'src-main/simulation',
  '@labs': 'src-main/labs',
  '@layout': 'src-main/layout',
  '@page': 'src-renderer',
}

/** The room of a path relative to the project, or null when it lies in none. */
export function roomOf(path: string): string | null {
  const parts = path.split(sep).join('/').split('/')
  const lab = parts[1] === 'labs' && parts.length > 3 ? `${parts[0]}/labs/*` : null
  if (lab) return lab
  const two = parts.slice(0, 2).join('/')
  if (two in rooms) return two
  return parts[0] !== undefined && parts[0] in rooms ? parts[0] : null
}

/** Why `file` may not import `specifier`, or null when it may. `kind` tells an `import type` from a real one. */
export function refusal(root: string, file: string, specifier: string, kind: 'type' | 'value'): string | null {
  const from = relative(root, file)
  const room = roomOf(from)
  if (room === null) return `${from} lies in no room of the house (see scripts/lint/layering.ts).`
  const entry = rooms[room]
  if (entry === undefined) return null
  const alias = Object.keys(aliases).find((name) => specifier === name || specifier.startsWith(`${name}/`))
  if (!specifier.startsWith('.') && alias === undefined) {
    const allowed = entry.packages.some((name) =>
      /[:/]$/.test(name) ? specifier.startsWith(name) : specifier === name || specifier.startsWith(`${name}/`),
    )
    return allowed || (kind === 'type' && specifier === 'svelte')
      ? null
      : `${room} must not import the package "${specifier}".`
  }
  const bare = specifier.replace(/\?.*$/, '')
  const target = alias ? resolve(root, aliases[alias] + bare.slice(alias.length)) : resolve(dirname(file), bare)
  const to = relative(root, existsSync(`${target}/index.ts`) ? `${target}/index.ts` : target)
    .split(sep)
    .join('/')
  const other = roomOf(to)
  if (other === room) {
    if (!room.endsWith('/*')) return null
    const lab = (path: string): string => path.split('/').slice(0, 3).join('/')
    return lab(from.split(sep).join('/')) === lab(to) ? null : `One lab must not import another: ${to}.`
  }
  if (to.startsWith('scripts/') && entry.rooms.includes('scripts')) return null
  if (other === null) return `${to} lies in no room of the house.`
  if (other === 'src-main/labs/*' && entry.rooms.includes('src-main/labs/*/model')) {
    return to.split('/')[3] === 'model' ? null : `The page may import only the model of a lab, not ${to}.`
  }
  if (entry.rooms.includes(other)) return null
  if (kind === 'type' && typeOnly[room]?.includes(other)) return null
  return `${room} must not import from ${other}.`
}

const rule: Rule.RuleModule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const check = (node: Rule.Node, source: unknown, kind: unknown): void => {
      if (typeof source !== 'string') return
      const why = refusal(context.cwd, context.filename, source, kind === 'type' ? 'type' : 'value')
      if (why !== null) context.report({ node, message: why })
    }
    return {
      ImportDeclaration: (node) => check(node, node.source.value, 'importKind' in node ? node.importKind : 'value'),
      ExportAllDeclaration: (node) => check(node, node.source.value, 'value'),
      ExportNamedDeclaration: (node) =>
        check(node, node.source?.value, 'exportKind' in node ? node.exportKind : 'value'),
      ImportExpression: (node) => check(node, node.source.type === 'Literal' ? node.source.value : null, 'value'),
    }
  },
}

export default rule

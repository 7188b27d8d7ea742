// One line of the text form as a statement with the places of its parts, or what is wrong with it. Lines stand alone, so
// each is read once and kept; what names mean over the whole text is found in parse.ts.
import type { SyntaxNode, Tree } from '@lezer/common'
import { didYouMeanOne } from './near.ts'
import { MAX_INSTANCES, MAX_NAME_LENGTH } from '../../../../contract/limits.ts'
import { parser } from './graph-text-parser.ts'
import { type Complaint, textTexts as texts } from './texts.ts'

export interface Span {
  from: number
  to: number
}
/** A node as it is mentioned. `key` is equal for mentions of the same node. */
export interface Mention extends Span {
  name: string
  id: string | null
  key: string
}
export interface Counted extends Span {
  value: number
}
export interface Item extends Span {
  node: Mention
  times: Counted | null
}
export type Verb = 'holds' | 'wants' | 'claims'
export interface Part extends Span {
  verb: Verb
  items: Item[]
}
/** Places are those in the line, from 0. `span` is the statement without indentation and comment. */
export type Statement = { span: Span } &
  /** `claims` says of each arrow whether it is one of a claim */
  (
    | { form: 'arrows'; items: Item[]; claims: boolean[] }
    | { form: 'has'; node: Mention; amount: Counted }
    | { form: 'claims'; node: Mention; parts: Part[] }
    | { form: 'declare'; kind: 'process' | 'resource'; word: Span; nodes: Mention[] }
  )
export interface Line {
  statement: Statement | null
  problems: (Span & Complaint)[]
  comment: Span | null
}

const lineParser = parser.configure({ top: 'Line' })
const MOST_KEPT = 50_000
let kept = new Map<string, Line>()

/** Reads one line, without its line break. Equal lines give the same object. */
export function readLine(text: string): Line {
  const known = kept.get(text)
  if (known !== undefined) return known
  if (kept.size >= MOST_KEPT) kept = new Map()
  const line = read(text)
  kept.set(text, line)
  return line
}

export const keyOf = (name: string, id: string | null): string => JSON.stringify(id === null ? [name] : [name, id])

function read(text: string): Line {
  if (text.trim() === '') return { statement: null, problems: [], comment: null }
  const tree = lineParser.parse(text)
  const problems: Line['problems'] = []
  const comment = commentOf(tree)
  const top = statementNode(tree)
  const wrong = complaintOf(text, tree)
  if (wrong !== null) return { statement: null, problems: [wrong], comment }
  if (top === null) return { statement: null, problems, comment }
  const statement = new Reader(text, problems).statement(top)
  return { statement: problems.length === 0 ? statement : null, problems, comment }
}

function commentOf(tree: Tree): Span | null {
  let found: Span | null = null
  tree.iterate({ enter: ({ name, from, to }) => void (name === 'Comment' && (found = { from, to })) })
  return found
}

function statementNode(tree: Tree): SyntaxNode | null {
  for (let node = tree.topNode.firstChild; node !== null; node = node.nextSibling) {
    if (node.name !== 'Comment') return node
  }
  return null
}

function* children(node: SyntaxNode): Generator<SyntaxNode> {
  for (let child = node.firstChild; child !== null; child = child.nextSibling) yield child
}

/** Builds a statement from a tree without syntax errors. */
class Reader {
  readonly #text: string
  readonly #problems: Line['problems']

  constructor(text: string, problems: Line['problems']) {
    this.#text = text
    this.#problems = problems
  }

  statement(top: SyntaxNode): Statement | null {
    const span = { from: top.from, to: top.to }
    const parts = [...children(top)]
    const [first] = parts
    if (first === undefined) return null
    switch (top.name) {
      case 'Arrows': {
        const items = parts.filter(({ name }) => name === 'Item').map((node) => this.#item(node))
        this.#noCount(items[0])
        const claims = parts.filter(({ name }) => name.endsWith('Arrow')).map(({ name }) => name === 'ClaimArrow')
        return { span, form: 'arrows', items, claims }
      }
      case 'Has': {
        const item = this.#item(first)
        this.#noCount(item)
        return { span, form: 'has', node: item.node, amount: this.#amount(parts.at(-1) ?? first) }
      }
      case 'Claims':
        return { span, form: 'claims', ...this.#claims(parts) }
      case 'Declare': {
        const items = parts.filter(({ name }) => name === 'Item').map((node) => this.#item(node))
        for (const item of items) this.#noCount(item)
        if (items.length === 0) this.#say(first, texts.nothingNamed(this.#slice(first)))
        const kind = first.name === 'ProcessWord' ? 'process' : 'resource'
        return { span, form: 'declare', kind, word: spanOf(first), nodes: items.map(({ node }) => node) }
      }
      default:
        this.#item(first)
        if (this.#problems.length === 0) this.#say(top, texts.lone(this.#slice(top)))
        return null
    }
  }

  #claims([first, ...rest]: SyntaxNode[]): { node: Mention; parts: Part[] } {
    const subject = this.#item(first as SyntaxNode)
    this.#noCount(subject)
    const parts: Part[] = []
    for (const node of rest) {
      if (node.name === 'Item') {
        const item = this.#item(node)
        const part = parts.at(-1)
        part?.items.push(item)
        if (part !== undefined) part.to = item.to
      } else if (node.name !== 'Comma' && node.name !== 'AndWord') {
        parts.push({ verb: verbOf[node.name] ?? 'wants', items: [], ...spanOf(node) })
      }
    }
    for (const part of parts) if (part.items.length === 0) this.#say(part, texts.nothingNamed(this.#slice(part)))
    return { node: subject.node, parts }
  }

  #item(node: SyntaxNode): Item {
    const [name, times] = [node.getChild('Node'), node.getChild('Times')]
    return {
      ...spanOf(node),
      node: this.#mention(name ?? node),
      times: times === null ? null : this.#count(times),
    }
  }

  #count(node: SyntaxNode): Counted {
    const value = Number(this.#text.slice(node.from + 1, node.to))
    if (value < 1 || value > MAX_INSTANCES) this.#say(node, texts.count(this.#slice(node)))
    return { ...spanOf(node), value }
  }

  #amount(node: SyntaxNode): Counted {
    const text = this.#slice(node)
    const value = /^\d+$/.test(text) ? Number(text) : 0
    if (value < 1 || value > MAX_INSTANCES) this.#say(node, texts.amount(text))
    return { ...spanOf(node), value }
  }

  #mention(node: SyntaxNode): Mention {
    const [word] = children(node)
    const at = node.getChild('At')
    const text = word === undefined ? '' : this.#slice(word)
    const name = word?.name === 'Name' ? text : unquoted(text)
    if (word?.name === 'Unclosed') this.#say(word, texts.openQuote)
    else if (name === '') this.#say(node, texts.emptyName)
    else if (name.length > MAX_NAME_LENGTH) this.#say(node, texts.longName(name.length))
    else if (/[\u0000-\u001f\u007f]/.test(name)) this.#say(node, texts.quoteSigns)
    const behind = at === null ? null : this.#text.slice(at.from + 1, at.to)
    const id = behind?.startsWith('"') === true ? unquoted(behind) : behind
    return { ...spanOf(node), name, id, key: keyOf(name, id) }
  }

  #noCount(item: Item | undefined): void {
    if (item?.times) this.#say(item.times, texts.countAtStart(this.#slice(item.times)))
  }

  #slice({ from, to }: Span): string {
    return this.#text.slice(from, to)
  }

  #say({ from, to }: Span, complaint: Complaint): void {
    this.#problems.push({ from, to, ...complaint })
  }
}

const verbOf: Readonly<Record<string, Verb>> = { HoldsWord: 'holds', ClaimsWord: 'claims' }
const spanOf = ({ from, to }: Span): Span => ({ from, to })
const unquoted = (text: string): string => text.slice(1, -1).replace(/\\(.)/gsu, '$1')

interface Token extends Span {
  name: string
  text: string
}

/** Why a line does not fit the grammar, at the first place where it does not; null when it fits. */
function complaintOf(text: string, tree: Tree): (Span & Complaint) | null {
  const tokens: Token[] = []
  let error: Span | null = null
  tree.iterate({
    enter: (node) => {
      if (node.type.isError && (error === null || node.from < error.from)) error = spanOf(node)
      if (node.name !== 'Comment' && node.node.firstChild === null && node.to > node.from) {
        tokens.push({ name: node.name, from: node.from, to: node.to, text: text.slice(node.from, node.to) })
      }
    },
  })
  if (error === null) return null
  const { from, to } = error as Span
  // Words that the parser skipped to go on are errors too; the first of them is what a person has to look at.
  const at = tokens.findIndex((token) => token.to > from)
  const [before, found] = [at < 0 ? tokens.at(-1) : tokens[at - 1], at < 0 ? undefined : tokens[at]]
  const first = at === 1 ? before : undefined
  const meant = first?.name === 'Name' ? didYouMeanOne(first.text, declaring) : null
  if (first !== undefined && meant !== null) return { ...spanOf(first), ...texts.verb(first.text, meant) }
  const complaint = explain(before, found, tokens)
  const place = found ?? before ?? { from, to: Math.max(to, from + 1) }
  return { ...spanOf(place), ...complaint }
}

const verbs = ['holds', 'wants', 'claims', 'has', 'asks for', 'requests', 'process', 'type']
const declaring = ['process', 'type']
const isWord = (text: string): boolean => /^[\p{L}\p{M}\p{N}_.']+$/u.test(text)

function explain(before: Token | undefined, found: Token | undefined, tokens: readonly Token[]): Complaint {
  if (found === undefined) {
    if (before?.name.endsWith('Arrow') === true) return texts.arrowNowhere
    if (before?.name === 'HasWord') return texts.amount(null)
    if (before?.name === 'AsksWord') return texts.asksFor
    return before === undefined ? texts.notUnderstood('') : texts.nothingNamed(before.text)
  }
  if (found.text.startsWith('@')) return texts.idAlone
  if (found.name.endsWith('Arrow') || ['->', '→', '~>'].includes(found.text)) {
    return before === undefined ? texts.arrowFromNowhere : texts.arrowNowhere
  }
  if (/^[x×]\d+$/.test(found.text)) return texts.countAsName(found.text)
  if (before?.name === 'HasWord') return texts.amount(found.text)
  if (before?.name === 'AsksWord') return texts.asksFor
  if (!isWord(found.text) && !found.text.startsWith('"')) return texts.unknownSign(found.text)
  if (found.name.endsWith('Word') || verbs.includes(found.text)) return texts.reserved(found.text)
  const near = didYouMeanOne(found.text, verbs)
  if (before !== undefined && (near !== null || tokens.indexOf(found) === 1)) return texts.verb(found.text, near)
  return texts.notUnderstood(found.text)
}

// YAML with places: each value knows where it stands in the text, so that a refusal can say so. Knows no format that is
// written in YAML.
import { type Document, LineCounter, type Node, isMap, isNode, isScalar, isSeq, parseAllDocuments } from 'yaml'
import { type Place, quoted, refuseAt } from '../../../../formats/refusal.ts'
import { texts } from './texts.ts'

/** More than this in all is refused by the parser: short texts can stand for endless ones. */
const MAX_ALIASES = 1_000

/** One value of a YAML text. What is not there is a value too, an undefined one at the place where it was missed. */
export class YamlValue {
  readonly #document: Document
  readonly #lines: LineCounter
  readonly #node: Node | null
  readonly #nearest: number
  /** what led here, such as "services.web.ports[0]" */
  readonly path: string

  constructor(document: Document, lines: LineCounter, node: unknown, path: string, nearest: number) {
    this.#document = document
    this.#lines = lines
    const alias =
      isNode(node) && 'source' in node && 'resolve' in node ? (node as { resolve(d: Document): Node }) : null
    this.#node = alias !== null ? (alias.resolve(document) ?? null) : isNode(node) ? node : null
    this.#nearest = (isNode(node) ? node.range?.[0] : undefined) ?? nearest
    this.path = path
  }

  get place(): Place {
    const { line, col } = this.#lines.linePos(this.#nearest)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }

  /** Neither written nor null. */
  get there(): boolean {
    return this.#node !== null && !(isScalar(this.#node) && this.#node.value === null)
  }

  get isMap(): boolean {
    return isMap(this.#node)
  }

  get isList(): boolean {
    return isSeq(this.#node)
  }

  /** Numbers, texts and switches as they are; everything else is undefined. */
  get plain(): string | number | boolean | undefined {
    const value = isScalar(this.#node) ? this.#node.value : undefined
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined
  }

  get(key: string): YamlValue {
    const inner = isMap(this.#node) ? this.#entry(key) : undefined
    return this.#inner(inner, this.path === '' ? key : `${this.path}.${key}`)
  }

  /** Merged maps (`<<`) count after a map's own keys. */
  #entry(key: string, depth = 0): unknown {
    if (!isMap(this.#node)) return undefined
    const own = this.#node.get(key, true)
    if (own !== undefined || depth > 20) return own
    const merged = this.#inner(this.#node.get('<<', true), this.path)
    for (const one of merged.isList ? merged.list() : [merged]) {
      const found = one.#entry(key, depth + 1)
      if (found !== undefined) return found
    }
    return undefined
  }

  keys(): string[] {
    if (!isMap(this.#node)) return []
    const own = this.#node.items.map(({ key }) => String(isScalar(key) ? key.value : key))
    const merged = own.includes('<<') ? this.#inner(this.#node.get('<<', true), this.path) : null
    const more = merged === null ? [] : merged.isList ? merged.list().flatMap((one) => one.keys()) : merged.keys()
    return [...new Set([...own.filter((key) => key !== '<<'), ...more])]
  }

  /** The entries of a list; of anything else none. */
  list(): YamlValue[] {
    if (!isSeq(this.#node)) return []
    return this.#node.items.map((item, index) => this.#inner(item, `${this.path}[${index}]`))
  }

  #inner(node: unknown, path: string): YamlValue {
    return new YamlValue(this.#document, this.#lines, node, path, this.#nearest)
  }

  /** @throws InterlockError `bad-input` with the place, the way to it and the problem */
  refuse(problem: string): never {
    refuseAt(this.place, `${this.path === '' ? '' : `${this.path}: `}${problem}`)
  }

  /** The value as a text; '' when there is none. @throws InterlockError when it is a list or a map */
  text(): string {
    if (!this.there) return ''
    if (this.plain === undefined) this.refuse(texts.yaml.wantsText)
    return String(this.plain)
  }

  /** @throws InterlockError when it is there and no whole number between these two */
  whole(min: number, max: number): number | undefined {
    if (!this.there) return undefined
    const value = Number(this.plain)
    if (this.plain === '' || !Number.isInteger(value) || value < min || value > max) {
      this.refuse(texts.yaml.wantsWhole(min, max, quoted(String(this.plain))))
    }
    return value
  }

  /** @throws InterlockError when it is there and no list */
  wantedList(): YamlValue[] {
    if (this.there && !this.isList) this.refuse(texts.yaml.wantsList)
    return this.list()
  }

  /** @throws InterlockError when it is there and no map */
  wantedMap(): this {
    if (this.there && !this.isMap) this.refuse(texts.yaml.wantsMap)
    return this
  }
}

/**
 * The documents of a text, empty ones left out.
 * @throws InterlockError `bad-input` with line and column where it is no YAML
 */
export function readYaml(text: string): YamlValue[] {
  const lines = new LineCounter()
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, merge: false })
  const documents = Array.isArray(parsed) ? parsed : []
  let aliases = 0
  for (const document of documents) {
    const error = document.errors[0]
    if (error !== undefined) {
      const { line, col } = lines.linePos(error.pos[0])
      refuseAt({ line: Math.max(1, line), column: Math.max(1, col) }, texts.yaml.broken(firstSentence(error.message)))
    }
    aliases += [...text.matchAll(/(?:^|[\s[,{])\*[\w-]+/g)].length
    if (aliases > MAX_ALIASES) refuseAt({ line: 1, column: 1 }, texts.yaml.tooManyAliases(MAX_ALIASES))
  }
  return documents
    .filter(({ contents }) => contents !== null)
    .map((document) => new YamlValue(document as Document, lines, document.contents, '', document.range?.[0] ?? 0))
    .filter(({ there }) => there)
}

const firstSentence = (message: string): string => `${message.split(/[\n:]/)[0]?.trim().replace(/\.$/, '') ?? ''}.`

// Bulk that the host only passes on. A model or a verdict of many records would block the host for long if it were
// parsed and written again on its way between page and engine worker, so it stays a text: `decode` cuts it out of a
// large message and `encode` puts it back. Knows JSON, not what the messages mean.
import { MAX_JSON_DEPTH } from '../contract/limits.ts'
import { type JsonFault, parseJson } from '../contract/json.ts'

/** A JSON object that is still a text. Whether the text is JSON shows when somebody parses it. */
export class JsonPart {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  /** Stands aside while a message is written; `encode` puts the text there. */
  toJSON(): string {
    return aside?.leave(this.text) ?? this.text
  }

  /** @throws SyntaxError when the text is no JSON or nests too deep */
  parse(): unknown {
    const result = parseJson(this.text, MAX_JSON_DEPTH)
    if ('fault' in result) throw new SyntaxError(result.fault.expected)
    return result.value
  }
}

/** Where the parts of the message being written are put meanwhile; writing is never interrupted. */
let aside: { leave(text: string): string } | null = null

/** Messages shorter than this are parsed whole: that takes a millisecond at most. */
const WHOLE_BELOW = 64 * 1024
/** How far from the beginning a bulky field may start, and how far from the end it may end. */
const HEAD = 1024
const TAIL = 4096
/** The frame of a call around a document. */
const FRAME_DEPTH = 8

/**
 * Parses a message.
 * @param bulky names of fields that are left as a `JsonPart` when the message is large, the most wanted first; other
 *   large messages are parsed whole
 */
export function decode(text: string, bulky: readonly string[]): { value: unknown } | { fault: JsonFault } {
  if (text.length >= WHOLE_BELOW) {
    const value = decodeAround(text, bulky)
    if (value !== undefined) return { value }
  }
  return parseJson(text, MAX_JSON_DEPTH + FRAME_DEPTH)
}

/**
 * Cuts one object out of the text and parses the rest. When both the rest (with a value in the object's place) and the
 * object are JSON, the whole is JSON with exactly that object there: values of JSON stand alone. The rest is checked
 * here, the object by whoever parses it. The longest rest that parses is the exact cut, since a cut inside the object
 * leaves a closing bracket too many, and one behind it a shorter rest.
 */
function decodeAround(text: string, bulky: readonly string[]): unknown {
  const head = text.slice(0, HEAD)
  for (const field of bulky) {
    const key = `"${field}":{`
    const at = head.indexOf(key)
    if (at < 0) continue
    const start = at + key.length - 1
    const tailStart = Math.max(start, text.length - TAIL)
    const tail = text.slice(tailStart)
    const hole = holeFor(head + tail)
    for (let end = tail.indexOf('}'); end >= 0; end = tail.indexOf('}', end + 1)) {
      const value = tryParse(text.slice(0, start) + hole + tail.slice(end + 1))
      if (value === undefined) continue
      return fill(value, JSON.parse(hole) as string, new JsonPart(text.slice(start, tailStart + end + 1)))
    }
  }
  return undefined
}

/** A string, as JSON, that does not occur in the text. */
function holeFor(text: string): string {
  let hole = '"\\u0000"'
  for (let n = 0; text.includes(hole.slice(1, -1)); n += 1) hole = `"\\u0000${n}"`
  return hole
}

function tryParse(text: string): unknown {
  const result = parseJson(text, FRAME_DEPTH + MAX_JSON_DEPTH)
  return 'value' in result ? result.value : undefined
}

/** Puts the part where the hole is; the value is small and shallow here. */
function fill(value: unknown, hole: string, part: JsonPart): unknown {
  if (value === hole) return part
  if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value)) {
      const inner = (value as Record<string, unknown>)[key]
      const filled = fill(inner, hole, part)
      if (filled !== inner) (value as Record<string, unknown>)[key] = filled
    }
  }
  return value
}

/** Writes a message; parts are put in as they are. */
export function encode(value: unknown): string {
  const parts: string[] = []
  const mark = `part-${Math.random().toString(36).slice(2)}-`
  aside = { leave: (part) => `${mark}${parts.push(part) - 1}` }
  let text: string
  try {
    text = JSON.stringify(value)
  } finally {
    aside = null
  }
  if (parts.length === 0) return text
  return text.replace(new RegExp(`"${mark}(\\d+)"`, 'g'), (whole, index: string) => parts[Number(index)] ?? whole)
}

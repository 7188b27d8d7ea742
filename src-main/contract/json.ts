// JSON texts from elsewhere: parsed without recursion of our own, with a limit on depth, and with the place where
// reading stopped when it is no JSON. Knows no document and no message.

/** Why a text is no JSON: where, what would have fitted, what stands there. */
export interface JsonFault {
  kind: 'syntax' | 'truncated' | 'depth'
  /** offset in UTF-16 units */
  offset: number
  /** from 1 */
  line: number
  /** from 1, in UTF-16 units */
  column: number
  expected: string
  found: string
}

export type JsonResult = { value: unknown } | { fault: JsonFault }

const QUOTE = 34
const BACKSLASH = 92

/**
 * Parses a JSON text.
 * @param maxDepth deepest nesting of objects and arrays that is accepted; a number is depth 0, `[]` is depth 1
 */
export function parseJson(text: string, maxDepth: number): JsonResult {
  const tooDeep = depthFault(text, maxDepth)
  if (tooDeep !== null)
    return { fault: faultAt(text, 'depth', tooDeep, `at most ${maxDepth} levels`, 'one level more') }
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return { fault: findFault(text) }
  }
}

/** Offset of the first bracket that nests deeper than allowed, or null. Looks at brackets and strings only. */
function depthFault(text: string, maxDepth: number): number | null {
  let depth = 0
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) {
      i = endOfString(text, i)
      if (i < 0) return null
    } else if (code === 91 || code === 123) {
      depth += 1
      if (depth > maxDepth) return i
    } else if (code === 93 || code === 125) depth -= 1
  }
  return null
}

/** Offset of the quote that ends the string opened at `start`, or -1. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end >= 0) {
    let slashes = 0
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1
    if (slashes % 2 === 0) return end
    end = text.indexOf('"', end + 1)
  }
  return -1
}

function faultAt(text: string, kind: JsonFault['kind'], offset: number, expected: string, found: string): JsonFault {
  let line = 1
  let start = 0
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1
    start = at + 1
  }
  return { kind, offset, line, column: offset - start + 1, expected, found }
}

/** What stands at an offset, as a person would name it. */
function foundAt(text: string, offset: number): string {
  if (offset >= text.length) return 'the end of the text'
  const code = text.codePointAt(offset) ?? 0
  if (code < 32) return code === 10 || code === 13 ? 'the end of the line' : `control character ${code}`
  const word = /^[\w.+-]{2,20}/.exec(text.slice(offset, offset + 24))
  return word ? `"${word[0]}"` : `"${String.fromCodePoint(code)}"`
}

const scalar = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y
/** The beginning of a word or number that is no value yet. */
const cutScalar =
  /^(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|-(?:0|[1-9]\d*)?\.?|(?:0|[1-9]\d*)\.|-?(?:0|[1-9]\d*)(?:\.\d+)?[eE][+-]?)$/
const space = /[ \t\n\r]*/y
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

/** Offset of the first character after the opening quote that a string cannot go on with: its end, or its fault. */
function stringRun(text: string, quote: number): number {
  for (let at = quote + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === QUOTE || code < 32) return at
    if (code === BACKSLASH) {
      const end = skip(escape, text, at)
      if (end === at) return text.length - at < 6 && /^\\(?:u[0-9a-fA-F]*)?$/.test(text.slice(at)) ? text.length : at
      at = end - 1
    }
  }
  return text.length
}

/** Finds where a text that JSON.parse refused stops being JSON: a small automaton with a stack of its own. */
function findFault(text: string): JsonFault {
  const open: ('[' | '{')[] = []
  type Want = 'value' | 'value-or-]' | 'key-or-}' | 'key' | ':' | 'next'
  let want: Want = 'value'
  let at = 0
  const names: Record<Want, string> = {
    value: 'a value',
    'value-or-]': 'a value or "]"',
    'key-or-}': 'a name in quotes or "}"',
    key: 'a name in quotes',
    ':': '":"',
    next: '"," or a closing bracket',
  }
  for (;;) {
    at = skip(space, text, at)
    const char = text[at]
    const inside = open.at(-1)
    const wantsName: boolean = want === 'key' || want === 'key-or-}'
    if (want === 'next' && inside === undefined) {
      return faultAt(text, 'syntax', at, 'the end of the text', foundAt(text, at))
    }
    const expected = want === 'next' ? (inside === '{' ? '"," or "}"' : '"," or "]"') : names[want]
    if (char === undefined) return faultAt(text, 'truncated', at, expected, foundAt(text, at))
    const fault = (): JsonFault => faultAt(text, 'syntax', at, expected, foundAt(text, at))

    if (want === 'next') {
      if (char === ',') want = inside === '{' ? 'key' : 'value'
      else if (char === (inside === '{' ? '}' : ']')) open.pop()
      else return fault()
      at += 1
    } else if (want === ':') {
      if (char !== ':') return fault()
      want = 'value'
      at += 1
    } else if ((want === 'key-or-}' && char === '}') || (want === 'value-or-]' && char === ']')) {
      open.pop()
      want = 'next'
      at += 1
    } else if (char === '"') {
      const end = stringRun(text, at)
      if (text[end] !== '"') {
        if (end >= text.length) return faultAt(text, 'truncated', end, 'the end of a string', 'the end of the text')
        return faultAt(text, 'syntax', end, 'a character of a string', foundAt(text, end))
      }
      at = end + 1
      want = wantsName ? ':' : 'next'
    } else if (wantsName) return fault()
    else if (char === '{' || char === '[') {
      open.push(char)
      want = char === '{' ? 'key-or-}' : 'value-or-]'
      at += 1
    } else {
      const end = skip(scalar, text, at)
      if (end === at) {
        return cutScalar.test(text.slice(at, at + 400))
          ? faultAt(text, 'truncated', text.length, expected, 'the end of the text')
          : fault()
      }
      at = end
      want = 'next'
    }
  }
}

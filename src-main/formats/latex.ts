// A text as LaTeX that every engine sets with its usual fonts: pure ASCII, accents as commands, Greek letters and small
// figures in mathematics. What has no such form is written by its nearest letters or its number, and reported.

const special: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '$<$',
  '>': '$>$',
  '|': '$|$',
  '"': "''",
  '`': '{}`{}',
  "'": "{}'{}",
  '-': '{-}',
  // After the end of a row of a table these would be read as its argument or its star.
  '[': '{[}',
  ']': '{]}',
  '*': '{*}',
  ß: '\\ss{}',
  æ: '\\ae{}',
  Æ: '\\AE{}',
  œ: '\\oe{}',
  Œ: '\\OE{}',
  ø: '\\o{}',
  Ø: '\\O{}',
  ł: '\\l{}',
  Ł: '\\L{}',
  ı: '\\i{}',
  ȷ: '\\j{}',
  '…': '\\ldots{}',
  '–': '--',
  '—': '---',
  '‘': '`',
  '’': "'",
  '“': '``',
  '”': "''",
  '→': '$\\to$',
  '←': '$\\leftarrow$',
  '×': '$\\times$',
  '±': '$\\pm$',
  '·': '$\\cdot$',
  '•': '$\\bullet$',
  '≤': '$\\le$',
  '≥': '$\\ge$',
  '≠': '$\\ne$',
  '∞': '$\\infty$',
  '°': '$^\\circ$',
  '¹': '$^1$',
  '²': '$^2$',
  '³': '$^3$',
  '\u00a0': '~',
}

/** Combining marks to the accent commands that the oldest font encoding has. */
const accents: Readonly<Record<string, string>> = {
  '\u0300': '`',
  '\u0301': "'",
  '\u0302': '^',
  '\u0303': '~',
  '\u0304': '=',
  '\u0306': 'u ',
  '\u0307': '.',
  '\u0308': '"',
  '\u030a': 'r ',
  '\u030b': 'H ',
  '\u030c': 'v ',
  '\u0323': 'd ',
  '\u0327': 'c ',
  '\u0331': 'b ',
}

const lower =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi o pi rho sigma tau upsilon phi chi psi omega'
const capitals: Readonly<Record<string, string>> = {
  Γ: 'Gamma',
  Δ: 'Delta',
  Θ: 'Theta',
  Λ: 'Lambda',
  Ξ: 'Xi',
  Π: 'Pi',
  Σ: 'Sigma',
  Υ: 'Upsilon',
  Φ: 'Phi',
  Ψ: 'Psi',
  Ω: 'Omega',
}
const greek = new Map<string, string>([
  ...[...'αβγδεζηθικλμνξοπρστυφχψω'].map((letter, index): [string, string] => {
    const name = lower.split(' ')[index] ?? ''
    return [letter, name === 'o' ? 'o' : `$\\${name}$`]
  }),
  ...Object.entries(capitals).map(([letter, name]): [string, string] => [letter, `$\\${name}$`]),
  ...[...'ΑΒΕΖΗΙΚΜΝΟΡΤΧ'].map((letter, index): [string, string] => [letter, 'ABEZHIKMNOPTX'[index] ?? '']),
  ['ς', '$\\varsigma$'],
])

const cyrillic = new Map<string, string>(
  [...'абвгдежзийклмнопрстуфхцчшщъыьэюя'].flatMap((letter, index): [string, string][] => {
    const latin = 'a b v g d e zh z i j k l m n o p r s t u f kh c ch sh shh _ y _ e yu ya'.split(' ')[index] ?? ''
    const word = latin === '_' ? '' : latin
    return [
      [letter, word],
      [letter.toUpperCase(), word.charAt(0).toUpperCase() + word.slice(1)],
    ]
  }),
)

export interface LatexText {
  tex: string
  /** characters that are written otherwise than they are, each once */
  changed: string[]
}

/** @returns one line of LaTeX for text mode; an empty text gives an empty one */
export function latexText(text: string): LatexText {
  const changed = new Set<string>()
  const tex = [...text.normalize('NFC')].map((char) => letter(char, changed)).join('')
  return { tex, changed: [...changed] }
}

function letter(char: string, changed: Set<string>): string {
  const code = char.codePointAt(0) ?? 0
  const known = special[char] ?? greek.get(char)
  if (known !== undefined) return known
  if (code >= 32 && code < 127) return char
  if (code < 32 || code === 127) return ' '
  if (code >= 0x2080 && code <= 0x2089) return `$_${code - 0x2080}$`
  if (code === 0x2070 || (code >= 0x2074 && code <= 0x2079)) return `$^${code - 0x2070}$`
  const [base = '', ...marks] = [...char.normalize('NFD')]
  if (marks.length > 0 && /^[A-Za-z]$/.test(base) && marks.every((mark) => mark in accents)) {
    // An accent stands over a letter without its dot.
    return marks.reduce((inner, mark) => `\\${accents[mark] ?? ''}{${inner}}`, /^[ij]$/.test(base) ? `\\${base}` : base)
  }
  changed.add(char)
  const near = cyrillic.get(char)
  if (near !== undefined) return near
  const plain = char.normalize('NFKD').replace(/[^\x20-\x7e]/g, '')
  return plain === ''
    ? `{[}U+${code.toString(16).toUpperCase().padStart(4, '0')}{]}`
    : [...plain].map((c) => letter(c, changed)).join('')
}

/** The sentence that tells what `changed` holds; null when it is empty. */
export function latexRemark(changed: readonly string[]): string | null {
  if (changed.length === 0) return null
  const shown = changed.slice(0, 8).join(' ')
  const more = changed.length > 8 ? ` and ${changed.length - 8} more` : ''
  return `LaTeX's usual fonts lack ${shown}${more}: written by the nearest letters or by number.`
}

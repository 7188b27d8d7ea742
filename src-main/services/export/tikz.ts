// A painting as TikZ, for documents in LaTeX: a document of its own or the picture alone. Plain ASCII; needs nothing but
// the package tikz, and works with pdflatex, xelatex and lualatex.
import { latexRemark, latexText } from '../../formats/latex.ts'
import { flat, type Item, type Painting, type Segment, type Stroke } from './painting.ts'
import { number } from './xml.ts'

/** Sizes in which LaTeX's own sans serif exists, in points. */
const sizes = [5, 6, 7, 8, 9, 10, 10.95, 12, 14.4, 17.28]
/** Points for one unit of the canvas: 96 units are an inch. */
const POINTS = 0.75

export interface Tikz {
  text: string
  remarks: string[]
}

/** @param fragment the picture alone, without a document around it */
export function paintingToTikz(painting: Painting, fragment: boolean): Tikz {
  const { left, top, width, height } = painting
  const colours = new Map<string, string>()
  const colour = (hex: string): string => {
    const known = colours.get(hex) ?? `interlock${String.fromCharCode(97 + colours.size)}`
    colours.set(hex, known)
    return known
  }
  const changed = new Set<string>()
  const body = [...flat(painting.items)].map((item) => tikzItem(item, colour, changed))
  const remark = latexRemark([...changed])
  const comments = [painting.title, painting.description, ...(remark === null ? [] : [remark])]
  const picture = [
    ...comments.map((line) => `% ${line.replace(/\s+/g, ' ').trim()}`),
    '\\begin{tikzpicture}[x=0.75bp, y=-0.75bp, line cap=butt, line join=miter]',
    ...[...colours].map(([hex, name]) => `  \\definecolor{${name}}{HTML}{${hex.slice(1)}}`),
    `  \\path[use as bounding box] (${left},${top}) rectangle (${left + width},${top + height});`,
    ...body.map((line) => `  ${line}`),
    '\\end{tikzpicture}',
  ]
  const paper = `paperwidth=${number(width * POINTS)}bp, paperheight=${number(height * POINTS)}bp`
  const lines = fragment
    ? ['% Put \\usepackage{tikz} into the preamble of your document.', ...picture]
    : [
        '\\documentclass{article}',
        `\\usepackage[${paper}, margin=0pt]{geometry}`,
        '\\usepackage{tikz}',
        '\\pagestyle{empty}',
        '\\setlength{\\parindent}{0pt}',
        '\\setlength{\\topskip}{0pt}',
        '\\begin{document}',
        '\\vbox to 0pt{%',
        ...picture,
        '\\vss}',
        '\\end{document}',
      ]
  return { text: `${lines.join('\n')}\n`, remarks: remark === null ? [] : [remark] }
}

function tikzItem(item: Exclude<Item, { do: 'group' }>, colour: (hex: string) => string, changed: Set<string>): string {
  switch (item.do) {
    case 'circle':
      return `\\path[${paint(item.fill, item.stroke, colour)}] ${at(item.x, item.y)} circle[radius=${size(item.radius)}];`
    case 'box': {
      const corners = item.corner > 0 ? `, rounded corners=${size(item.corner)}` : ''
      return `\\path[${paint(item.fill, item.stroke, colour)}${corners}] ${at(item.x, item.y)} rectangle ${at(item.x + item.width, item.y + item.height)};`
    }
    case 'path':
      return `\\path[${paint(item.fill, item.stroke, colour)}] ${pathOf(item.segments)};`
    case 'text': {
      const { tex, changed: here } = latexText(item.content)
      for (const char of here) changed.add(char)
      const points = item.size * POINTS
      const near = sizes.reduce((best, one) => (Math.abs(one - points) < Math.abs(best - points) ? one : best), 10)
      const anchor = item.anchor === 'middle' ? 'base' : 'base west'
      const halo =
        item.halo === null ? ', inner sep=0pt' : `, fill=${colour(item.halo)}, inner sep=0.8bp, rounded corners=1bp`
      const font = `font=\\fontsize{${near}}{${near}}\\sffamily\\selectfont`
      // Here angles go counterclockwise.
      const turn = item.turn === undefined ? '' : `, rotate=${number(-item.turn)}`
      return `\\node[anchor=${anchor}${turn}, text=${colour(item.colour)}${halo}, ${font}] at ${at(item.x, item.y)} {${tex}};`
    }
  }
}

const size = (units: number): string => `${number(units * POINTS)}bp`
const at = (x: number, y: number): string => `(${number(x)},${number(y)})`

function paint(fill: string | null, stroke: Stroke | null, colour: (hex: string) => string): string {
  const parts: string[] = []
  if (fill !== null) parts.push(`fill=${colour(fill)}`)
  if (stroke !== null) {
    parts.push(`draw=${colour(stroke.colour)}`, `line width=${size(stroke.width)}`)
    if (stroke.round) parts.push('line cap=round', 'line join=round')
    if (stroke.dash.length > 0) {
      const dashes = stroke.dash.map((length, index) => `${index % 2 === 0 ? 'on' : 'off'} ${size(length)}`)
      parts.push(`dash pattern=${dashes.join(' ')}`)
    }
  }
  return parts.join(', ')
}

/** TikZ knows cubic curves only; a quadratic one is a cubic one with controls at two thirds of its own. */
function pathOf(segments: readonly Segment[]): string {
  let [x, y] = [0, 0]
  const third = (from: number, control: number): number => from + (2 / 3) * (control - from)
  return segments
    .map((segment) => {
      const before = [x, y] as const
      switch (segment[0]) {
        case 'M':
        case 'L':
          ;[, x, y] = segment
          return `${segment[0] === 'M' ? '' : '-- '}${at(x, y)}`
        case 'Q': {
          const [, cx, cy] = segment
          ;[x, y] = [segment[3], segment[4]]
          const first = at(third(before[0], cx), third(before[1], cy))
          return `.. controls ${first} and ${at(third(x, cx), third(y, cy))} .. ${at(x, y)}`
        }
        case 'C':
          ;[x, y] = [segment[5], segment[6]]
          return `.. controls ${at(segment[1], segment[2])} and ${at(segment[3], segment[4])} .. ${at(x, y)}`
        case 'Z':
          return '-- cycle'
      }
    })
    .join(' ')
}

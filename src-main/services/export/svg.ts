// A painting as a standalone SVG text: shapes, paths and text only, no foreign objects, no images, no scripts. The font
// travels inside, cut down to the letters that occur, or the letters are shapes.
import type { PictureFont } from './font/font.ts'
import { subsetFont } from './font/subset.ts'
import { type Item, type Line, type Painting, type Segment, type Stroke, textsOf } from './painting.ts'
import { family } from './style.ts'
import { escapeXml, number } from './xml.ts'

export interface SvgChoices {
  /** which letters are shapes: none, those of texts that the font has wholly, all (an empty box for a missing one) */
  outlines: 'none' | 'known' | 'all'
}

/** @returns a whole SVG document in UTF-8 */
export function paintingToSvg(painting: Painting, font: PictureFont, { outlines }: SvgChoices): string {
  const { left, top, width, height, title, description, background, items } = painting
  const shaped = (text: string): boolean =>
    outlines === 'all' || (outlines === 'known' && font.lacks(text).length === 0)
  const live = textsOf(items).filter((text) => !shaped(text))
  const frame = `width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}"`
  const letters = live.length === 0 ? '' : ` font-family="${escapeXml(family)}" font-weight="500"`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${frame} role="img" aria-labelledby="interlock-title interlock-description"${letters}>`,
    `<title id="interlock-title">${escapeXml(title)}</title>`,
    `<desc id="interlock-description">${escapeXml(description)}</desc>`,
    ...(live.length === 0 ? [] : [`<style>${fontFace(font, live)}</style>`]),
    ...(background === null
      ? []
      : [`<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${background}"/>`]),
    ...items.map((item) => svgItem(item, font, shaped)),
    '</svg>',
    '',
  ].join('\n')
}

/** Each thing of a painting as a piece of SVG with its letters as text, for a page that brings the font itself. */
export function svgPieces({ items }: Painting, font: PictureFont): string[] {
  return items.map((item) => svgItem(item, font, () => false))
}

/** The font with the letters of these texts, as a rule of a style sheet. */
export function fontFace(font: PictureFont, texts: readonly string[]): string {
  const file = subsetFont(font.bytes, font.glyphs([...new Set(texts.join(''))].join('')))
  const address = `data:font/ttf;base64,${file.toString('base64')}`
  return `@font-face{font-family:"Interlock Inter";font-weight:500;src:url(${address}) format("truetype")}`
}

/** Shapes without a document around them, letters as shapes wherever the font has them. */
export function svgMarkup(items: readonly Item[], font: PictureFont): string {
  const shaped = (text: string): boolean => font.lacks(text).length === 0
  return items.map((item) => svgItem(item, font, shaped)).join('')
}

function svgItem(item: Item, font: PictureFont, shaped: (text: string) => boolean): string {
  switch (item.do) {
    case 'group': {
      const title = item.title === null ? '' : `<title>${escapeXml(item.title)}</title>`
      return `<g>${title}${item.items.map((inner) => svgItem(inner, font, shaped)).join('')}</g>`
    }
    case 'circle':
      return `<circle cx="${number(item.x)}" cy="${number(item.y)}" r="${number(item.radius)}" ${paint(item.fill, item.stroke)}/>`
    case 'box': {
      const size = `width="${number(item.width)}" height="${number(item.height)}"`
      return `<rect x="${number(item.x)}" y="${number(item.y)}" ${size} rx="${number(item.corner)}" ${paint(item.fill, item.stroke)}/>`
    }
    case 'path':
      return `<path d="${pathData(item.segments)}" ${paint(item.fill, item.stroke)}/>`
    case 'text':
      return shaped(item.content) ? outlined(item, font) : lettered(item)
  }
}

const turned = ({ turn = 0, x, y }: Line): string =>
  turn === 0 ? '' : ` transform="rotate(${number(turn)} ${number(x)} ${number(y)})"`

const haloPaint = (colour: string): string => `stroke="${colour}" stroke-width="4" stroke-linejoin="round"`

function lettered(line: Line): string {
  const place = `x="${number(line.x)}" y="${number(line.y)}"${line.anchor === 'middle' ? ' text-anchor="middle"' : ''}`
  const halo = line.halo === null ? '' : ` ${haloPaint(line.halo)} paint-order="stroke"`
  return `<text ${place}${turned(line)} font-size="${number(line.size)}" fill="${line.colour}"${halo}>${escapeXml(line.content)}</text>`
}

function outlined(line: Line, font: PictureFont): string {
  const start = line.anchor === 'middle' ? line.x - font.width(line.content, line.size) / 2 : line.x
  const data = pathData(font.outline(line.content, start, line.y, line.size))
  const halo = line.halo === null ? '' : `<path d="${data}" fill="none" ${haloPaint(line.halo)}/>`
  return `<g${turned(line)}><title>${escapeXml(line.content)}</title>${halo}<path d="${data}" fill="${line.colour}"/></g>`
}

function paint(fill: string | null, stroke: Stroke | null): string {
  const filled = `fill="${fill ?? 'none'}"`
  if (stroke === null) return filled
  const dash = stroke.dash.length === 0 ? '' : ` stroke-dasharray="${stroke.dash.join(' ')}"`
  const round = stroke.round ? ' stroke-linecap="round" stroke-linejoin="round"' : ''
  return `${filled} stroke="${stroke.colour}" stroke-width="${stroke.width}"${round}${dash}`
}

/** Segments in the notation of SVG paths. */
export function pathData(segments: readonly Segment[]): string {
  return segments
    .map(([command, ...values]) => {
      const pairs = values.map(number)
      return command + pairs.map((value, index) => (index === 0 ? value : ` ${value}`)).join('')
    })
    .join(' ')
}

// A walkthrough as one HTML file that plays by itself, from a disk or a learning platform: pictures, letters, words and
// script are inside, and its own policy keeps it from loading or sending anything.
import { createHash } from 'node:crypto'
import { clockTime } from '../../../contract/captions.ts'
import type { PlayerData } from '../../../contract/told.ts'
import type { PictureFont } from '../font/font.ts'
import { textsOf } from '../painting.ts'
import { fontFace, svgPieces } from '../svg.ts'
import { escapeXml } from '../xml.ts'
import { darkRules } from './dark.ts'
import type { Storyboard } from './storyboard.ts'
import { playerScript, playerStyles } from './web-page-bundle.ts'

/** @returns the text of the file */
export function webPageOf(board: Storyboard, font: PictureFont): string {
  const { title, length, window, paintings, steps } = board
  const numbers = new Map<string, number>()
  const pictures = paintings.map((painting) =>
    svgPieces(painting, font).map((piece) => {
      const number = numbers.get(piece) ?? numbers.size
      numbers.set(piece, number)
      return number
    }),
  )
  const data: PlayerData = { title, length, window, pieces: [...numbers.keys()], pictures, steps }
  const letters = paintings.flatMap(({ items }) => textsOf(items))
  const styles = [letters.length === 0 ? '' : fontFace(font, letters), playerStyles, darkRules('.stage svg')].join('')
  const policy = [
    "default-src 'none'",
    `script-src '${digest(playerScript)}'`,
    `style-src '${digest(styles)}'`,
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Interlock">
<title>${escapeXml(title)}</title>
<style>${styles}</style>
</head>
<body>
<noscript>${withoutScript(board)}</noscript>
<script type="application/json" id="walkthrough">${inScript(JSON.stringify(data))}</script>
<script>${playerScript}</script>
</body>
</html>
`
}

const digest = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`

/** JSON that no text in it can end or turn into markup. */
const inScript = (json: string): string => json.replaceAll('<', '\\u003c')

/** What is said, for readers that run no scripts. */
function withoutScript({ title, steps }: Storyboard): string {
  const lines = steps.map(
    ({ at, chapter, caption }) =>
      `${chapter === '' ? '' : `<h2>${escapeXml(chapter)}</h2>`}<p>${clockTime(at)} ${escapeXml(caption)}</p>`,
  )
  return `<h1>${escapeXml(title)}</h1><p>This page plays with JavaScript. Without it, this is what is said.</p>${lines.join('')}`
}

// `node scripts/pack/icons.ts`: draws the icons of installers from the one SVG of the page: PNG for Linux, ICO for
// Windows, ICNS for macOS. Both containers hold plain PNGs, so no other program is needed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { initWasm, Resvg } from '@resvg/resvg-wasm'

const root = join(import.meta.dirname, '../..')
const SOURCE = 'src-renderer/ui/public/icon.svg'

/** Pixels of the icons that Linux desktops look for. */
const LINUX = [16, 24, 32, 48, 64, 128, 256, 512] as const
const WINDOWS = [16, 24, 32, 48, 64, 128, 256] as const
/** Types of ICNS entries that hold a PNG, with their pixels (Apple's icns types ic07 to ic14). */
const MACOS = [
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
] as const

/** Every file of the set by its path in the project. */
export async function drawIcons(): Promise<Map<string, Buffer>> {
  const svg = readFileSync(join(root, SOURCE), 'utf8')
  await initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')))
  const drawn = new Map<number, Buffer>()
  const png = (size: number): Buffer => {
    const known = drawn.get(size)
    if (known !== undefined) return known
    const made = Buffer.from(new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render().asPng())
    drawn.set(size, made)
    return made
  }
  const files = new Map(LINUX.map((size) => [`build/icons/${size}x${size}.png`, png(size)]))
  files.set('build/icon.png', png(1024))
  files.set('build/icon.ico', icoOf(WINDOWS.map((size) => ({ size, png: png(size) }))))
  files.set('build/icon.icns', icnsOf(MACOS.map(([type, size]) => ({ type, png: png(size) }))))
  return files
}

/** A header of 6 bytes, one entry of 16 for each image, then the images; 0 stands for 256 pixels. */
function icoOf(images: readonly { size: number; png: Buffer }[]): Buffer {
  const header = Buffer.alloc(6 + 16 * images.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(images.length, 4)
  let offset = header.length
  for (const [index, { size, png }] of images.entries()) {
    const at = 6 + 16 * index
    header.writeUInt8(size % 256, at)
    header.writeUInt8(size % 256, at + 1)
    header.writeUInt16LE(1, at + 4)
    header.writeUInt16LE(32, at + 6)
    header.writeUInt32LE(png.length, at + 8)
    header.writeUInt32LE(offset, at + 12)
    offset += png.length
  }
  return Buffer.concat([header, ...images.map(({ png }) => png)])
}

/** The word `icns` and the whole length, then for each image its type, its length with these eight bytes, and itself. */
function icnsOf(images: readonly { type: string; png: Buffer }[]): Buffer {
  const part = (type: string, content: Buffer): Buffer => {
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32BE(content.length + 8, 4)
    return Buffer.concat([head, content])
  }
  return part('icns', Buffer.concat(images.map(({ type, png }) => part(type, png))))
}

if (import.meta.main) {
  for (const [path, content] of await drawIcons()) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
}

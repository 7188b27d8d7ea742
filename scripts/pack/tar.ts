// Reads the files of a tar archive as npm writes it: POSIX ustar headers of 512 bytes, contents padded to the same.
// Long names of other dialects do not occur there and are refused.
import { Buffer } from 'node:buffer'

const BLOCK = 512

/** Regular files by their path. @throws Error for an entry whose kind is unknown */
export function readTar(bytes: Buffer): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0;) {
    const field = (from: number, length: number): string =>
      bytes.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '')
    const size = Number.parseInt(field(124, 12), 8) || 0
    const kind = field(156, 1)
    const prefix = field(345, 155)
    const name = prefix === '' ? field(0, 100) : `${prefix}/${field(0, 100)}`
    const content = bytes.subarray(at + BLOCK, at + BLOCK + size)
    if (kind === '' || kind === '0') files.set(name, content)
    else if (!['1', '2', '5', 'g', 'x'].includes(kind)) throw new Error(`${name}: an entry of kind "${kind}".`)
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
  }
  return files
}

// Writes a ZIP that is the same on every machine and at every time: sorted names, one fixed date, modes of Unix.
// fflate writes the container, zlib compresses: a runtime of 120 MB takes seconds instead of half a minute.
import { crc32, deflateRawSync } from 'node:zlib'
import { Zip, type ZipInputFile } from 'fflate'

export interface ZipEntry {
  /** path in the archive, with `/` between parts */
  name: string
  content: Uint8Array
  /** may be run as a program */
  program?: boolean
}

const DEFLATE = 8
const UNIX = 3
const REGULAR = 0o100000

/** Dates of a ZIP are local times without a zone, so a local time gives the same bytes everywhere. */
const date = (): Date => new Date(1980, 0, 1)

/** @param level of zlib: 1 quick, 9 small */
export function zipOf(entries: readonly ZipEntry[], level = 6): Uint8Array {
  const chunks: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error
    chunks.push(chunk)
  })
  const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const { name, content, program } of sorted) {
    const file: ZipInputFile = {
      filename: name,
      size: content.length,
      crc: crc32(content),
      compression: DEFLATE,
      os: UNIX,
      attrs: ((REGULAR | (program === true ? 0o755 : 0o644)) << 16) >>> 0,
      mtime: date(),
    }
    zip.add(file)
    // The archive has set this while the file was added; the whole content is one chunk.
    file.ondata?.(null, deflateRawSync(content, { level }), true)
  }
  zip.end()
  return Buffer.concat(chunks)
}

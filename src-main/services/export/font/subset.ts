// A font file with only some of the letters of another one, small enough to travel inside a picture. For TrueType fonts
// of simple glyphs without layout tables. Tables: OpenType specification, chapters glyf, loca, hmtx, cmap format 12.

interface Table {
  offset: number
  length: number
}

/**
 * Cuts a font down.
 * @param font a TrueType font; composite glyphs are not followed
 * @param glyphs glyph numbers by code point
 * @returns a TrueType font with glyph 0 and the given ones
 */
export function subsetFont(font: Buffer, glyphs: ReadonlyMap<number, number>): Buffer {
  const tables = tablesOf(font)
  const table = (tag: string): Buffer => {
    const found = tables.get(tag)
    return found === undefined ? Buffer.alloc(0) : font.subarray(found.offset, found.offset + found.length)
  }
  const codes = [...glyphs.keys()].sort((a, b) => a - b)
  const kept = [...new Set([0, ...codes.map((code) => glyphs.get(code) ?? 0)])]
  const numberOf = new Map(kept.map((glyph, index) => [glyph, index]))

  const long = table('head').readInt16BE(50) === 1
  const loca = table('loca')
  const start = (glyph: number): number => (long ? loca.readUInt32BE(glyph * 4) : loca.readUInt16BE(glyph * 2) * 2)
  const shapes = kept.map((glyph) => padded(table('glyf').subarray(start(glyph), start(glyph + 1))))
  const newLoca = Buffer.alloc((kept.length + 1) * 4)
  let end = 0
  shapes.forEach((shape, index) => {
    end += shape.length
    newLoca.writeUInt32BE(end, (index + 1) * 4)
  })

  const metrics = table('hhea').readUInt16BE(34)
  const hmtx = table('hmtx')
  const newHmtx = Buffer.alloc(kept.length * 4)
  kept.forEach((glyph, index) => {
    // Glyphs after the last metric share its advance.
    newHmtx.writeUInt16BE(hmtx.readUInt16BE(Math.min(glyph, metrics - 1) * 4), index * 4)
    const bearing = glyph < metrics ? glyph * 4 + 2 : metrics * 4 + (glyph - metrics) * 2
    newHmtx.writeInt16BE(hmtx.readInt16BE(bearing), index * 4 + 2)
  })

  const head = Buffer.from(table('head'))
  head.writeInt16BE(1, 50)
  head.writeUInt32BE(0, 8)
  const hhea = Buffer.from(table('hhea'))
  hhea.writeUInt16BE(kept.length, 34)
  const maxp = Buffer.from(table('maxp'))
  maxp.writeUInt16BE(kept.length, 4)
  return fontFile([
    ['OS/2', table('OS/2')],
    ['cmap', characterMap(codes.map((code) => [code, numberOf.get(glyphs.get(code) ?? 0) ?? 0]))],
    ['glyf', Buffer.concat(shapes)],
    ['head', head],
    ['hhea', hhea],
    ['hmtx', newHmtx],
    ['loca', newLoca],
    ['maxp', maxp],
    ['name', table('name')],
    ['post', table('post')],
  ])
}

function tablesOf(font: Buffer): Map<string, Table> {
  const tables = new Map<string, Table>()
  for (let i = 0; i < font.readUInt16BE(4); i += 1) {
    const at = 12 + i * 16
    tables.set(font.toString('latin1', at, at + 4), {
      offset: font.readUInt32BE(at + 8),
      length: font.readUInt32BE(at + 12),
    })
  }
  return tables
}

const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])

/** Format 12: one group for each letter. */
function characterMap(pairs: readonly (readonly [number, number])[]): Buffer {
  const map = Buffer.alloc(12 + 16 + pairs.length * 12)
  map.writeUInt16BE(1, 2)
  map.writeUInt16BE(3, 4)
  map.writeUInt16BE(10, 6)
  map.writeUInt32BE(12, 8)
  map.writeUInt16BE(12, 12)
  map.writeUInt32BE(16 + pairs.length * 12, 16)
  map.writeUInt32BE(pairs.length, 24)
  pairs.forEach(([code, glyph], index) => {
    const at = 28 + index * 12
    map.writeUInt32BE(code, at)
    map.writeUInt32BE(code, at + 4)
    map.writeUInt32BE(glyph, at + 8)
  })
  return map
}

function fontFile(tables: readonly (readonly [string, Buffer])[]): Buffer {
  const power = 2 ** Math.floor(Math.log2(tables.length))
  const directory = Buffer.alloc(12 + tables.length * 16)
  directory.writeUInt32BE(0x0001_0000, 0)
  directory.writeUInt16BE(tables.length, 4)
  directory.writeUInt16BE(power * 16, 6)
  directory.writeUInt16BE(Math.log2(power), 8)
  directory.writeUInt16BE((tables.length - power) * 16, 10)
  let offset = directory.length
  tables.forEach(([tag, bytes], index) => {
    const at = 12 + index * 16
    directory.write(tag, at, 'latin1')
    directory.writeUInt32BE(checksum(bytes), at + 4)
    directory.writeUInt32BE(offset, at + 8)
    directory.writeUInt32BE(bytes.length, at + 12)
    offset += padded(bytes).length
  })
  const file = Buffer.concat([directory, ...tables.map(([, bytes]) => padded(bytes))])
  const head = tablesOf(file).get('head')
  if (head !== undefined) file.writeUInt32BE((0xb1b0_afba - checksum(file)) >>> 0, head.offset + 8)
  return file
}

function checksum(bytes: Buffer): number {
  const whole = padded(bytes)
  let sum = 0
  for (let at = 0; at < whole.length; at += 4) sum = (sum + whole.readUInt32BE(at)) >>> 0
  return sum
}

// Which file of the built page a URL path means. Both shells serve the page through this one function.
// Knows neither HTTP servers nor Electron; it reads no file, it only says which one may be read.
import { realpath, stat } from 'node:fs/promises'
import { extname, isAbsolute, join, relative, sep } from 'node:path'

export interface StaticFile {
  /** absolute path inside the root, after symbolic links were resolved */
  path: string
  contentType: string
  /** bytes */
  size: number
  /** the name holds a hash of the content, so the file may be kept for ever */
  hashed: boolean
}

/** Types that are served. A file with any other ending counts as absent: nothing is guessed from content. */
export const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}

/**
 * The parts of a URL path, decoded once, or null when the path could mean anything but a plain file below a root.
 * Splitting comes before decoding, so an encoded slash never makes a new part.
 * @param urlPath path of a URL as it was sent: percent-encoded, without query, beginning with `/`
 */
export function pathParts(urlPath: string): string[] | null {
  if (!urlPath.startsWith('/') || urlPath.length > 2048) return null
  const parts: string[] = []
  for (const part of urlPath.slice(1).split('/')) {
    let name: string
    try {
      name = decodeURIComponent(part)
    } catch {
      return null
    }
    // A leading dot covers `.`, `..` and hidden files. A colon is a drive or a stream on Windows.
    if (name === '' || name.startsWith('.') || /[/\\:\p{Cc}]/u.test(name)) return null
    parts.push(name)
  }
  return parts
}

/**
 * The file that a URL path means, or null when there is none that may be served.
 * Never throws for a bad path, so that a refusal and an absence look the same from outside.
 * @param root folder of the built page
 * @param urlPath as for `pathParts`; `/` means the page itself
 */
export async function lookupFile(root: string, urlPath: string): Promise<StaticFile | null> {
  const parts = urlPath === '/' ? ['index.html'] : pathParts(urlPath)
  if (parts === null) return null
  const contentType = contentTypes[extname(parts.at(-1) ?? '').toLowerCase()]
  if (contentType === undefined) return null
  try {
    const realRoot = await realpath(root)
    const path = await realpath(join(realRoot, ...parts))
    // Compared as a relative path: with prefixes, `/srv/page-old` would count as inside `/srv/page`.
    const inside = relative(realRoot, path)
    if (inside === '' || isAbsolute(inside) || inside.split(sep)[0] === '..') return null
    const facts = await stat(path)
    if (!facts.isFile()) return null
    return { path, contentType, size: facts.size, hashed: parts[0] === 'assets' && parts.length > 1 }
  } catch {
    // Absent, unreadable, a loop of links, a name too long: for a page they are all the same, not there.
    return null
  }
}

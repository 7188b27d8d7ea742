// Where a browser may keep what it can fetch again, and how much of it. Apart from settings and work: a cache may be
// emptied at any time and must not travel with a roaming profile. Pure functions, the same for every shell.
import { posix, win32 } from 'node:path'
import { CACHE_MB } from '../contract/limits.ts'

export interface CachePerson {
  platform: NodeJS.Platform
  env: Readonly<Record<string, string | undefined>>
  home: string
}

/** The local folder for caches of this person on each platform. INTERLOCK_CACHE overrides it. */
export function cacheFolder({ platform, env, home }: CachePerson): string {
  const own = env['INTERLOCK_CACHE']
  if (own) return own
  if (platform === 'win32') {
    return win32.join(env['LOCALAPPDATA'] || win32.join(home, 'AppData', 'Local'), 'Interlock', 'Cache')
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Caches', 'Interlock')
  const cache = env['XDG_CACHE_HOME']
  // The XDG specification wants relative values ignored.
  return posix.join(cache?.startsWith('/') ? cache : posix.join(home, '.cache'), 'interlock')
}

/**
 * The most that a Chromium may keep, as its switches take it. INTERLOCK_CACHE_MB gives another number of megabytes;
 * 0 switches the cache off.
 */
export function cacheSwitches(env: CachePerson['env']): [name: string, value: string][] {
  const given = env['INTERLOCK_CACHE_MB'] ?? ''
  const megabytes = /^\d{1,4}$/.test(given) ? Number(given) : CACHE_MB
  // Chromium takes 0 for "choose yourself"; one byte holds nothing.
  const bytes = String(Math.max(1, megabytes * 1024 * 1024))
  return [
    ['disk-cache-size', bytes],
    ['media-cache-size', bytes],
  ]
}

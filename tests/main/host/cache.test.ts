// Classroom statements 5 and 8: caches stand in the local folder of the platform or where a variable says, and are capped.
import { describe, expect, it } from 'vitest'
import { cacheFolder, cacheSwitches } from '../../../src-main/host/cache.ts'

describe('the cache', () => {
  it.each<[NodeJS.Platform, Record<string, string>, string]>([
    ['linux', {}, '/home/ada/.cache/interlock'],
    ['linux', { XDG_CACHE_HOME: '/local/ada' }, '/local/ada/interlock'],
    ['linux', { XDG_CACHE_HOME: 'relative' }, '/home/ada/.cache/interlock'],
    ['linux', { INTERLOCK_CACHE: '/scratch' }, '/scratch'],
    ['darwin', {}, '/home/ada/Library/Caches/Interlock'],
  ])('on %s with %j stands in %s', (platform, env, folder) => {
    expect(cacheFolder({ platform, env, home: '/home/ada' })).toBe(folder)
  })

  it('on Windows stands in the local profile, never in the roaming one', () => {
    const home = 'C:\\Users\\ada'
    const env = { APPDATA: 'R:\\Roaming', LOCALAPPDATA: 'C:\\Local' }
    expect(cacheFolder({ platform: 'win32', env, home })).toBe('C:\\Local\\Interlock\\Cache')
    expect(cacheFolder({ platform: 'win32', env: {}, home })).toBe('C:\\Users\\ada\\AppData\\Local\\Interlock\\Cache')
  })

  it.each([
    [undefined, '52428800'],
    ['', '52428800'],
    ['many', '52428800'],
    ['-1', '52428800'],
    ['10', '10485760'],
    ['0', '1'],
  ])('holds, with INTERLOCK_CACHE_MB=%j, at most %s bytes', (given, bytes) => {
    expect(cacheSwitches({ INTERLOCK_CACHE_MB: given })).toEqual([
      ['disk-cache-size', bytes],
      ['media-cache-size', bytes],
    ])
  })
})

// How smoothly a page moves: the intervals between its frames while something is done to it.
import type { Page } from '@playwright/test'

/** @returns the intervals between frames while `act` runs, in milliseconds, sorted */
export async function framesWhile(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const kept = globalThis as unknown as { frames?: number[] }
    const frames: number[] = []
    kept.frames = frames
    let last = performance.now()
    const tick = (): void => {
      const now = performance.now()
      frames.push(now - last)
      last = now
      if (kept.frames === frames) requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
  })
  await act()
  const frames = await page.evaluate(() => {
    const kept = globalThis as unknown as { frames?: number[] }
    const all = kept.frames ?? []
    delete kept.frames
    return all
  })
  return frames.sort((a, b) => a - b)
}

export const p95 = (frames: readonly number[]): number => frames[Math.floor(frames.length * 0.95)] ?? Number.NaN

/** How many of the frames came within a thirtieth of a second, in words. */
export function smoothness(frames: readonly number[]): string {
  const smooth = (100 * frames.filter((time) => time < 33).length) / frames.length
  return `${smooth.toFixed(1)} % of ${frames.length} frames under 33 ms`
}

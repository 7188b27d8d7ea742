// What the suites over the wires share: an API to serve, a way to collect texts, a way to wait.
import { expect } from 'vitest'
import { z } from 'zod'
import { InterlockError } from '../../src-main/contract/errors.ts'
import type { Wire } from '../../src-main/contract/wire.ts'
import { serve, type Served } from '../../src-main/host/serve.ts'

export interface WirePair {
  host: Wire
  page: Wire
  /** listeners that our wires still have on the transport, on both sides together */
  listeners(): number
  dispose(): Promise<void>
}

export interface WireFactory {
  name: string
  create(): Promise<WirePair>
}

export const api = {
  echo: { input: z.object({ value: z.unknown() }), output: z.object({ value: z.unknown() }) },
  add: { input: z.object({ a: z.number(), b: z.number() }), output: z.number() },
  wait: { input: z.object({ name: z.string() }), output: z.string() },
  refuse: { input: z.object({}), output: z.object({}) },
  break: { input: z.object({}), output: z.object({}) },
} as const

export const eventually = async (holds: () => boolean): Promise<void> => {
  for (let i = 0; i < 50 && !holds(); i += 1) await new Promise((done) => setImmediate(done))
  for (let i = 0; i < 500 && !holds(); i += 1) await new Promise((done) => setTimeout(done, 10))
  expect(holds()).toBe(true)
}

/** Collects what arrives, and waits until there are so many texts. */
export function collect(wire: Wire): { texts: string[]; until(count: number): Promise<void> } {
  const texts: string[] = []
  wire.onMessage((text) => texts.push(text))
  return { texts, until: (count) => eventually(() => texts.length >= count) }
}

export function start(pair: WirePair): { served: Served; log: string[]; release: Map<string, () => void> } {
  const log: string[] = []
  const release = new Map<string, () => void>()
  const served = serve(
    pair.host,
    api,
    {
      echo: ({ value }) => ({ value }),
      add: ({ a, b }) => a + b,
      wait: ({ name }) => new Promise<string>((done) => release.set(name, () => done(name))),
      refuse: () => {
        throw new InterlockError('disk-full', 'There is no room.', { at: 'here' })
      },
      break: () => {
        throw new TypeError(`secret at ${import.meta.filename}`)
      },
    },
    { log: (line) => log.push(line) },
  )
  return { served, log, release }
}

export async function failure(promise: Promise<unknown>): Promise<InterlockError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error instanceof InterlockError) return error
  throw new Error(`expected an InterlockError, got ${String(error)}`)
}

// The connection with wires of its own and a clock that does not wait.
import { describe, expect, it } from 'vitest'
import { PROTOCOL_VERSION } from '@contract/api.ts'
import type { Wire } from '@contract/wire.ts'
import { Connection } from '@page/shell/connection/connection.svelte.ts'

interface Call {
  i: string
  a: [string, unknown]
}

/** A wire whose far end is the test. */
function farEnd(answer: (name: string, input: unknown) => unknown): { wire: Wire; break: () => void; calls: string[] } {
  let listener: (text: string) => void = () => undefined
  let closed: () => void = () => undefined
  const calls: string[] = []
  return {
    calls,
    break: () => closed(),
    wire: {
      send: (text) => {
        const { i, a } = JSON.parse(text) as Call
        calls.push(a[0])
        const r = answer(a[0], a[1])
        if (r !== undefined) queueMicrotask(() => listener(JSON.stringify({ t: 's', i, r })))
      },
      onMessage: (next) => {
        listener = next
      },
      onClose: (next) => {
        closed = next
      },
      close: () => closed(),
    },
  }
}

const facts = { protocol: PROTOCOL_VERSION, build: 'b', shell: 'browser', nativeDialogs: false, workspace: 'Interlock' }
const hello = (name: string): unknown => (name === 'hello' ? { ok: facts } : undefined)
const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 5))

describe('the connection to the host', () => {
  it('says hello first, with its build and protocol', async () => {
    const inputs: unknown[] = []
    const end = farEnd((name, input) => (inputs.push([name, input]), hello(name)))
    const connection = new Connection({
      build: 'b',
      open: () => Promise.resolve(end.wire),
      onConnected: () => undefined,
    })
    void connection.run()
    await settle()
    expect(connection.state).toEqual({ kind: 'connected' })
    expect(inputs[0]).toEqual(['hello', { protocol: PROTOCOL_VERSION, build: 'b' }])
    connection.close()
  })

  it('rejects what was unanswered when the wire breaks, and connects again with growing pauses', async () => {
    const ends = [farEnd(hello), farEnd(hello)]
    const pauses: number[] = []
    let opened = 0
    let connected = 0
    const connection = new Connection({
      build: 'b',
      open: () => {
        opened += 1
        const end = opened === 1 ? ends[0] : opened < 5 ? undefined : ends[1]
        return end === undefined ? Promise.reject(new Error('no host')) : Promise.resolve(end.wire)
      },
      wait: (pause) => (pauses.push(pause), Promise.resolve()),
      onConnected: () => (connected += 1),
    })
    void connection.run()
    await settle()
    const pending = connection.call('files.recent', {})
    ends[0]?.break()
    await expect(pending).rejects.toMatchObject({ code: 'disconnected' })
    await settle()
    expect(connection.state).toEqual({ kind: 'connected' })
    expect(connected).toBe(2)
    expect(pauses).toHaveLength(4)
    expect([...pauses].sort((a, b) => a - b)).toEqual(pauses)
    connection.close()
  })

  it('gives up with the sentence of the host when the versions differ', async () => {
    const end = farEnd(() => ({ error: { code: 'protocol-mismatch', message: 'This page is older than Interlock.' } }))
    const connection = new Connection({
      build: 'old',
      open: () => Promise.resolve(end.wire),
      wait: () => Promise.resolve(),
      onConnected: () => undefined,
    })
    await connection.run()
    expect(connection.state).toEqual({ kind: 'refused', sentence: 'This page is older than Interlock.' })
  })

  it('gives up with the reason when the far side has enough pages and closes the wire after opening it', async () => {
    const end = farEnd(() => undefined)
    let opened = 0
    const connection = new Connection({
      build: 'b',
      open: () => {
        opened += 1
        setTimeout(() => end.break(), 1)
        return Promise.resolve({ ...end.wire, refusal: () => 'Interlock has 16 pages open. Close one first.' })
      },
      wait: () => Promise.resolve(),
      onConnected: () => undefined,
    })
    await connection.run()
    expect(connection.state).toEqual({ kind: 'refused', sentence: 'Interlock has 16 pages open. Close one first.' })
    expect(opened).toBe(1)
  })

  it('refuses calls while there is no wire', async () => {
    const connection = new Connection({
      build: 'b',
      open: () => new Promise(() => undefined),
      onConnected: () => undefined,
    })
    await expect(connection.call('files.recent', {})).rejects.toMatchObject({ code: 'disconnected' })
  })
})

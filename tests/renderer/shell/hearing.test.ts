// What the host says reaches its listeners over each new connection, and not those that left.
import { expect, test } from 'vitest'
import type { EventPayload, PageEventName } from '@contract/api.ts'
import { type EventSource, Hearing } from '@page/shell/connection/hearing.ts'

class Source implements EventSource {
  readonly listeners = new Set<(payload: unknown) => void>()
  on<E extends PageEventName>(_: E, listener: (payload: EventPayload<E>) => void): () => void {
    const heard = listener as (payload: unknown) => void
    this.listeners.add(heard)
    return () => this.listeners.delete(heard)
  }
  say(payload: unknown): void {
    for (const listener of this.listeners) listener(payload)
  }
}

test('a listener hears every connection, from before the first one until it leaves', () => {
  const hearing = new Hearing()
  const heard: unknown[] = []
  const leave = hearing.on('kernel-sampled', ({ count }) => heard.push(count))
  const [first, second] = [new Source(), new Source()]
  hearing.connected(first)
  first.say({ terminal: 't', count: 1, ended: null })
  hearing.connected(second)
  second.say({ terminal: 't', count: 2, ended: null })
  leave()
  second.say({ terminal: 't', count: 3, ended: null })
  hearing.connected(new Source())
  expect(heard).toEqual([1, 2])
  expect(second.listeners.size).toBe(0)
})

test('one that comes later hears the connection that there is', () => {
  const hearing = new Hearing()
  const source = new Source()
  hearing.connected(source)
  const heard: unknown[] = []
  hearing.on('kernel-sampled', ({ count }) => heard.push(count))
  source.say({ terminal: 't', count: 4, ended: null })
  expect(heard).toEqual([4])
})

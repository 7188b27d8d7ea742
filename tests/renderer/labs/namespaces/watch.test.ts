// Following a terminal: each sample once and in order, however many are told while one is being read, and again after a
// broken connection. The clock of a run that is played.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { InterlockError } from '@contract/errors.ts'
import type { KernelSample } from '@contract/kernel.ts'
import { patchOf } from '@contract/merge-patch.ts'
import { Clock } from '@page/labs/namespaces/clock.svelte.ts'
import { type KernelHost, Watch } from '@page/labs/namespaces/watch.svelte.ts'
import { process, sample } from './hand-made.ts'

/** A host that holds samples of one terminal and gives at most `page` of them in one answer. */
class Host {
  samples: KernelSample[] = []
  page = 3
  reads = 0
  gone = false
  /** the next answer is the beginning of another recording */
  anew = false
  full: string | null = null
  #listener: (payload: { terminal: string; count: number; ended: string | null }) => void = () => undefined

  grow(number: number): void {
    for (let left = number; left > 0; left -= 1) {
      const time = 100 * this.samples.length
      this.samples.push(sample([process(100, 1), process(101 + this.samples.length, 100)], { time }))
    }
  }
  say(terminal = 't'): void {
    this.#listener({ terminal, count: this.samples.length, ended: this.full })
  }
  listening(): boolean {
    return this.#listener.name !== 'nobody'
  }

  readonly face: KernelHost = {
    call: (name, input) => Promise.resolve(this.#answer(name, input as Record<string, unknown>) as never),
    on: (_, listener) => {
      this.#listener = listener as never
      return () => {
        this.#listener = function nobody() {}
      }
    },
  }

  #answer(name: string, input: Record<string, unknown>): unknown {
    if (this.gone) throw new InterlockError('unknown-terminal', 'There is no such terminal.')
    if (name !== 'kernel.read') return { count: this.samples.length }
    this.reads += 1
    const from = Number(input['from'])
    const begin = this.anew ? 0 : from
    this.anew = false
    const some = this.samples.slice(begin, begin + this.page)
    const changes = some.map((one, index) => patchOf(this.samples[begin + index - 1] ?? {}, one))
    const first = begin === 0 ? (some[0] ?? null) : null
    const next = begin + some.length
    return { first, changes: first === null ? changes : changes.slice(1), next, ended: this.full }
  }
}

const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 5))

describe('a watch', () => {
  let host: Host
  let taken: KernelSample[]
  let failures: unknown[]
  const watching = (): Watch =>
    new Watch(
      host.face,
      { terminal: 't', experiment: null, files: [] },
      (samples, again) => {
        if (again) taken = []
        taken.push(...samples)
      },
      (error) => failures.push(error),
    )
  beforeEach(() => {
    host = new Host()
    taken = []
    failures = []
  })

  test('takes all that was recorded before, in several answers, each sample whole', async () => {
    host.grow(8)
    await watching().begin(false)
    await settled()
    expect(taken).toEqual(host.samples)
    expect(host.reads).toBe(3)
  })

  test('takes each sample once, however often it is told', async () => {
    host.grow(2)
    const watch = watching()
    await watch.begin(true)
    host.grow(3)
    host.say()
    host.say()
    host.grow(4)
    host.say()
    host.say('another')
    await settled()
    expect(taken.map(({ time }) => time)).toEqual(host.samples.map(({ time }) => time))
    expect(failures).toEqual([])
  })

  test('goes on after a broken connection where it was, and stops when the terminal is gone', async () => {
    host.grow(2)
    const watch = watching()
    await watch.begin(true)
    await settled()
    host.grow(2)
    await watch.again()
    await settled()
    expect([taken.length, watch.live]).toEqual([4, true])
    host.gone = true
    await watch.again()
    expect(watch.live).toBe(false)
  })

  test('begins again with a recording that began anew, and says when there will be no more', async () => {
    host.grow(5)
    const watch = watching()
    await watch.begin(true)
    await settled()
    host.samples = []
    host.grow(2)
    host.anew = true
    host.full = 'The recording is full.'
    host.say()
    await settled()
    expect([taken, watch.full]).toEqual([host.samples, 'The recording is full.'])
  })

  test('hears nothing after its end', async () => {
    host.grow(1)
    const watch = watching()
    await watch.begin(true)
    await settled()
    watch.end()
    host.grow(1)
    host.say()
    await settled()
    expect([taken.length, host.listening()]).toEqual([1, false])
  })
})

describe('the clock', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('plays at its speed to the end and stops there; playing again begins anew', () => {
    const told: number[] = []
    const clock = new Clock((time) => told.push(time))
    clock.length = 2000
    clock.play()
    vi.advanceTimersByTime(500)
    expect([clock.time, clock.playing]).toEqual([500, true])
    clock.speed = 4
    vi.advanceTimersByTime(1000)
    expect([clock.time, clock.playing, told.at(-1)]).toEqual([2000, false, 2000])
    clock.play()
    expect(clock.time).toBe(0)
    clock.pause()
    vi.advanceTimersByTime(1000)
    expect(clock.time).toBe(0)
  })

  test('stays within the run', () => {
    const clock = new Clock(() => undefined)
    clock.length = 100
    clock.set(500)
    expect(clock.time).toBe(100)
    clock.set(-5)
    expect(clock.time).toBe(0)
  })
})

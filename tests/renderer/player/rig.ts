// A client for tests of the player: runs of the real engine in memory, counters as simulation, and a clock by hand.
import { z } from 'zod'
import type { CallName, Input, Output } from '@contract/api.ts'
import type { GraphModel } from '@contract/document.ts'
import { InterlockError } from '@contract/errors.ts'
import { type Run, createRun } from '@simulation/run.ts'
import type { Simulation } from '@simulation/simulation.ts'
import type { Clock } from '@page/player/clock.ts'
import type { Caller } from '@page/player/remote-run.ts'

/** Adds 1, 2 or 3; nothing is possible from 6 on; "five" is found at 5. */
export const counter: Simulation<GraphModel, number, number> = {
  id: 'count',
  label: 'Count',
  start: 'Begin at nothing',
  event: z.number().int().min(1).max(3),
  init: () => 0,
  enabled: (sum) => (sum >= 6 ? [] : [1, 2, 3]),
  apply: (sum, event) => sum + event,
  describe: (event, sum) => ({ text: `${sum} + ${event}`, lights: [] }),
  view: (sum) => ({
    model: { nodes: [], edges: [] },
    marks: {},
    table: { columns: ['Sum'], rows: [{ id: 'sum', label: 'Sum', lights: [], cells: [String(sum)] }] },
    status: `The sum is ${sum}`,
  }),
  read: (line) => {
    const number = /^add ([1-9])$/.exec(line)?.[1]
    if (number === undefined) throw new InterlockError('bad-input', 'Write add 1, add 2 or add 3.')
    return Number(number)
  },
  write: (event) => `add ${event}`,
  // the drawing has one node for each unit of the sum
  interpret: (sum, model) => {
    const by = model.nodes.length - sum
    if (by < 1 || by > 3) throw new InterlockError('bad-event', 'Only one to three can be added.')
    return [by]
  },
  properties: [
    {
      id: 'not-five',
      what: 'five',
      check: (sum) => ({
        holds: sum !== 5,
        mark: 'ring',
        sentence: sum === 5 ? 'It is five.' : 'Not five.',
        lights: [],
      }),
    },
  ],
}

type Calls = {
  [K in CallName]?: (input: Input<K>) => Output<K>
}

export class MemoryClient implements Caller {
  readonly log: string[] = []
  offline = false
  #runs = new Map<string, Run>()
  #made = 0

  /** The host starts again: it knows none of its runs. */
  forget(): void {
    this.#runs.clear()
  }

  get openRuns(): number {
    return this.#runs.size
  }

  readonly #calls: Calls = {
    'runs.open': ({ seed, model }) => {
      const run = createRun(counter, model as unknown as GraphModel, seed)
      const id = `run ${(this.#made += 1)}`
      this.#runs.set(id, run)
      return { run: id, state: run.stateAt(0), lines: run.hasLines }
    },
    'runs.apply': ({ run, at, event }) => {
      const step = this.#find(run).apply(at, event)
      return { step, state: this.#find(run).stateAt(step.step) }
    },
    'runs.continue': ({ run, at, most }) => {
      const steps = this.#find(run).continueFrom(at, most)
      return { steps, state: this.#find(run).stateAt(steps.at(-1)?.step ?? at) }
    },
    'runs.generate': ({ run, at, most, seed }) => {
      const steps = this.#find(run).generate(at, most, seed)
      return { steps, state: this.#find(run).stateAt(steps.at(-1)?.step ?? at) }
    },
    'runs.play': ({ run, at, events }) => {
      const { steps, refused } = this.#find(run).play(at, events)
      return { steps, refused, state: this.#find(run).stateAt(steps.at(-1)?.step ?? at) }
    },
    'runs.write': ({ run, at, events }) => ({ lines: this.#find(run).write(at, events) }),
    'runs.read': ({ run, at, lines }) => {
      const { steps, problem } = this.#find(run).read(at, lines)
      return { steps, problem, state: this.#find(run).stateAt(at) }
    },
    'runs.edited': ({ run, at, model }) => {
      const steps = this.#find(run).edited(at, model as unknown as GraphModel)
      return { steps, state: this.#find(run).stateAt(steps.at(-1)?.step ?? at) }
    },
    'runs.state': ({ run, at }) => this.#find(run).stateAt(at),
    'runs.steps': ({ run, from, count }) => {
      const found = this.#find(run)
      return { steps: found.steps(from, count), total: found.length }
    },
    'runs.close': ({ run }) => {
      this.#runs.delete(run)
      return {}
    },
  }

  async call<K extends CallName>(name: K, input: Input<K>): Promise<Output<K>> {
    await Promise.resolve()
    this.log.push(name)
    if (this.offline) throw new InterlockError('disconnected', 'no wire')
    const answer = this.#calls[name]
    if (answer === undefined) throw new Error(`${name} is not asked by a player`)
    return answer(input)
  }

  #find(id: string): Run {
    const run = this.#runs.get(id)
    if (run === undefined) throw new InterlockError('unknown-run', 'gone')
    return run
  }
}

export class HandClock implements Clock {
  waits: { milliseconds: number; then: () => void }[] = []

  after(milliseconds: number, then: () => void): () => void {
    const wait = { milliseconds, then }
    this.waits.push(wait)
    return () => {
      this.waits = this.waits.filter((other) => other !== wait)
    }
  }

  /** Lets the one waiting call happen. @returns how long it waited */
  ring(): number {
    const wait = this.waits.shift()
    if (wait === undefined) throw new Error('nobody waits')
    wait.then()
    return wait.milliseconds
  }
}

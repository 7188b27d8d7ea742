// The network in a moment: states of nodes, what is on its way, which timers run. Deterministic: the same setup and the
// same choices give the same run. It is changed in place; `copy` is cheap, since what it holds is never changed itself.
// Knows no algorithm and no page. Long, since all that can happen in a network changes this one thing.
import { InterlockError } from '../../../contract/errors.ts'
import { EventQueue } from '../../../simulation/event-queue.ts'
import { type Random, createRandom } from '../../../simulation/random.ts'
import type { Condition, Happened, Message, Pending, Tally } from './pending.ts'
import { type Planned, type Setup, channelOf, pairOf } from './setup.ts'
import type { Input, Note, Output, Reaction } from './types.ts'

export type { Condition, Happened, Message, Occasion, Pending, Tally, Timer } from './pending.ts'

export class World {
  readonly setup: Setup
  now = 0
  /** events so far */
  events = 0
  states: unknown[]
  conditions: Condition[]
  parts: number[]
  cut: ReadonlySet<number>
  queue: EventQueue<Pending>
  last: Happened | null = null
  /** by kind of message, in the order in which kinds first appeared */
  readonly tallies: ReadonlyMap<string, Readonly<Tally>>
  /** messages sent and received, by node */
  sentBy: number[]
  receivedBy: number[]
  readonly #tallies: Map<string, Tally>
  /** what each node has put on stable storage */
  #stored: unknown[]
  #nextId: number
  #messages: number
  #random: Random
  /** by directed channel, when the last message left; kept only where links send one message at a time */
  #departures: Map<number, number>
  /** whether a hand or chance may have made a later message of a channel due before an earlier one */
  #unordered: boolean
  /** numbers of watched messages of which one of two copies has arrived; never changed itself */
  #arrived: ReadonlySet<number> = new Set()
  // collected while one event happens
  #sent: Message[] = []
  #notes: Note[] = []

  constructor(setup: Setup, from?: World) {
    this.setup = setup
    if (from !== undefined) {
      this.now = from.now
      this.events = from.events
      this.states = from.states.slice()
      this.conditions = from.conditions.slice()
      this.parts = from.parts.slice()
      this.cut = from.cut
      this.queue = from.queue.copy()
      this.last = from.last
      this.#tallies = new Map([...from.#tallies].map(([kind, tally]) => [kind, { ...tally }]))
      this.tallies = this.#tallies
      this.sentBy = from.sentBy.slice()
      this.receivedBy = from.receivedBy.slice()
      this.#stored = from.#stored.slice()
      this.#nextId = from.#nextId
      this.#messages = from.#messages
      this.#random = from.#random.copy()
      this.#departures = from.#departures.size === 0 ? from.#departures : new Map(from.#departures)
      this.#unordered = from.#unordered
      this.#arrived = from.#arrived
      return
    }
    const { selves, algorithm } = setup
    const count = selves.length
    this.conditions = setup.down.map((down) => (down ? 'down' : 'up'))
    this.parts = [...setup.parts]
    this.cut = setup.cut
    this.queue = new EventQueue()
    this.#tallies = new Map()
    this.tallies = this.#tallies
    this.sentBy = new Array<number>(count).fill(0)
    this.receivedBy = new Array<number>(count).fill(0)
    this.#stored = new Array<unknown>(count).fill(undefined)
    this.#nextId = 0
    this.#messages = 0
    this.#random = createRandom(setup.seed)
    this.#departures = new Map()
    this.#unordered = setup.network.spread > 0 || setup.ways.size > 0
    this.states = new Array<unknown>(count).fill(undefined)
    for (const what of setup.plan) this.#push({ kind: 'plan', id: this.#nextId, at: what.at, what })
    for (const node of setup.begin) {
      this.#push({ kind: 'plan', id: this.#nextId, at: 0, what: { do: 'start', at: 0, node } })
    }
    for (const self of selves) {
      const { state, outputs } = algorithm.init(self)
      this.states[self.index] = state
      if (this.conditions[self.index] === 'up') this.#carryOut(self.index, outputs)
    }
  }

  copy(): World {
    return new World(this.setup, this)
  }

  /** What comes next in time; undefined when nothing comes by itself. */
  next(): Pending | undefined {
    const first = this.queue.peek()
    return first === undefined || first.at === Infinity ? undefined : first
  }

  /** Lets the next thing happen. @returns false when there is none */
  step(): boolean {
    if (this.next() === undefined) return false
    const pending = this.queue.pop()
    if (pending !== undefined) this.#happen(pending)
    return true
  }

  /**
   * Lets a thing happen that is to come, out of its turn if need be; time goes on to when it was due.
   * @throws InterlockError `bad-event` when it is not to come, or cannot be next on its channel
   */
  take(id: number): void {
    const pending = this.#find(id)
    if (pending.at === Infinity) throw refused('The node is paused. Let it go on first.')
    if (pending.kind === 'message' && this.overtakes(pending)) {
      throw refused('An earlier message between the two is still on its way, and messages here do not overtake.')
    }
    this.queue.take(id)
    this.#happen(pending)
  }

  /** Whether an earlier message from the same node to the same node is still on its way, where none may overtake. */
  overtakes(message: Message): boolean {
    if (this.setup.network.overtaking) return false
    const { from, to, id } = message
    for (const other of this.queue.items()) {
      // What a paused node has not taken in yet has arrived there already.
      if (other.at === Infinity || other.kind !== 'message') continue
      if (other.id < id && other.from === from && other.to === to) return true
    }
    return false
  }

  drop(id: number): void {
    const message = this.#message(id)
    this.queue.take(id)
    this.#begin()
    this.#count(message.body.kind, 'lost')
    this.#giveUp(message)
    this.#end({ what: 'dropped', node: -1, message })
  }

  duplicate(id: number): void {
    const message = this.#message(id)
    this.#begin()
    const copied = { ...message, copied: true }
    this.queue.take(id)
    this.queue.push(copied)
    this.#push({ ...copied, id: this.#nextId })
    this.#end({ what: 'copied', node: -1, message })
  }

  /** @param by ms, at least 0 */
  delay(id: number, by: number): void {
    const message = this.#message(id)
    this.queue.take(id)
    this.#begin()
    this.queue.push({ ...message, at: Math.max(message.at, this.now) + by })
    this.#unordered = true
    this.#end({ what: 'delayed', node: -1, message })
  }

  /** Something that a person or the plan does to the network, now. @throws InterlockError `bad-event` with the reason */
  act(what: Planned): void {
    this.#begin()
    switch (what.do) {
      case 'start':
        if (this.conditions[what.node] !== 'up') throw refused('A node that does not run cannot begin.')
        this.#react(what.node, { do: 'start' })
        break
      case 'crash':
        if (this.conditions[what.node] === 'down') throw refused('The node is crashed already.')
        this.conditions[what.node] = 'down'
        this.#forgetTimers(what.node)
        this.#befalls(what.node)
        break
      case 'recover':
        if (this.conditions[what.node] !== 'down') throw refused('Only a crashed node can come back.')
        this.conditions[what.node] = 'up'
        this.#recover(what.node)
        break
      case 'pause':
        if (this.conditions[what.node] !== 'up') throw refused('Only a node that runs can be paused.')
        this.conditions[what.node] = 'paused'
        this.#befalls(what.node)
        break
      case 'resume':
        if (this.conditions[what.node] !== 'paused') throw refused('Only a paused node can go on.')
        this.conditions[what.node] = 'up'
        this.#befalls(what.node)
        this.#release(what.node)
        break
      case 'cut':
        this.cut = new Set([...this.cut, pairOf(what.from, what.to)])
        break
      case 'mend':
        this.cut = new Set([...this.cut].filter((pair) => pair !== pairOf(what.from, what.to)))
        break
      case 'part': {
        const apart = 1 + Math.max(...this.parts)
        for (const node of what.nodes) this.parts[node] = apart
        break
      }
      case 'heal':
        this.parts.fill(1)
        this.cut = new Set()
        break
      case 'act':
      case 'send': {
        if (this.conditions[what.node] !== 'up') throw refused('A node that does not run does nothing.')
        if (what.at > this.now) this.now = what.at
        const [to, takes] = what.do === 'send' ? [what.to, what.takes] : [null, null]
        const label = to === null || what.label !== '' ? what.label : `m${this.#messages + 1}`
        this.#react(what.node, { do: 'hand', label, to, takes })
      }
    }
    this.#end({ what: what.do, node: 'node' in what ? what.node : -1 })
  }

  /** Whether a message could pass between the two now. */
  open(a: number, b: number): boolean {
    return this.parts[a] === this.parts[b] && (this.cut.size === 0 || !this.cut.has(pairOf(a, b)))
  }

  clock(node: number): number {
    return (this.setup.offsets[node] ?? 0) + this.now * (this.setup.rates[node] ?? 1)
  }

  #happen(pending: Pending): void {
    if (pending.at > this.now) this.now = pending.at
    if (pending.kind === 'plan') return this.#planned(pending.what)
    const { to } = pending
    if (this.conditions[to] === 'paused' && !(pending.kind === 'message' && pending.lost)) {
      this.#begin()
      this.queue.push({ ...pending, at: Infinity })
      // Kept for the paused node; without an event of its own the one before would be told twice.
      this.#end({ what: 'held', node: -1, message: pending.kind === 'message' ? pending : null })
      return
    }
    this.#begin()
    if (pending.kind === 'timer') {
      const { timer, about } = pending
      this.#react(to, about === null ? { do: 'timer', timer } : { do: 'unreached', to: about.to, body: about.body })
      this.#end({ what: 'timer', node: to, timer, message: about })
      return
    }
    const { kind } = pending.body
    const why = pending.lost || !this.open(pending.from, to) ? 'cut' : this.conditions[to] === 'down' ? 'down' : null
    if (why !== null) {
      this.#count(kind, 'lost')
      if (why === 'down') this.#count(kind, 'toCrashed')
      this.#giveUp(pending)
      const chance = pending.lost && this.open(pending.from, to)
      this.#end({ what: 'lost', node: to, message: pending, why: chance ? 'chance' : why })
      return
    }
    if (pending.copied && pending.watch > 0) this.#arrived = new Set([...this.#arrived, pending.number])
    this.#count(kind, 'received')
    this.receivedBy[to] = (this.receivedBy[to] ?? 0) + 1
    this.#react(to, { do: 'message', from: pending.from, body: pending.body })
    this.#end({ what: 'received', node: to, message: pending })
  }

  /** A plan that cannot be carried out any more (a crashed node crashes) passes without an event. */
  #planned(what: Planned): void {
    try {
      this.act(what)
    } catch (error) {
      if (!(error instanceof InterlockError) || error.code !== 'bad-event') throw error
      this.#begin()
      this.#end({ what: what.do, node: -1, why: 'down' })
    }
  }

  #befalls(node: number): void {
    if (this.setup.algorithm.byHand === true) this.#react(node, { do: 'befalls' })
  }

  #react(node: number, input: Input): void {
    const { algorithm, selves } = this.setup
    const self = selves[node]
    if (self === undefined) return
    const reaction: Reaction<unknown> = algorithm.react(this.states[node], input, self, this.clock(node))
    this.states[node] = reaction.state
    this.#carryOut(node, reaction.outputs)
  }

  #carryOut(node: number, outputs: readonly Output[]): void {
    for (const output of outputs) {
      switch (output.do) {
        case 'send':
          this.#send(node, output)
          break
        case 'set':
          this.#cancel(node, output.timer)
          this.#push({
            kind: 'timer',
            id: this.#nextId,
            at: this.now + output.after / (this.setup.rates[node] ?? 1),
            to: node,
            timer: output.timer,
            timeout: output.timeout === true,
            about: null,
          })
          break
        case 'cancel':
          this.#cancel(node, output.timer)
          break
        case 'store':
          this.#stored[node] = output.value
          break
        case 'note':
          this.#notes.push(output.note)
      }
    }
  }

  #send(from: number, { to, body, watch = 0, takes }: Extract<Output, { do: 'send' }>): void {
    const { network, ways } = this.setup
    const way = ways.size === 0 ? undefined : ways.get(channelOf(from, to, this.setup.selves.length))
    let leaves = this.now
    if (network.gap > 0) {
      const channel = channelOf(from, to, this.setup.selves.length)
      leaves = Math.max(leaves, (this.#departures.get(channel) ?? -Infinity) + network.gap)
      this.#departures.set(channel, leaves)
    }
    const spread = network.spread === 0 || takes !== undefined ? 0 : this.#random.below(network.spread + 1)
    if (takes !== undefined) this.#unordered = true
    let at = leaves + (takes ?? way?.delay ?? network.delay) + spread
    if (this.#unordered && !network.overtaking) at = this.#notBefore(from, to, at)
    const loss = way?.loss ?? network.loss
    const lost = (loss > 0 && this.#random.below(100) < loss) || !this.open(from, to)
    const message: Message = {
      kind: 'message',
      id: this.#nextId,
      at,
      from,
      to,
      body,
      sent: this.now,
      number: ++this.#messages,
      lost,
      watch,
      copied: network.duplicates > 0 && this.#random.below(100) < network.duplicates,
    }
    this.#push(message)
    this.#sent.push(message)
    this.sentBy[from] = (this.sentBy[from] ?? 0) + 1
    this.#count(body.kind, 'sent')
    if (message.copied) this.#push({ ...message, id: this.#nextId, lost: false })
  }

  /** The time, or that of the last message on its way between the two where that comes later. */
  #notBefore(from: number, to: number, at: number): number {
    let latest = at
    for (const other of this.queue.items()) {
      if (other.kind === 'message' && other.from === from && other.to === to && other.at < Infinity) {
        if (other.at > latest) latest = other.at
      }
    }
    return latest
  }

  /** Whoever waits for word of a message that will not arrive is told in time. */
  #giveUp(message: Message): void {
    const { watch, from, sent } = message
    if (watch === 0 || this.conditions[from] === 'down') return
    // Of two copies the one that arrives is enough.
    const { number, copied } = message
    if (copied && (this.#arrived.has(number) || this.#underWay(number))) return
    const at = Math.max(this.now, sent + watch / (this.setup.rates[from] ?? 1))
    this.#push({ kind: 'timer', id: this.#nextId, at, to: from, timer: '', timeout: true, about: message })
  }

  #underWay(number: number): boolean {
    return this.queue.items().some((other) => other.kind === 'message' && other.number === number)
  }

  #push(pending: Pending): void {
    this.#nextId += 1
    this.queue.push(pending)
  }

  #cancel(node: number, timer: string): void {
    this.queue.takeWhere(
      (other) => other.kind === 'timer' && other.to === node && other.about === null && other.timer === timer,
    )
  }

  #forgetTimers(node: number): void {
    const isTimer = (other: Pending): boolean => other.kind === 'timer' && other.to === node
    while (this.queue.takeWhere(isTimer) !== undefined);
  }

  #recover(node: number): void {
    const { algorithm, selves } = this.setup
    const self = selves[node]
    if (self === undefined) return
    const { state, outputs } = algorithm.init(self)
    this.states[node] = state
    this.#carryOut(node, outputs)
    this.#react(node, { do: 'recover', stored: this.#stored[node] })
  }

  /** What a paused node has not got yet comes now, in the order in which it came. */
  #release(node: number): void {
    const held = this.queue.inOrder().filter((one) => one.at === Infinity && one.kind !== 'plan' && one.to === node)
    for (const one of held) {
      this.queue.take(one.id)
      this.queue.push({ ...one, at: this.now })
    }
  }

  #begin(): void {
    this.#sent = []
    this.#notes = []
  }

  #end(happened: Pick<Happened, 'what' | 'node'> & Partial<Happened>): void {
    this.events += 1
    this.last = {
      message: null,
      timer: '',
      why: null,
      ...happened,
      sent: this.#sent,
      notes: this.#notes,
    }
  }

  #count(kind: string, field: keyof Tally): void {
    let tally = this.#tallies.get(kind)
    if (tally === undefined) this.#tallies.set(kind, (tally = { sent: 0, received: 0, lost: 0, toCrashed: 0 }))
    tally[field] += 1
  }

  #find(id: number): Pending {
    const found = this.queue.items().find((pending) => pending.id === id)
    if (found === undefined) throw refused('This is not to come any more. Choose one of the possible events.')
    return found
  }

  #message(id: number): Message {
    const found = this.#find(id)
    if (found.kind !== 'message') throw refused('This is no message on its way.')
    return found
  }
}

function refused(sentence: string): InterlockError {
  return new InterlockError('bad-event', sentence)
}

// Maekawa's mutual exclusion: each node asks a set of about 2√N nodes, each of which locks itself for one request at a
// time. Nodes can lock each other out; INQUIRE, FAILED and RELINQUISH cure that where the setting says so.
// Source: M. Maekawa, ACM TOCS 3(2), 1985; the cure with the messages that B. Sanders found missing, ACM TOCS 5(3), 1987.
import { exclusionTexts as texts } from '../../model/exclusion-texts.ts'
import type { Algorithm, Body, Cost, Output, Reaction, Self } from '../../network/types.ts'
import { nameOf, note, reaction, send, sendAll } from '../reactions.ts'
import { quorumOf } from './quorums.ts'
import {
  type Request,
  type Turn,
  after,
  earlier,
  enter,
  including,
  lookOf,
  namesIn,
  outside,
  queued,
  reactBy,
  requestsIn,
  sectionSettings,
  without,
} from './section.ts'

interface MaekawaState extends Turn {
  /** the highest timestamp it has used or seen */
  readonly highest: number
  /** the timestamp of its own request; null when it has none */
  readonly stamp: number | null
  /** who has locked itself for it; who has told it to wait, or got its lock back; who wants its lock back */
  readonly locks: readonly number[]
  readonly failed: readonly number[]
  readonly inquiries: readonly number[]
  /** the request for which this node has locked itself, and whether it has asked for that lock back */
  readonly lockedFor: Request | null
  readonly inquired: boolean
  readonly queue: readonly Request[]
}

type Step = Reaction<MaekawaState>

const cured = (self: Self): boolean => self.settings['cure'] === 1
const isFor = (request: Request | null, node: number, stamp: number): boolean =>
  request !== null && request.node === node && request.stamp === stamp

/** What a node sends to itself it gets at once, and nobody counts it. */
function settle(first: Step, self: Self): Step {
  let { state } = first
  const outputs: Output[] = []
  const pending = [...first.outputs]
  for (let output = pending.shift(); output !== undefined; output = pending.shift()) {
    if (output.do !== 'send' || output.to !== self.index) {
      outputs.push(output)
      continue
    }
    const next = receive(state, self.index, output.body, self)
    state = next.state
    pending.push(...next.outputs)
  }
  return reaction(state, outputs)
}

function ask(state: MaekawaState, self: Self): Step {
  const stamp = state.highest + 1
  const asking: MaekawaState = { ...state, highest: stamp, stamp, locks: [], failed: [], inquiries: [] }
  return settle(reaction(asking, sendAll(quorumOf(self.index, self.count), { kind: 'REQUEST', stamp })), self)
}

function leave(state: MaekawaState, self: Self): Step {
  const left = { ...state, stamp: null, locks: [], failed: [], inquiries: [] }
  const body = { kind: 'RELEASE', stamp: state.stamp ?? 0 }
  return settle(reaction(left, sendAll(quorumOf(self.index, self.count), body)), self)
}

const message = (state: MaekawaState, from: number, body: Body, self: Self): Step =>
  settle(receive(state, from, body, self), self)

function receive(state: MaekawaState, from: number, body: Body, self: Self): Step {
  const stamp = body['stamp'] as number
  const asked = isFor(state.lockedFor, from, stamp)
  const own = state.section === 'waiting' && stamp === state.stamp
  switch (body.kind) {
    case 'REQUEST':
      return requested({ ...state, highest: Math.max(state.highest, stamp) }, { stamp, node: from }, self)
    case 'RELEASE':
      return asked ? lockNext(state) : reaction(state)
    case 'RELINQUISH':
      return asked ? lockNext({ ...state, queue: queued(state.queue, { stamp, node: from }) }) : reaction(state)
    case 'LOCKED':
      return own ? locked(state, from, self) : reaction(state)
    case 'INQUIRE':
      return own ? relinquish({ ...state, inquiries: including(state.inquiries, from) }, self) : reaction(state)
    case 'FAILED':
      if (!own || state.locks.includes(from)) return reaction(state)
      return relinquish({ ...state, failed: including(state.failed, from) }, self)
    default:
      return reaction(state)
  }
}

/** As a member of somebody's set: locks itself, or lets the request wait. */
function requested(state: MaekawaState, request: Request, self: Self): Step {
  const { lockedFor, queue } = state
  if (lockedFor === null) return lock(state, request)
  const waiting = { ...state, queue: queued(queue, request) }
  if (!cured(self)) return reaction(waiting)
  const { stamp } = request
  const [best] = queue
  if (!earlier(request, lockedFor) || (best !== undefined && earlier(best, request))) {
    return reaction(waiting, [send(request.node, { kind: 'FAILED', stamp })])
  }
  // Whoever was to have the lock given back hears now that it is not the next any more.
  const past = best !== undefined && earlier(best, lockedFor)
  const overtaken = past ? [send(best.node, { kind: 'FAILED', stamp: best.stamp })] : []
  const inquire = state.inquired ? [] : [send(lockedFor.node, { kind: 'INQUIRE', stamp: lockedFor.stamp })]
  return reaction({ ...waiting, inquired: true }, [...overtaken, ...inquire])
}

const lock = (state: MaekawaState, request: Request): Step =>
  reaction({ ...state, lockedFor: request, inquired: false }, [
    send(request.node, { kind: 'LOCKED', stamp: request.stamp }),
  ])

function lockNext(state: MaekawaState): Step {
  const [first, ...queue] = state.queue
  return first === undefined
    ? reaction({ ...state, lockedFor: null, inquired: false })
    : lock({ ...state, queue }, first)
}

/** As the one who asks: a member of its set has locked itself for it. */
function locked(state: MaekawaState, from: number, self: Self): Step {
  const has = { ...state, locks: including(state.locks, from), failed: without(state.failed, from) }
  const all = quorumOf(self.index, self.count).every((node) => has.locks.includes(node))
  return all ? enter({ ...has, inquiries: [] }, self) : relinquish(has, self)
}

/** Gives back what is wanted back, once it knows that it has to wait anyway. */
function relinquish(state: MaekawaState, self: Self): Step {
  if (state.failed.length === 0) return reaction(state)
  const back = state.inquiries.filter((node) => state.locks.includes(node))
  return back.reduce<Step>(
    (step, node) =>
      after(step, (now) =>
        reaction(
          {
            ...now,
            locks: without(now.locks, node),
            failed: including(now.failed, node),
            inquiries: without(now.inquiries, node),
          },
          [
            note('told', texts.notes.relinquishes(nameOf(self, node))),
            send(node, { kind: 'RELINQUISH', stamp: now.stamp ?? 0 }),
          ],
        ),
      ),
    reaction(state),
  )
}

function cost(selves: readonly Self[], up: readonly boolean[], began: readonly number[]): Cost[] {
  const [first] = selves
  if (first === undefined) return []
  const each = first.settings['entries'] ?? 1
  const value = began.reduce((sum, node) => sum + 3 * (quorumOf(node, first.count).length - 1) * each, 0)
  const entries = began.length * each
  if (cured(first)) return [{ what: 'messages', formula: texts.costs.quorumCured(entries), value, bound: 'least' }]
  // A deadlock, or a node that does not answer, leaves messages unsent.
  const alone = began.length === 1 && up.every((lives) => lives)
  return [{ what: 'messages', formula: texts.costs.quorum(entries), value, bound: alone ? 'exact' : 'most' }]
}

export const maekawa: Algorithm<MaekawaState> = {
  id: 'maekawa',
  label: texts.labels.maekawa,
  family: 'exclusion',
  needs: 'any',
  source: texts.sources.maekawa,
  explanation: texts.explanations.maekawa,
  columns: [
    texts.columns.section,
    texts.columns.stamp,
    texts.columns.locks,
    texts.columns.waitsFor,
    texts.columns.lockedFor,
    texts.columns.queue,
  ],
  settings: [...sectionSettings, { key: 'cure', ...texts.settings.cure, min: 0, max: 1, usual: 0 }],
  init: () =>
    reaction({
      ...outside,
      highest: 0,
      stamp: null,
      locks: [],
      failed: [],
      inquiries: [],
      lockedFor: null,
      inquired: false,
      queue: [],
    }),
  react: reactBy({ ask, leave, message }),
  look(state, self) {
    const { stamp, locks, lockedFor, queue } = state
    const missing =
      state.section === 'waiting' ? quorumOf(self.index, self.count).filter((node) => !locks.includes(node)) : []
    return lookOf(state, [
      requestsIn(stamp === null ? [] : [{ stamp, node: self.index }], self),
      namesIn(locks, self),
      namesIn(missing, self),
      requestsIn(lockedFor === null ? [] : [lockedFor], self),
      requestsIn(queue, self),
    ])
  },
  tell: (body) => texts.timestamp(body['stamp'] as number),
  cost,
}

// Names and places: clients find an object through a name server, keep its place, and go on finding it when it moves.
// Source: Tanenbaum and van Steen, Distributed Systems, section 6.2 (forwarding pointers), and R. Fowler, Decentralized
// Object Finding Using Forwarding Addresses, 1985.
import { namingTexts } from '../../model/naming-texts.ts'
import type { Algorithm, Body, Input, Reaction, Self } from '../../network/types.ts'
import { cancel, indexIn, nameOf, note, reaction, sendWatched, set, timeout } from '../reactions.ts'
import { type Caller, type NameState, cost, everyCallAnswered, lookOf, placesOf, tell } from './name-server-view.ts'
import { type Draft, clientsBelow, draftOf, finished, numberOfCall, post, settingOf } from './roles.ts'

const texts = namingTexts.nameServer

/** A place that says MOVED so often for one call is not tried again: the register must be wrong for good. */
const MOST_ATTEMPTS = 5

function init(self: Self): Reaction<NameState> {
  const { home, next } = placesOf(self)
  const moves = settingOf(self, 'moves')
  const state: NameState = {
    registered: home,
    here: self.index === home,
    pointer: null,
    early: [],
    kept: null,
    phase: 'idle',
    call: 0,
    done: 0,
    failed: 0,
    left: 0,
    extra: 0,
  }
  return reaction(state, self.index === home && next !== home && moves > 0 ? [set('move', moves)] : [])
}

type Drafting = Draft<NameState>

function react(state: NameState, input: Input, self: Self): Reaction<NameState> {
  const draft = draftOf(state)
  switch (input.do) {
    case 'start':
      draft.state = { ...state, left: state.left + settingOf(self, 'calls') }
      if (state.phase === 'idle') begin(draft, self)
      break
    case 'timer':
      if (input.timer === 'next') begin(draft, self)
      else if (input.timer === 'move') move(draft, self)
      else giveUp(draft, self)
      break
    case 'message':
      receive(draft, input.from, input.body, self)
      break
    case 'unreached':
      unreached(draft, input.to, input.body, self)
      break
    case 'recover':
      draft.state = recovered(state, input.stored)
      // It moves at a time, not after one; what is past is not made up for.
      draft.outputs.push(cancel('move'))
  }
  const { registered, here, pointer } = draft.state
  if (registered !== state.registered || here !== state.here || pointer !== state.pointer) {
    draft.outputs.push({ do: 'store', value: { registered, here, pointer } })
  }
  return finished(draft)
}

function recovered(state: NameState, stored: unknown): NameState {
  return stored === undefined ? state : { ...state, ...(stored as Pick<NameState, 'registered' | 'here' | 'pointer'>) }
}

// The client.

function begin(draft: Drafting, self: Self): void {
  const { state } = draft
  if (state.left === 0) return
  draft.state = { ...state, left: state.left - 1, call: state.call + 1 }
  draft.outputs.push(timeout('answer', settingOf(self, 'timeout')))
  if (settingOf(self, 'cache') === 1 && state.kept !== null) callAt(draft, state.kept, 1, self)
  else lookUp(draft, 1, self)
}

function lookUp(draft: Drafting, attempt: number, self: Self): void {
  const { server } = placesOf(self)
  const { call, extra } = draft.state
  draft.state = { ...draft.state, phase: 'looking', extra: extra + (server === self.index ? 0 : 2) }
  post(draft, server, { kind: 'LOOKUP', number: call, attempt }, self, receive)
}

function callAt(draft: Drafting, place: number, attempt: number, self: Self): void {
  draft.state = { ...draft.state, kept: place, phase: 'calling' }
  post(draft, place, { kind: 'CALL', number: draft.state.call, attempt }, self, receive)
}

function over(draft: Drafting, self: Self): void {
  draft.state = { ...draft.state, phase: 'idle' }
  draft.outputs.push(cancel('answer'))
  if (draft.state.left > 0) draft.outputs.push(set('next', settingOf(self, 'pause')))
}

function giveUp(draft: Drafting, self: Self): void {
  if (draft.state.phase === 'idle') return
  draft.outputs.push(note('told', texts.told.failed(draft.state.call)))
  draft.state = { ...draft.state, failed: draft.state.failed + 1, kept: null }
  over(draft, self)
}

// All parts: what a message does.

function receive(draft: Drafting, from: number, body: Body, self: Self): void {
  const { state } = draft
  switch (body.kind) {
    case 'LOOKUP':
      post(draft, from, { ...body, kind: 'PLACE', place: state.registered }, self, receive)
      return
    case 'CALL':
      called(draft, { client: from, number: numberOfCall(body) }, indexIn(body, 'attempt'), self)
      return
    case 'FORWARD':
      forwarded(draft, { client: indexIn(body, 'client'), number: numberOfCall(body) }, self)
      return
    case 'OBJECT':
      arrived(draft, self)
      return
    case 'REGISTER':
      draft.state = { ...state, registered: indexIn(body, 'place') }
      draft.outputs.push(note('told', texts.told.registered(nameOf(self, indexIn(body, 'place')))))
      return
    default:
      if (numberOfCall(body) === state.call) answered(draft, from, body, self)
  }
}

/** What comes back to a client; old answers and second copies fall through. */
function answered(draft: Drafting, from: number, body: Body, self: Self): void {
  const { state } = draft
  const attempt = indexIn(body, 'attempt')
  if (body.kind === 'PLACE' && state.phase === 'looking') callAt(draft, indexIn(body, 'place'), attempt, self)
  if (state.phase !== 'calling') return
  if (body.kind === 'MOVED' && from === state.kept) {
    draft.outputs.push(note('told', texts.told.stale(nameOf(self, from))))
    draft.state = { ...state, kept: null, extra: state.extra + (from === self.index ? 0 : 2) }
    if (attempt < MOST_ATTEMPTS) lookUp(draft, attempt + 1, self)
    else giveUp(draft, self)
  }
  if (body.kind === 'RESULT') {
    const hops = indexIn(body, 'hops')
    if (hops > 0) draft.outputs.push(note('told', texts.told.learned(nameOf(self, from))))
    draft.state = { ...state, done: state.done + 1, kept: from, extra: state.extra + hops }
    over(draft, self)
  }
}

// The places of the object.

function called(draft: Drafting, caller: Caller, attempt: number, self: Self): void {
  const { here, pointer } = draft.state
  const { client, number } = caller
  if (here) serve(draft, caller, 0, self)
  else if (pointer !== null && settingOf(self, 'forward') === 1) {
    post(draft, pointer, { kind: 'FORWARD', client, number }, self, receive)
  } else post(draft, client, { kind: 'MOVED', number, attempt }, self, receive)
}

function forwarded(draft: Drafting, caller: Caller, self: Self): void {
  if (draft.state.here) serve(draft, caller, 1, self)
  else draft.state = { ...draft.state, early: [...draft.state.early, caller] }
}

function serve(draft: Drafting, { client, number }: Caller, hops: number, self: Self): void {
  post(draft, client, { kind: 'RESULT', number, hops, attempt: 1 }, self, receive)
}

function move(draft: Drafting, self: Self): void {
  const { next } = placesOf(self)
  if (!draft.state.here) return
  draft.state = { ...draft.state, here: false, pointer: next }
  draft.outputs.push(note('told', texts.told.leaves(nameOf(self, next))))
  draft.outputs.push(sendWatched(next, { kind: 'OBJECT' }, settingOf(self, 'timeout')))
}

function arrived(draft: Drafting, self: Self): void {
  const { here, pointer, early } = draft.state
  if (here || pointer !== null) return
  draft.state = { ...draft.state, here: true, early: [] }
  draft.outputs.push(note('told', texts.told.arrives))
  register(draft, 1, self)
  for (const caller of early) serve(draft, caller, 1, self)
}

function register(draft: Drafting, attempt: number, self: Self): void {
  const { server } = placesOf(self)
  const body = { kind: 'REGISTER', place: self.index, attempt }
  if (server === self.index) receive(draft, self.index, body, self)
  else draft.outputs.push(sendWatched(server, body, settingOf(self, 'timeout')))
}

function unreached(draft: Drafting, _: number, body: Body, self: Self): void {
  if (body.kind === 'REGISTER') {
    const attempt = indexIn(body, 'attempt')
    if (attempt < MOST_ATTEMPTS) register(draft, attempt + 1, self)
    return
  }
  draft.state = { ...draft.state, here: true, pointer: null }
  draft.outputs.push(note('told', texts.told.stays))
}

export const nameServer: Algorithm<NameState> = {
  id: 'name-server',
  label: texts.label,
  family: 'naming',
  needs: 'any',
  source: texts.source,
  explanation: texts.explanation,
  columns: [namingTexts.role, texts.columns.knows, texts.columns.calls, texts.columns.extra],
  settings: [
    { key: 'calls', ...namingTexts.calls, min: 1, max: 1000, usual: 4 },
    { key: 'pause', ...namingTexts.pause, min: 1, max: 100_000, usual: 50, unit: 'ms' },
    { key: 'moves', ...texts.settings.moves, min: 0, max: 100_000, usual: 120, unit: 'ms' },
    { key: 'forward', ...texts.settings.forward, min: 0, max: 1, usual: 0 },
    { key: 'cache', ...texts.settings.cache, min: 0, max: 1, usual: 1 },
    { key: 'timeout', ...texts.settings.timeout, min: 1, max: 100_000, usual: 500, unit: 'ms' },
  ],
  rules: [everyCallAnswered],
  init,
  react,
  look: lookOf,
  tell,
  beginners: (selves, up) => clientsBelow(3, selves, up),
  cost,
}

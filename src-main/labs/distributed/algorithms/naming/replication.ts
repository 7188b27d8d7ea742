// A replicated value: a primary passes writes on to its backups, clients read any copy. One copy fails: who notices?
// Source: N. Budhiraja et al., The Primary-Backup Approach, 1993; the answer after a majority is the rule of quorums.
import { namingTexts } from '../../model/naming-texts.ts'
import type { Algorithm, Body, Input, Reaction, Self } from '../../network/types.ts'
import { cancel, nameOf, note, reaction, sendAll, set, timeout } from '../reactions.ts'
import { noOldValue, noticed } from './replication-rules.ts'
import {
  type ReplicationState,
  type Unconfirmed,
  byMajority,
  copiesOf,
  copyFor,
  cost,
  lookOf,
  tell,
  writes,
} from './replication-view.ts'
import { type Draft, clientsBelow, draftOf, finished, numberOfCall, post, settingOf } from './roles.ts'

const texts = namingTexts.replication

type Drafting = Draft<ReplicationState>

/** Timers of writes that wait for confirmations, by version: `write-3`. */
const confirming = 'write-'

function init(self: Self): Reaction<ReplicationState> {
  const [primary, ...backups] = copiesOf(self)
  return reaction({
    version: 0,
    value: '',
    ready: true,
    view: self.index === primary ? backups : [],
    unconfirmed: [],
    taken: new Array<number>(self.index === primary ? self.count : 0).fill(0),
    operation: 0,
    left: 0,
    asked: 0,
    done: 0,
    failed: 0,
    old: 0,
    seen: 0,
  })
}

function react(state: ReplicationState, input: Input, self: Self): Reaction<ReplicationState> {
  const draft = draftOf(state)
  switch (input.do) {
    case 'start':
      draft.state = { ...state, left: state.left + settingOf(self, 'operations') }
      if (state.asked === 0) begin(draft, self)
      break
    case 'timer':
      if (input.timer === 'next') begin(draft, self)
      else if (input.timer === 'answer') silence(draft, self)
      else waitedEnough(draft, Number(input.timer.slice(confirming.length)), self)
      break
    case 'message':
      receive(draft, input.from, input.body, self)
      break
    case 'recover':
      comeBack(draft, input.stored, self)
  }
  const { version, value, taken, operation } = draft.state
  if (version !== state.version || operation !== state.operation) {
    draft.outputs.push({ do: 'store', value: { version, value, taken, operation } })
  }
  return finished(draft)
}

/** A backup asks for what it missed; the primary brings all others to its own version. */
function comeBack(draft: Drafting, stored: unknown, self: Self): void {
  const kept = (stored ?? {}) as Partial<ReplicationState>
  const [primary = self.index, ...backups] = copiesOf(self)
  const catchesUp = backups.includes(self.index)
  draft.state = { ...draft.state, ...kept, ready: !catchesUp }
  if (catchesUp) post(draft, primary, { kind: 'JOIN' }, self, receive)
  else if (self.index === primary) draft.outputs.push(...sendAll(backups, stateOf(draft.state)))
}

const stateOf = ({ version, value }: ReplicationState): Body => ({ kind: 'STATE', version, value })

// The client.

function begin(draft: Drafting, self: Self): void {
  const { state } = draft
  if (state.left === 0) return
  draft.state = { ...state, left: state.left - 1, operation: state.operation + 1 }
  ask(draft, 1, self)
}

function ask(draft: Drafting, attempt: number, self: Self): void {
  const { operation } = draft.state
  const copy = copyFor(operation, attempt, self)
  if (copy === undefined) {
    draft.outputs.push(note('told', texts.told.failed(operation)))
    draft.state = { ...draft.state, failed: draft.state.failed + 1 }
    over(draft, self)
    return
  }
  draft.state = { ...draft.state, asked: attempt }
  draft.outputs.push(timeout('answer', settingOf(self, 'patience')))
  const body: Body = writes(operation)
    ? { kind: 'WRITE', number: operation, value: texts.value(nameOf(self, self.index), operation) }
    : { kind: 'READ', number: operation }
  post(draft, copy, body, self, receive)
}

function silence(draft: Drafting, self: Self): void {
  const { operation, asked } = draft.state
  if (asked === 0) return
  const [silent, next] = [copyFor(operation, asked, self), copyFor(operation, asked + 1, self)]
  if (silent !== undefined && next !== undefined) {
    draft.outputs.push(note('told', texts.told.next(nameOf(self, silent), nameOf(self, next))))
  }
  ask(draft, asked + 1, self)
}

function over(draft: Drafting, self: Self): void {
  draft.state = { ...draft.state, asked: 0 }
  draft.outputs.push(cancel('answer'))
  if (draft.state.left > 0) draft.outputs.push(set('next', settingOf(self, 'pause')))
}

/** An answer to a client; one to an operation that is over comes too late. */
function answered(draft: Drafting, from: number, body: Body, self: Self): void {
  const { state } = draft
  if (state.asked === 0 || numberOfCall(body) !== state.operation) return
  if (body.kind === 'REFUSED') {
    draft.state = { ...state, failed: state.failed + 1 }
    return over(draft, self)
  }
  const version = body['version'] as number
  const old = body.kind === 'VALUE' && version < state.seen
  if (old) draft.outputs.push(note('told', texts.told.old(nameOf(self, from))))
  draft.state = {
    ...state,
    done: state.done + 1,
    seen: Math.max(state.seen, version),
    old: state.old + (old ? 1 : 0),
  }
  over(draft, self)
}

// All parts: what a message does.

function receive(draft: Drafting, from: number, body: Body, self: Self): void {
  switch (body.kind) {
    case 'WRITE':
      return write(draft, from, body, self)
    case 'READ': {
      const { ready, version, value } = draft.state
      // A copy that catches up says nothing: the client asks another one.
      if (ready) post(draft, from, { kind: 'VALUE', number: body['number'], version, value }, self, receive)
      return
    }
    case 'UPDATE':
      take(draft, body)
      return post(draft, from, { kind: 'ACK', version: body['version'] }, self, receive)
    case 'STATE':
      take(draft, body)
      draft.state = { ...draft.state, ready: true }
      return
    case 'ACK':
      return confirmed(draft, from, body['version'] as number, self)
    case 'JOIN':
      return joins(draft, from, self)
    default:
      return answered(draft, from, body, self)
  }
}

/** Takes over what is newer than its own; versions that come out of order do no harm. */
function take(draft: Drafting, body: Body): void {
  const version = body['version'] as number
  if (version > draft.state.version) draft.state = { ...draft.state, version, value: body['value'] as string }
}

// The primary.

function write(draft: Drafting, client: number, body: Body, self: Self): void {
  const { state } = draft
  const number = numberOfCall(body)
  if ((state.taken[client] ?? 0) >= number) return
  const version = state.version + 1
  const value = body['value'] as string
  const one = { version, client, number, confirmed: [self.index] }
  const taken = state.taken.with(client, number)
  draft.state = { ...state, version, value, taken, unconfirmed: [...state.unconfirmed, one] }
  const backups = byMajority(self) ? copiesOf(self).slice(1) : state.view
  draft.outputs.push(...sendAll(backups, { kind: 'UPDATE', version, value }))
  draft.outputs.push(timeout(`${confirming}${version}`, settingOf(self, 'timeout')))
  settle(draft, self)
}

function confirmed(draft: Drafting, from: number, version: number, self: Self): void {
  const { view, unconfirmed } = draft.state
  if (!byMajority(self) && !view.includes(from)) return joins(draft, from, self)
  draft.state = {
    ...draft.state,
    unconfirmed: unconfirmed.map((one) =>
      one.version === version && !one.confirmed.includes(from) ? { ...one, confirmed: [...one.confirmed, from] } : one,
    ),
  }
  settle(draft, self)
}

/** A backup that was given up shows that it lives. What it gets now holds all writes so far: none has to wait for it. */
function joins(draft: Drafting, from: number, self: Self): void {
  const { view } = draft.state
  if (!view.includes(from)) {
    draft.state = { ...draft.state, view: [...view, from] }
    draft.outputs.push(note('told', texts.told.again(nameOf(self, from))))
  }
  post(draft, from, stateOf(draft.state), self, receive)
  // A majority is counted by confirmations alone.
  if (byMajority(self)) return
  draft.state = {
    ...draft.state,
    unconfirmed: draft.state.unconfirmed.map((one) =>
      one.confirmed.includes(from) ? one : { ...one, confirmed: [...one.confirmed, from] },
    ),
  }
  settle(draft, self)
}

function isConfirmed({ confirmed }: Unconfirmed, { view }: ReplicationState, self: Self): boolean {
  if (byMajority(self)) return confirmed.length * 2 > copiesOf(self).length
  return view.every((backup) => confirmed.includes(backup))
}

/** Answers all writes that are confirmed well enough by now. */
function settle(draft: Drafting, self: Self): void {
  for (const one of draft.state.unconfirmed.filter((each) => isConfirmed(each, draft.state, self))) {
    forget(draft, one)
    post(draft, one.client, { kind: 'DONE', number: one.number, version: one.version }, self, receive)
  }
}

function forget(draft: Drafting, { version }: Unconfirmed): void {
  const unconfirmed = draft.state.unconfirmed.filter((other) => other.version !== version)
  draft.state = { ...draft.state, unconfirmed }
  draft.outputs.push(cancel(`${confirming}${version}`))
}

/** The time for confirmations is over: the silent backups are given up, or the write has failed for lack of a majority. */
function waitedEnough(draft: Drafting, version: number, self: Self): void {
  const { state } = draft
  const one = state.unconfirmed.find((each) => each.version === version)
  if (one === undefined) return
  if (byMajority(self)) {
    forget(draft, one)
    draft.outputs.push(note('told', texts.told.refused(version)))
    return post(draft, one.client, { kind: 'REFUSED', number: one.number }, self, receive)
  }
  const silent = state.view.filter((backup) => !one.confirmed.includes(backup))
  draft.state = { ...state, view: state.view.filter((backup) => !silent.includes(backup)) }
  draft.outputs.push(...silent.map((backup) => note('told', texts.told.without(nameOf(self, backup)))))
  settle(draft, self)
}

export const replication: Algorithm<ReplicationState> = {
  id: 'replication',
  label: texts.label,
  family: 'naming',
  needs: 'any',
  source: texts.source,
  explanation: texts.explanation,
  columns: [
    namingTexts.role,
    texts.columns.value,
    texts.columns.used,
    texts.columns.answered,
    texts.columns.failed,
    texts.columns.old,
  ],
  settings: [
    { key: 'replicas', ...texts.settings.replicas, min: 1, max: 9, usual: 3 },
    { key: 'majority', ...texts.settings.majority, min: 0, max: 1, usual: 0 },
    { key: 'operations', ...texts.settings.operations, min: 1, max: 1000, usual: 6 },
    { key: 'pause', ...namingTexts.pause, min: 1, max: 100_000, usual: 40, unit: 'ms' },
    { key: 'timeout', ...texts.settings.timeout, min: 1, max: 100_000, usual: 60, unit: 'ms' },
    { key: 'patience', ...texts.settings.patience, min: 1, max: 100_000, usual: 200, unit: 'ms' },
  ],
  rules: [noOldValue, noticed],
  init,
  react,
  look: lookOf,
  tell,
  beginners: (selves, up) => {
    const [self] = selves
    return self === undefined ? [] : clientsBelow(copiesOf(self).length, selves, up)
  },
  cost,
}

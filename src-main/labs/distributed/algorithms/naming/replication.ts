// A replicated value: a primary passes writes on to its backups, clients read any copy. One copy fails: who notices?
// Source: N. Budhiraja et al., The Primary-Backup Approach, 1993; the answer after a majority is the rule of quorums.
import { namingTexts } from '../../model/naming-texts.ts'
import type { Algorithm, Body, Cost, Input, Look, Reaction, Self } from '../../network/types.ts'
import { cancel, nameOf, note, reaction, sendAll, set, timeout } from '../reactions.ts'
import { noOldValue, noticed } from './replication-rules.ts'
import { type Draft, clientsBelow, draftOf, finished, namesOf, numberOfCall, post, ranked, settingOf } from './roles.ts'

const texts = namingTexts.replication

/** A write that the primary has not answered yet. */
interface Unconfirmed {
  readonly version: number
  readonly client: number
  readonly number: number
  /** copies that have it, the primary among them */
  readonly confirmed: readonly number[]
}

export interface ReplicationState {
  // a copy
  readonly version: number
  readonly value: string
  /** whether it may answer reads: a copy that comes back catches up first */
  readonly ready: boolean
  // the primary
  /** backups that are taken for live */
  readonly view: readonly number[]
  readonly unconfirmed: readonly Unconfirmed[]
  /** of each client the last write that was taken, by index: a second copy of a request is no second write */
  readonly taken: readonly number[]
  // a client
  readonly operation: number
  readonly left: number
  /** what it waits for: 0 nothing, else which copy it asks, counted from 1 */
  readonly asked: number
  readonly done: number
  readonly failed: number
  readonly old: number
  /** the newest version that it has read, or that was confirmed to it */
  readonly seen: number
}

type Drafting = Draft<ReplicationState>

/** The nodes that hold the value, the primary first; at least one node is left over. */
function copiesOf(self: Self): number[] {
  const most = Math.max(1, self.count - 1)
  return ranked(self).slice(0, Math.min(most, settingOf(self, 'replicas')))
}

const primaryOf = (self: Self): number => copiesOf(self)[0] ?? self.index
const writes = (operation: number): boolean => operation % 2 === 1
const byMajority = (self: Self): boolean => settingOf(self, 'majority') === 1

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
      else waitedEnough(draft, Number(input.timer), self)
      break
    case 'message':
      receive(draft, input.from, input.body, self)
      break
    case 'recover':
      comeBack(draft, input.stored, self)
  }
  const { version, value, taken } = draft.state
  if (version !== state.version) draft.outputs.push({ do: 'store', value: { version, value, taken } })
  return finished(draft)
}

/** A backup asks for what it missed; the primary brings all others to its own version. */
function comeBack(draft: Drafting, stored: unknown, self: Self): void {
  const kept = (stored ?? {}) as Partial<ReplicationState>
  const primary = primaryOf(self)
  draft.state = { ...draft.state, ...kept, ready: self.index === primary }
  if (self.index === primary) draft.outputs.push(...sendAll(draft.state.view, stateOf(draft.state)))
  else if (copiesOf(self).includes(self.index)) post(draft, primary, { kind: 'JOIN' }, self, receive)
}

const stateOf = ({ version, value }: ReplicationState): Body => ({ kind: 'STATE', version, value })

// The client.

function begin(draft: Drafting, self: Self): void {
  const { state } = draft
  if (state.left === 0) return
  draft.state = { ...state, left: state.left - 1, operation: state.operation + 1 }
  ask(draft, 1, self)
}

/** The copy that an operation goes to at its first, second … try: writes to the primary, reads to the copies in turn. */
function copyFor(operation: number, attempt: number, self: Self): number | undefined {
  const copies = copiesOf(self)
  if (writes(operation)) return attempt === 1 ? copies[0] : undefined
  return attempt > copies.length ? undefined : copies[(operation / 2 + attempt - 1) % copies.length]
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
  draft.outputs.push(timeout(String(version), settingOf(self, 'timeout')))
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

/** A backup that was given up shows that it lives. What it gets now holds all writes so far, so none waits for it. */
function joins(draft: Drafting, from: number, self: Self): void {
  const { view } = draft.state
  if (!view.includes(from)) {
    draft.state = { ...draft.state, view: [...view, from] }
    draft.outputs.push(note('told', texts.told.again(nameOf(self, from))))
  }
  post(draft, from, stateOf(draft.state), self, receive)
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
  draft.outputs.push(cancel(String(version)))
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

// How it looks from outside.

function lookOf(state: ReplicationState, self: Self): Look {
  const { version, value, ready, view, unconfirmed, operation, asked, done, failed, old } = state
  const copies = copiesOf(self)
  const isCopy = copies.includes(self.index)
  const isPrimary = isCopy && self.index === copies[0]
  const target = asked === 0 ? undefined : copyFor(operation, asked, self)
  const waits = target === undefined ? '' : writes(operation) ? texts.writes : texts.reads(nameOf(self, target))
  const begun = operation > 0
  const harm = old > 0 ? texts.old(old) : failed > 0 ? texts.failed(failed) : ''
  const busy = !ready ? texts.joining : unconfirmed.length > 0 ? texts.confirming(unconfirmed.length) : waits
  return {
    said: busy !== '' ? busy : harm !== '' ? harm : isPrimary ? texts.roles.primary : isCopy ? texts.roles.backup : '',
    mark: busy !== '' ? 'behind' : harm !== '' ? 'ring' : isPrimary ? 'free' : null,
    cells: [
      isPrimary ? texts.roles.primary : isCopy ? texts.roles.backup : namingTexts.client,
      isCopy ? texts.version(version, value) : namingTexts.none,
      isPrimary ? namesOf(self, byMajority(self) ? copies : [self.index, ...view]) : namingTexts.none,
      ...[done, failed, old].map((count) => (begun ? String(count) : namingTexts.none)),
    ],
  }
}

function tell(body: Body): string {
  switch (body.kind) {
    case 'VALUE':
      return texts.tell.value(numberOfCall(body), texts.version(body['version'] as number, body['value'] as string))
    case 'UPDATE':
    case 'STATE':
      return texts.tell.update(texts.version(body['version'] as number, body['value'] as string))
    case 'ACK':
      return texts.tell.ack(body['version'] as number)
    case 'JOIN':
      return ''
    default:
      return texts.tell.operation(numberOfCall(body))
  }
}

/** A request, an update and a confirmation for each backup, an answer: 2R for R copies; a read takes two messages. */
function cost(selves: readonly Self[], up: readonly boolean[], began: readonly number[]): Cost[] {
  const [self] = selves
  if (self === undefined) return []
  const copies = copiesOf(self)
  if (copies.some((node) => up[node] !== true) || began.some((node) => copies.includes(node))) return []
  const operations = settingOf(self, 'operations')
  const written = began.length * Math.ceil(operations / 2)
  const read = began.length * Math.floor(operations / 2)
  const value = written * 2 * copies.length + read * 2
  return [{ what: 'messages', formula: texts.cost(copies.length, written, read), value, bound: 'exact' }]
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
    { key: 'patience', ...texts.settings.patience, min: 1, max: 100_000, usual: 150, unit: 'ms' },
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

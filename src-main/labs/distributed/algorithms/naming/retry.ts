// Remote calls over a network that loses messages: what a retry after a timeout does, and how a table of requests keeps
// it from being carried out twice. Carrying out a call changes a total that outlives crashes, as money in an account.
// Source: A. Birrell and B. Nelson, Implementing Remote Procedure Calls, ACM TOCS 2(1), 1984: a client makes one call at
// a time, so its next request shows that it is done with the one before, and one entry for each client is enough.
import { namingTexts } from '../../model/naming-texts.ts'
import type { Algorithm, Body, Cost, Input, Look, Reaction, Self } from '../../network/types.ts'
import { cancel, nameOf, note, reaction, set, timeout } from '../reactions.ts'
import { allAnswered, carriedOutOnce } from './retry-rules.ts'
import { type Draft, clientsBelow, draftOf, finished, numberOfCall, post, ranked, settingOf } from './roles.ts'

const texts = namingTexts.retry

/** The last request of a client that was taken; `result` is null while it is being carried out, or was lost in a crash. */
interface Entry {
  readonly number: number
  readonly result: number | null
}

interface Job {
  readonly id: number
  readonly client: number
  readonly number: number
}

export interface RetryState {
  // the server
  /** how often each call was carried out: by client, then by the call's number, less one */
  readonly executed: readonly (readonly number[])[]
  readonly total: number
  /** by client; null for none */
  readonly table: readonly (Entry | null)[]
  readonly jobs: readonly Job[]
  readonly nextJob: number
  // the client
  readonly call: number
  readonly left: number
  /** how often the request of the present call was sent; 0 when there is none */
  readonly tries: number
  readonly sent: number
  readonly done: number
  /** calls that were given up */
  readonly failed: readonly number[]
}

type Drafting = Draft<RetryState>

const serverOf = (self: Self): number => ranked(self)[0] ?? self.index
/** Timers of what the server is at: `job-3`. */
const working = 'job-'
const MAYBE = 0
const AT_MOST_ONCE = 2

function init(self: Self): Reaction<RetryState> {
  const count = serverOf(self) === self.index ? self.count : 0
  return reaction({
    executed: new Array<readonly number[]>(count).fill([]),
    total: 0,
    table: new Array<Entry | null>(count).fill(null),
    jobs: [],
    nextJob: 1,
    call: 0,
    left: 0,
    tries: 0,
    sent: 0,
    done: 0,
    failed: [],
  })
}

function react(state: RetryState, input: Input, self: Self): Reaction<RetryState> {
  const draft = draftOf(state)
  switch (input.do) {
    case 'start':
      draft.state = { ...state, left: state.left + settingOf(self, 'calls') }
      if (state.tries === 0) begin(draft, self)
      break
    case 'timer':
      if (input.timer === 'next') begin(draft, self)
      else if (input.timer === 'answer') silence(draft, self)
      else finish(draft, Number(input.timer.slice(working.length)), self)
      break
    case 'message':
      receive(draft, input.from, input.body, self)
      break
    case 'recover':
      draft.state = recovered(state, input.stored, self)
  }
  const { total, call } = draft.state
  if (input.do !== 'recover' && (total !== state.total || call !== state.call)) {
    const { executed, table } = draft.state
    draft.outputs.push({ do: 'store', value: { executed, total, table, call } })
  }
  return finished(draft)
}

/** What was carried out stays carried out; the table is on disk or gone, and what was at work is begun anew when asked. */
function recovered(state: RetryState, stored: unknown, self: Self): RetryState {
  if (stored === undefined) return state
  const { executed, total, call, table } = stored as Pick<RetryState, 'executed' | 'total' | 'call' | 'table'>
  const kept = table.map((entry) => (entry?.result === null ? { number: entry.number - 1, result: null } : entry))
  return { ...state, executed, total, call, table: settingOf(self, 'stable') === 1 ? kept : state.table }
}

// The client.

function begin(draft: Drafting, self: Self): void {
  const { state } = draft
  if (state.left === 0 || state.tries > 0) return
  draft.state = { ...state, left: state.left - 1, call: state.call + 1 }
  request(draft, 1, self)
}

function request(draft: Drafting, tries: number, self: Self): void {
  draft.state = { ...draft.state, tries, sent: draft.state.sent + 1 }
  draft.outputs.push(timeout('answer', settingOf(self, 'timeout')))
  post(draft, serverOf(self), { kind: 'REQUEST', number: draft.state.call, tries }, self, receive)
}

function silence(draft: Drafting, self: Self): void {
  const { tries, call, failed } = draft.state
  if (tries === 0) return
  if (settingOf(self, 'semantics') !== MAYBE && tries < settingOf(self, 'tries')) {
    draft.outputs.push(note('told', texts.told.repeats(call)))
    return request(draft, tries + 1, self)
  }
  draft.outputs.push(note('told', texts.told.failed(call)))
  draft.state = { ...draft.state, failed: [...failed, call] }
  over(draft, self)
}

function over(draft: Drafting, self: Self): void {
  draft.state = { ...draft.state, tries: 0 }
  draft.outputs.push(cancel('answer'))
  if (draft.state.left > 0) draft.outputs.push(set('next', settingOf(self, 'pause')))
}

// Both parts.

function receive(draft: Drafting, from: number, body: Body, self: Self): void {
  const number = numberOfCall(body)
  if (body.kind === 'REQUEST') return asked(draft, from, number, self)
  const { tries, call, done } = draft.state
  if (tries === 0 || number !== call) return
  draft.state = { ...draft.state, done: done + 1 }
  over(draft, self)
}

// The server.

function asked(draft: Drafting, client: number, number: number, self: Self): void {
  if (settingOf(self, 'semantics') !== AT_MOST_ONCE) return work(draft, client, number, self)
  const entry = draft.state.table[client] ?? null
  if (entry === null || number > entry.number) {
    draft.state = { ...draft.state, table: draft.state.table.with(client, { number, result: null }) }
    return work(draft, client, number, self)
  }
  const name = namingTexts.call(nameOf(self, client), number)
  if (number === entry.number && entry.result !== null) {
    draft.outputs.push(note('told', texts.told.fromTable(name)))
    return reply(draft, client, number, entry.result, self)
  }
  draft.outputs.push(note('told', texts.told.ignores(name)))
}

function work(draft: Drafting, client: number, number: number, self: Self): void {
  const { jobs, nextJob } = draft.state
  const job = { id: nextJob, client, number }
  draft.state = { ...draft.state, jobs: [...jobs, job], nextJob: nextJob + 1 }
  const time = settingOf(self, 'work')
  if (time === 0) finish(draft, job.id, self)
  else draft.outputs.push(set(`${working}${job.id}`, time))
}

function finish(draft: Drafting, id: number, self: Self): void {
  const { state } = draft
  const job = state.jobs.find((one) => one.id === id)
  if (job === undefined) return
  const { client, number } = job
  const calls = state.executed[client] ?? []
  const times = (calls[number - 1] ?? 0) + 1
  const counted = Array.from({ length: Math.max(calls.length, number) }, (_, place) => calls[place] ?? 0)
  const total = state.total + 1
  const entry = state.table[client] ?? null
  draft.state = {
    ...state,
    jobs: state.jobs.filter((one) => one !== job),
    executed: state.executed.with(client, counted.with(number - 1, times)),
    total,
    table: entry?.number === number ? state.table.with(client, { number, result: total }) : state.table,
  }
  const name = namingTexts.call(nameOf(self, client), number)
  draft.outputs.push(note('told', times === 1 ? texts.told.executes(name) : texts.told.again(name)))
  reply(draft, client, number, total, self)
}

function reply(draft: Drafting, client: number, number: number, result: number, self: Self): void {
  post(draft, client, { kind: 'REPLY', number, result }, self, receive)
}

// How it looks from outside.

/** Of many calls the last few, so that a cell stays a cell. */
const SHOWN = 5

function executedCell({ executed }: RetryState, self: Self): string {
  const all = executed.flatMap((calls, client) =>
    calls.flatMap((times, place) =>
      times === 0 ? [] : [namingTexts.times(namingTexts.call(nameOf(self, client), place + 1), times)],
    ),
  )
  if (all.length === 0) return namingTexts.none
  return (all.length > SHOWN ? ['…', ...all.slice(-SHOWN)] : all).join(' ')
}

function lookOf(state: RetryState, self: Self): Look {
  const { executed, jobs, total, call, tries, sent, done, failed } = state
  const serves = serverOf(self) === self.index
  const twice = executed.some((calls) => calls.some((times) => times > 1))
  const harm = twice ? texts.twice : failed.length > 0 ? texts.unanswered(failed.length) : ''
  const busy = jobs.length > 0 ? texts.busy : tries > 0 ? texts.waits(call, tries) : ''
  return {
    said: twice ? harm : busy !== '' ? busy : harm !== '' ? harm : serves ? texts.server : '',
    mark: twice ? 'ring' : busy !== '' ? 'behind' : failed.length > 0 ? 'unsafe' : serves ? 'free' : null,
    cells: [
      serves ? texts.server : namingTexts.client,
      call === 0 ? namingTexts.none : namingTexts.ofCalls(done, call),
      call === 0 ? namingTexts.none : String(sent),
      serves ? executedCell(state, self) : namingTexts.none,
      serves ? String(total) : namingTexts.none,
    ],
  }
}

/** Without losses a call is a request and a reply, whatever the semantics. */
function cost(selves: readonly Self[], up: readonly boolean[], began: readonly number[]): Cost[] {
  const [self] = selves
  if (self === undefined || up[serverOf(self)] !== true || began.includes(serverOf(self))) return []
  const calls = settingOf(self, 'calls')
  const formula = texts.cost(began.length, calls)
  const value = began.length * calls
  return ['REQUEST', 'REPLY'].map((what) => ({ what, formula, value, bound: 'least' }))
}

export const retry: Algorithm<RetryState> = {
  id: 'retry',
  label: texts.label,
  family: 'naming',
  needs: 'any',
  source: texts.source,
  explanation: texts.explanation,
  columns: [namingTexts.role, texts.columns.calls, texts.columns.tries, texts.columns.executed, texts.columns.total],
  settings: [
    { key: 'semantics', ...texts.settings.semantics, min: 0, max: 2, usual: 1 },
    { key: 'calls', ...namingTexts.calls, min: 1, max: 1000, usual: 3 },
    { key: 'pause', ...namingTexts.pause, min: 1, max: 100_000, usual: 30, unit: 'ms' },
    { key: 'timeout', ...texts.settings.timeout, min: 1, max: 100_000, usual: 50, unit: 'ms' },
    { key: 'tries', ...texts.settings.tries, min: 1, max: 100, usual: 5 },
    { key: 'work', ...texts.settings.work, min: 0, max: 100_000, usual: 0, unit: 'ms' },
    { key: 'stable', ...texts.settings.stable, min: 0, max: 1, usual: 1 },
  ],
  rules: [carriedOutOnce, allAnswered],
  init,
  react,
  look: lookOf,
  tell: (body) =>
    body.kind === 'REQUEST'
      ? texts.tell.request(numberOfCall(body), body['tries'] as number)
      : texts.tell.reply(numberOfCall(body), body['result'] as number),
  beginners: (selves, up) => clientsBelow(1, selves, up),
  cost,
}

// What the samples about causal order, failure detection and transparency teach, and what their notes claim.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Verdict } from '../../../../src-main/contract/verdict.ts'
import { distributed } from '../../../../src-main/labs/distributed/index.ts'
import { DistributedModel } from '../../../../src-main/labs/distributed/model/schema.ts'

function read(id: string): DistributedModel {
  const url = new URL(`../../../../src-main/labs/distributed/samples/${id}.interlock`, import.meta.url)
  return DistributedModel.parse((JSON.parse(readFileSync(url, 'utf8')) as { model: unknown }).model)
}

/** The verdict on a sample whose settings are changed so. */
function judged(id: string, settings: Record<string, number> = {}): Verdict {
  const model = read(id)
  return distributed.verdict({ ...model, settings: { ...model.settings, ...settings } })
}

const told = ({ evidence }: Verdict): string[] =>
  evidence.find(({ id }) => id === 'told')?.items.map(({ text }) => text) ?? []
const counted = ({ evidence }: Verdict, kind: string): number =>
  Number(
    /^\d+/.exec(
      evidence.find(({ id }) => id === 'costs')?.items.find(({ text }) => text.endsWith(` ${kind}`))?.text ?? '0',
    ),
  )
const broken = ({ evidence }: Verdict): string[] =>
  evidence
    .find(({ id }) => id === 'rules')
    ?.items.filter(({ mark }) => mark === 'ring')
    .map(({ text }) => text) ?? []

const samples = [
  'causal-broadcast',
  'causal-order-broken',
  'false-suspicion',
  'name-server-moved',
  'replica-fails',
  'retry-twice',
  'retry-once',
]

test.each(samples)('the sample %s is offered, fits the schema and has nothing to mend', (id) => {
  expect(distributed.samples).toContain(id)
  expect(distributed.diagnose(read(id))).toEqual([])
})

test.each([
  ['causal-broadcast', []],
  ['causal-order-broken', ['Causal order']],
  ['false-suspicion', ['Nobody is suspected wrongly']],
  ['name-server-moved', []],
  ['replica-fails', []],
  ['retry-twice', ['No call is carried out twice']],
  ['retry-once', []],
])('%s breaks what it is made to break', (id, rules) => {
  const verdict = judged(id)
  expect(broken(verdict)).toEqual(rules)
  expect(verdict.mark).toBe(rules.length === 0 ? 'free' : 'ring')
})

describe('the answer and its question', () => {
  test('the answer waits at P3, or is delivered first when nothing is held back', () => {
    expect(told(judged('causal-broadcast'))).toContain('P3 holds P2.1 until P1.1')
    expect(judged('causal-order-broken').sentence).toContain('P3 delivered P2.1 before P1.1, from which it follows.')
  })

  test('the order is kept by holding back, and by chance on a faster link', () => {
    expect(broken(judged('causal-order-broken', { causal: 1 }))).toEqual([])
    const model = read('causal-order-broken')
    const faster = { ...model, edges: model.edges.map(({ delay: _, ...edge }) => edge) }
    expect(broken(distributed.verdict(faster))).toEqual([])
  })
})

describe('the wrong suspicion', () => {
  test('does not come with a timeout above 300 ms, and costs an election when suspicion begins one', () => {
    expect(broken(judged('false-suspicion', { timeout: 299 }))).not.toEqual([])
    expect(broken(judged('false-suspicion', { timeout: 301 }))).toEqual([])
    const elected = judged('false-suspicion', { elect: 1 })
    expect(counted(elected, 'ELECTION')).toBeGreaterThan(0)
    expect(elected.marks['n4']).toBe('ring')
  })
})

describe('the moved object', () => {
  test('costs six messages instead of two at the first call after it moved, and three when it is forwarded', () => {
    // Each of two clients looks up once and calls four times; the move takes two messages.
    const [usual, move] = [2 * (2 + 4 * 2), 2]
    const all = (verdict: Verdict): number => Number(/(\d+) messages in \d/.exec(verdict.sentence)?.[1])
    expect(all(judged('name-server-moved', { moves: 0 }))).toBe(usual)
    expect(all(judged('name-server-moved'))).toBe(usual + move + 2 * (6 - 2))
    expect(all(judged('name-server-moved', { forward: 1 }))).toBe(usual + move + 2 * (3 - 2))
  })
})

describe('the failed copy', () => {
  test('is noticed by nobody when it is a backup, and by writers when it is the primary', () => {
    expect(told(judged('replica-fails'))).toContain('P5 goes on without P4')
    const model = read('replica-fails')
    const primary = distributed.verdict({ ...model, plan: [{ do: 'crash', at: 70, node: 'n5' }] })
    expect(broken(primary)).toEqual(['Clients notice no failure'])
  })
})

describe('the lost reply', () => {
  test('lets the call be carried out twice, once, or nobody knows, by the semantics alone', () => {
    expect(read('retry-twice').plan).toEqual(read('retry-once').plan)
    expect(told(judged('retry-twice'))).toContain('P2 carries out P1.1 again')
    expect(told(judged('retry-once'))).toContain('P2 answers P1.1 from its table')
    expect(broken(judged('retry-once', { semantics: 0 }))).toEqual(['Every call is answered'])
    expect(counted(judged('retry-once', { semantics: 0 }), 'REQUEST')).toBe(1)
  })
})

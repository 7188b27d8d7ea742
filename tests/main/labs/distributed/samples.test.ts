// What the notes of the samples promise is what their runs bring.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { DistributedModel } from '../../../../src-main/labs/distributed/model/schema.ts'
import { verdict } from '../../../../src-main/labs/distributed/verdict.ts'

const folder = new URL('../../../../src-main/labs/distributed/samples/', import.meta.url)
const promised: [string, string, string | null][] = [
  ['ring-election', 'P7 leads', '15 messages in 190 ms, 14 without those to crashed nodes'],
  ['bully-crash', 'P4 leads', '20 messages in 70 ms, 15 without those to crashed nodes'],
  ['bully-recovers', 'Two leaders', 'P4 and P5 both take themselves for the leader'],
  ['two-leaders', 'Two leaders', 'P2 and P3 both take themselves for the leader'],
  ['partition', 'Two leaders', 'P3 and P5 both take themselves for the leader'],
  ['ring-list', 'P7 leads', null],
  ['broken-ring', 'No leader', 'know no leader'],
  ['chang-roberts-best', 'P6 leads', '17 messages'],
  ['chang-roberts-worst', 'P6 leads', '27 messages'],
  ['hirschberg-sinclair', 'P8 leads', '72 messages'],
  ['grid-election', 'P9 leads', '16 messages'],
  ['flood-max', 'P8 leads', '56 messages'],
  ['central-exclusion', 'All served', '9 messages'],
  ['coordinator-crash', 'Stuck', 'P3 and P4 still wait'],
  ['lamport-exclusion', 'All served', '12 messages'],
  ['ricart-agrawala', 'All served', '8 messages'],
  ['suzuki-kasami', 'All served', '8 messages'],
  ['token-ring', 'All served', null],
  ['maekawa-deadlock', 'Stuck', 'P1, P2 and P3 still wait'],
  ['maekawa-cure', 'All served', null],
  ['lamport-by-hand', '6 events', 'No two events are concurrent'],
  ['concurrent-by-hand', '8 events', 'Of 28 pairs of events 11 are concurrent'],
  ['cristian', 'Done', 'within its bound'],
  ['cristian-crooked', 'Done', 'within its bound'],
  ['berkeley', 'Done', 'led to the same time'],
  ['ntp', 'Done', 'within its bound'],
]

test.each(promised)('%s: %s', (sample, word, part) => {
  const document: unknown = JSON.parse(readFileSync(new URL(`${sample}.interlock`, folder), 'utf8'))
  const found = verdict(DistributedModel.parse((document as { model: unknown }).model))
  expect(found.word).toBe(word)
  if (part !== null) expect(found.sentence).toContain(part)
})

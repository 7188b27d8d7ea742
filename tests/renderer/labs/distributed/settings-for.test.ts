// Settings when another algorithm is chosen: what means the same stays, everything else is as usual again.
import { expect, test } from 'vitest'
import { settingsFor } from '@page/labs/distributed/settings-for.ts'

const algorithm = (settings: Record<string, string>) => ({
  settings: Object.entries(settings).map(([key, label]) => ({
    key,
    label,
    unit: '',
    min: 0,
    max: 9,
    usual: 1,
    hint: '',
  })),
})
const bully = algorithm({ timeout: 'Waits for an answer', notice: 'Notices a crash after' })
const beats = algorithm({ timeout: 'Waits for an answer', every: 'Beats every' })
const remote = algorithm({ timeout: 'Tries again after' })

test('what means the same in both stays as it was set', () => {
  expect(settingsFor({ timeout: 7, notice: 3 }, bully, beats)).toEqual({ timeout: 7 })
})

test('a key that means something else is as usual again', () => {
  expect(settingsFor({ timeout: 7 }, bully, remote)).toBeUndefined()
})

test('what neither of them knows goes, and nothing at all needs no field', () => {
  expect(settingsFor({ other: 1 }, bully, beats)).toBeUndefined()
  expect(settingsFor(undefined, bully, beats)).toBeUndefined()
  expect(settingsFor({ timeout: 7 }, undefined, beats)).toBeUndefined()
})

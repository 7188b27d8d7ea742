// What is checked before a walkthrough is played, and the copy that is taken from one of its steps.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { DocumentEnvelope } from '@contract/document.ts'
import type { Walkthrough } from '@contract/walkthrough.ts'
import { withStep } from '@contract/walkthrough-edits.ts'
import { checkWalkthrough, documentAt } from '@page/walkthrough/show.ts'
import { deadlockModel } from '@labs/deadlock/model/index.ts'

const url = new URL('../../../src-main/labs/deadlock/samples/told-ring.interlock', import.meta.url)
const document = DocumentEnvelope.parse(JSON.parse(readFileSync(url, 'utf8')))
const told = document.walkthrough as Walkthrough

test('the shipped walkthrough can be played; a step with a drawing the lab cannot read is named', () => {
  expect(() => checkWalkthrough(told, deadlockModel)).not.toThrow()
  const bad = withStep(told, 2, { changes: [{ in: 'nodes', put: { id: 'X', kind: 'no such kind' } }] })
  expect(() => checkWalkthrough(bad, deadlockModel)).toThrow(
    expect.objectContaining({ code: 'invalid-document', message: expect.stringContaining('Step 3') }),
  )
  const strange = { ...told, start: { ...told.start, nodes: [{ id: 'X' }] } }
  expect(() => checkWalkthrough(strange, deadlockModel)).toThrow(/begins with a drawing/)
})

test('a copy holds the drawing and the run of its step, and no walkthrough', () => {
  const copy = documentAt(document, told, 13)
  expect(copy.walkthrough).toBeUndefined()
  expect(copy.script?.events).toEqual([{ finish: 'P2' }, { finish: 'P1' }])
  expect(copy.model['nodes']).toContainEqual({ id: 'R1', kind: 'resource', name: 'R1', instances: 2 })
  expect(documentAt(document, told, 0).script).toBeUndefined()
})

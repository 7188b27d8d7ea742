// What a script means as work: who does what in which order, and how long it runs between, whatever was granted when.
import { expect, test } from 'vitest'
import { policies } from '../../../../../src-main/labs/deadlock/operations/policies.ts'

const programs = (script: string, more: object = {}): readonly (readonly string[])[] =>
  policies.run({ processes: ['P1', 'P2'], resources: { R1: 1, R2: 2 }, script, policies: ['none'], ...more }).programs

test('gaps between the lines of a process are ticks of running', () => {
  expect(programs('P1 requests R1\nP2 requests R2 x2\nP2 releases R2\nP1 releases R1')).toEqual([
    ['asks for R1', 'runs 3 ticks, gives back R1'],
    ['runs 1 tick, asks for R2 ×2', 'runs 1 tick, gives back R2'],
  ])
})

test('time from a request to its grant in the script is waiting there, and no running', () => {
  const lines = ['P1 requests R1', 'P2 requests R1', 'P1 releases R1', 'R1 grants P2', 'P2 releases R1']
  expect(programs(lines.join('\n'))[1]).toEqual(['runs 1 tick, asks for R1', 'runs 1 tick, gives back R1'])
  expect(programs(lines.filter((line) => !line.includes('grants')).join('\n'))[1]).toEqual([
    'runs 1 tick, asks for R1',
    'runs 2 ticks, gives back R1',
  ])
})

test('what is drawn as a request is asked for at the start, and what is held may be released', () => {
  expect(programs('P1 releases R1', { assignment: ['R1>P1'], request: ['P2>R1'] })).toEqual([
    ['gives back R1'],
    ['asks for R1'],
  ])
})

test('comments and empty lines take no time', () => {
  const [quiet, spoken] = ['P1 requests R1\nP1 releases R1', '# first\nP1 requests R1\n\n# then\nP1 releases R1  # now']
  expect(programs(spoken)).toEqual(programs(quiet))
})

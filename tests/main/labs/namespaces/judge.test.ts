// The judge: conditions are latched in order, what came and went counts, and nothing that is not asked about matters.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { KernelSample } from '../../../../src-main/contract/kernel.ts'
import type { Condition } from '../../../../src-main/labs/namespaces/model/experiments/experiment.ts'
import { experiments } from '../../../../src-main/labs/namespaces/model/experiments/index.ts'
import { judge, judging } from '../../../../src-main/labs/namespaces/model/judge.ts'
import { wanted } from '../../../../src-main/services/kernel/trials.ts'
import { process, sample } from './samples.ts'

/** Holds while a program of this name runs. */
const runs = (name: string): Condition => ({
  id: name,
  says: `${name} runs.`,
  expected: name,
  look(samples) {
    const holds = Object.values(samples.at(-1)!.processes).some((one) => one.name === name)
    return {
      holds,
      observed: holds ? `${name} was seen.` : `${name} was not seen.`,
      hint: holds ? '' : `Start ${name}.`,
    }
  },
})
const conditions = ['first', 'second', 'third'].map(runs)
const moment = (...names: string[]): KernelSample =>
  sample(names.map((name, index) => process(100 + index, 1, { name })))
const states = (samples: readonly KernelSample[]): string[] =>
  judge({ conditions }, samples).conditions.map(({ state }) => state)

describe('the judge', () => {
  test('holds nothing without samples', () => {
    expect(judge({ conditions }, [])).toMatchObject({ solved: false, conditions: [{ state: 'waiting' }, {}, {}] })
  })

  test('keeps what held once, and says when and what was seen then', () => {
    const judged = judge({ conditions }, [moment('sh'), moment('first'), moment('sh')])
    expect(judged.conditions[0]).toEqual({
      id: 'first',
      says: 'first runs.',
      state: 'holds',
      since: 1,
      expected: 'first',
      observed: 'first was seen.',
      hint: '',
    })
    expect(judged.conditions[1]).toMatchObject({
      state: 'not-yet',
      observed: 'second was not seen.',
      hint: 'Start second.',
    })
    expect(judged.conditions[2]).toMatchObject({ state: 'waiting', observed: '', hint: '' })
  })

  test('takes conditions in their order: what came too early has to come again', () => {
    expect(states([moment('second'), moment('first')])).toEqual(['holds', 'not-yet', 'waiting'])
    expect(states([moment('second'), moment('first'), moment('second')])).toEqual(['holds', 'holds', 'not-yet'])
  })

  test('takes several in one sample, and says when all hold', () => {
    expect(judge({ conditions }, [moment('third', 'second', 'first')]).solved).toBe(true)
  })

  test('tells a condition at which sample the one before it held', () => {
    const seen: number[] = []
    const asks: Condition = {
      ...runs('second'),
      look: (_, since) => (seen.push(since), { holds: false, observed: '', hint: '' }),
    }
    judge({ conditions: [runs('first'), asks] }, [moment('sh'), moment('first'), moment('sh')])
    expect(seen).toEqual([1, 1])
  })

  test('finds the same whether samples come one by one or at once, and never takes back what held', () => {
    const names = fc.array(fc.array(fc.constantFrom('first', 'second', 'third', 'sh'), { maxLength: 3 }), {
      minLength: 1,
    })
    fc.assert(
      fc.property(names, (run) => {
        const samples = run.map((one) => moment(...one))
        const one = judging({ conditions })
        let before = 0
        samples.forEach((next, index) => {
          const judged = one.add(next)
          expect(judged).toEqual(judge({ conditions }, samples.slice(0, index + 1)))
          const holding = judged.conditions.filter(({ state }) => state === 'holds').length
          expect(holding).toBeGreaterThanOrEqual(before)
          before = holding
        })
        // The longest part of the list that can be found in this order, counted by hand.
        let found = 0
        for (const one of run) while (found < 3 && one.some((name) => name === conditions[found]!.id)) found += 1
        expect(before).toBe(found)
      }),
    )
  })
})

describe('the experiments', () => {
  test('are numbered from 1 to 23, each with an id, a task, steps and conditions of its own', () => {
    expect(experiments.map(({ number }) => number)).toEqual(Array.from({ length: 23 }, (_, index) => index + 1))
    expect(new Set(experiments.map(({ id }) => id)).size).toBe(23)
    for (const { id, task, steps, conditions: asked, solved } of experiments) {
      expect(id).toMatch(/^[a-z0-9][a-z0-9-]*$/)
      expect(task.length * steps.length * solved.length).toBeGreaterThan(0)
      expect(new Set(asked.map((one) => one.id)).size).toBe(asked.length)
      expect(asked.length).toBeGreaterThan(0)
    }
  })

  test('need only programs that the probe looks for', () => {
    for (const { id, tools } of experiments) {
      expect(
        tools.filter((tool) => !(wanted as readonly string[]).includes(tool)),
        id,
      ).toEqual([])
    }
  })

  test('prove nothing of a terminal in which nothing was done, and say what to do', () => {
    const idle = sample([process(400, 1)])
    for (const experiment of experiments) {
      const { conditions: judged } = judge(experiment, [idle, { ...idle, time: 500 }])
      expect(
        judged.map(({ state }) => state),
        experiment.id,
      ).not.toContain('holds')
      expect(judged[0]!.observed, experiment.id).not.toBe('')
      expect(judged[0]!.hint, experiment.id).not.toBe('')
    }
  })
})

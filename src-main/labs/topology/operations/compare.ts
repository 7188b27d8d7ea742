// The operation `topology.compare`: the same work done in several ways, with the parts of what it costs. Techniques of
// virtualisation on one stream of instructions, machines against containers, and what a failed host means to whom.
import type { Operation } from '../../../contract/lab.ts'
import { didYouMean } from '../../../contract/near-names.ts'
import { anything, bad, readFields, said } from '../../../contract/operation-input.ts'
import { outageOf } from '../cluster/ha.ts'
import { show, sumOf, tidy } from '../figures.ts'
import { preCopy } from '../migration/pre-copy.ts'
import { type Compared, type Comparison, type Subject, parameters, subjects } from '../model/comparison.ts'
import { techniqueCosts } from '../techniques/costs.ts'

type Values = Readonly<Record<string, number>>

const compared = (
  id: string,
  label: string,
  parts: readonly (readonly [string, number])[],
  working: readonly string[],
): Compared => ({
  id,
  label,
  parts: parts.filter(([, amount]) => amount > 0).map(([what, amount]) => ({ what, amount: tidy(amount) })),
  total: tidy(sumOf(parts.map(([, amount]) => amount))),
  working,
})

/** What a term of a cost formula is spent on, in the same words for every technique. */
function spentOn(what: string): string {
  if (what.includes('page')) return 'page tables'
  if (what.includes('device')) return 'devices'
  if (what.includes('privileged')) return 'privileged instructions'
  if (what.includes('system')) return 'system calls'
  return what.includes('block') ? 'translating' : 'instructions'
}

/** The terms of a formula, those for the same thing together. */
function together(terms: readonly { what: string; cycles: number }[]): [string, number][] {
  const sums = new Map<string, number>()
  for (const { what, cycles } of terms) sums.set(spentOn(what), (sums.get(spentOn(what)) ?? 0) + cycles)
  return [...sums]
}

/** Cycles, and how they grow with the share of privileged instructions. */
function ofTechniques(values: Values): Comparison {
  const events = (privileged: number) => ({
    instructions: values['instructions'] ?? 0,
    privileged,
    systemCalls: values['systemCalls'] ?? 0,
    pageTableUpdates: values['pageTableUpdates'] ?? 0,
    deviceOperations: values['deviceOperations'] ?? 0,
  })
  const costs = techniqueCosts(events(values['privileged'] ?? 0))
  const most = Math.max(1, 2 * (values['privileged'] ?? 0))
  const series = [0, 1, 2, 3, 4].map((step) => {
    const x = Math.round((most * step) / 4)
    return { x, costs: techniqueCosts(events(x)) }
  })
  return {
    rows: costs.map(({ technique, label, terms, working }) => compared(technique, label, together(terms), working)),
    lines: costs.map(({ technique, label }) => ({
      id: technique,
      label,
      points: series.map(({ x, costs: at }) => ({ x, y: at.find((one) => one.technique === technique)?.cycles ?? 0 })),
    })),
  }
}

/** Memory of so many instances on one host, as machines and as containers; how many fit, and when all run. */
function ofIsolation(values: Values): Comparison {
  const [count, host, application] = [values['instances'] ?? 1, values['host'] ?? 1, values['application'] ?? 1]
  const kinds = [
    ['machine', 'Virtual machines', 'guest systems', values['guest'] ?? 0, values['boot'] ?? 0],
    ['container', 'Containers', 'runtimes', values['runtime'] ?? 0, values['exec'] ?? 0],
  ] as const
  return {
    rows: kinds.map(([id, label, what, extra, start]) => {
      const each = application + extra
      const fit = Math.floor(host / each)
      return compared(
        id,
        label,
        [
          ['applications', count * application],
          [what, count * extra],
        ],
        [
          `${show(count)} * (${show(application)} + ${show(extra)}) = ${show(count * each)} MiB`,
          `on one host fit floor(${show(host)} / ${show(each)}) = ${show(fit)}`,
          `one after the other, all run after ${show(count)} * ${show(start)} = ${show(count * start)} s`,
        ],
      )
    }),
    lines: kinds.map(([id, label, , extra]) => ({
      id,
      label,
      points: [0, 0.5, 1, 1.5, 2].map((part) => {
        const x = Math.round(count * part)
        return { x, y: x * (application + extra) }
      }),
    })),
  }
}

/** Seconds without the service: restart by HA, eviction by Kubernetes, and a planned live migration beside them. */
function ofFailure(values: Values): Comparison {
  const at = (key: string): number => values[key] ?? 0
  const restart = outageOf(at('detect'), at('place'), at('boot'))
  const [grace, toleration, start] = [at('grace'), at('toleration'), at('start')]
  const copy = preCopy({
    memory: at('memory'),
    link: at('link'),
    dirtyRate: at('dirtyRate'),
    workingSet: null,
    downtimeLimit: 0.3,
    maxRounds: null,
    resume: 0,
    autoConverge: null,
  })
  const stop = (copy.lastVolume ?? at('memory')) / at('link')
  return {
    rows: [
      compared(
        'ha',
        'vSphere HA: restart elsewhere',
        restart.phases.map(({ phase, time }) => [phases[phase], time]),
        restart.working,
      ),
      compared(
        'kubernetes',
        'Kubernetes: eviction and a new pod',
        [
          ['is noticed', grace],
          ['is tolerated', toleration],
          ['starts', start],
        ],
        [
          `grace + toleration + start = ${show(grace)} + ${show(toleration)} + ${show(start)} = ${show(grace + toleration + start)} s`,
        ],
      ),
      compared(
        'replica',
        'Kubernetes: another replica answers',
        [['is noticed', grace]],
        [`until the endpoints leave the silent pod out: ${show(grace)} s; the other replicas answer all the while`],
      ),
      compared(
        'migration',
        'Live migration, if it was planned',
        [['stands still', stop]],
        [
          copy.lastVolume === null
            ? `it does not converge, so the machine stops for all its memory: ${show(at('memory'))} / ${show(at('link'))} = ${show(stop)} s`
            : `the rest of ${show(copy.lastVolume)} MiB is sent at the end: ${show(copy.lastVolume)} / ${show(at('link'))} = ${show(stop)} s`,
          'nothing in memory is lost; a host that has failed cannot be migrated from',
        ],
      ),
    ],
    lines: [],
  }
}

const phases = { detect: 'is noticed', place: 'finds a place', boot: 'starts' } as const

const comparisons: Readonly<Record<Subject, (values: Values) => Comparison>> = {
  techniques: ofTechniques,
  isolation: ofIsolation,
  failure: ofFailure,
}

function run(input: unknown): Comparison {
  const fields = readFields(input)
  const subject = subjects.find((one) => one === fields['subject'])
  if (subject === undefined) {
    throw bad('subject', `expected one of ${subjects.join(', ')}, found ${said(fields['subject'])}.`)
  }
  const known = parameters[subject]
  for (const key of Object.keys(fields)) {
    if (key !== 'subject' && !known.some((one) => one.key === key)) {
      throw bad(
        key,
        `the comparison of ${subject} has no such number.${didYouMean(
          key,
          known.map((one) => one.key),
        )}`,
      )
    }
  }
  const values = Object.fromEntries(
    known.map(({ key, usual, min, max }) => {
      const value = fields[key] ?? usual
      if (typeof value !== 'number' || !(value >= min && value <= max)) {
        throw bad(key, `expected a number from ${min} to ${max}, found ${said(value)}.`)
      }
      return [key, value]
    }),
  )
  return comparisons[subject](values)
}

const example = { subject: 'failure', boot: 90 }

export const compare: Operation<unknown, Comparison> = {
  summary: 'The same work in several ways: techniques, machines against containers, what a failed host means to whom.',
  input: anything(),
  help: [
    'Input:',
    '  subject    techniques, isolation or failure; and any of its numbers, the others are as usual:',
    ...subjects.map(
      (subject) => `  ${subject}: ${parameters[subject].map(({ key, usual }) => `${key} ${usual}`).join(', ')}`,
    ),
    'Output:',
    '  rows       each with id, label, parts (what, amount), total and working: cycles, MiB or seconds',
    '  lines      totals as the first number that matters grows: id, label and points (x, y)',
  ],
  get example() {
    return { input: example, output: run(example) }
  },
  run,
}

// The operation `topology.migrate`: live migration by pre-copy round by round, beside stop-and-copy and post-copy, and
// what helps when it does not converge.
import type { Operation } from '../../../contract/lab.ts'
import { anything, bad } from '../../../contract/operation-input.ts'
import { show, tidy } from '../figures.ts'
import { type Faulting, postCopy, remedies, stopAndCopy } from '../migration/alternatives.ts'
import { type AutoConverge, MAX_ROUNDS, preCopy, type PreCopyPlan, THROTTLE } from '../migration/pre-copy.ts'
import { type Fields, kindOf, type Question, readFlag, readNamed, readNumber, readOptional, readSize } from './input.ts'

/** QEMU's usual downtime limit, s. */
const DOWNTIME_LIMIT = 0.3
/** What the devices of a small machine take, MiB: a teaching value. */
const DEVICE_STATE = 2

const common = ['resume', 'deviceState', 'faults', 'faultMs'] as const
const questions: readonly Question<'migration' | 'bounds'>[] = [
  {
    kind: 'migration',
    needs: ['memory', 'link', 'dirtyRate'],
    may: ['workingSet', 'downtimeLimit', 'maxRounds', 'throttle', 'autoConverge', ...common],
  },
  { kind: 'bounds', needs: ['memory', 'link'], may: [...common] },
]

const aliases = {
  M: 'memory',
  R: 'link',
  bandwidth: 'link',
  D: 'dirtyRate',
  W: 'workingSet',
  d: 'downtimeLimit',
  N: 'maxRounds',
  rounds: 'maxRounds',
}

function readAutoConverge(value: unknown): AutoConverge | null {
  if (typeof value !== 'object' || value === null) {
    return readFlag(value, 'autoConverge') ? THROTTLE : null
  }
  const fields = readNamed(value, { max: 'most', increment: 'step' }, 'autoConverge')
  const percent = (field: string, usual: number, max: number): number =>
    readOptional(fields[field], usual, (given) => readNumber(given, `autoConverge.${field}`, { above: 0, max }))
  const strange = Object.keys(fields).find((field) => !['initial', 'step', 'most', 'trigger'].includes(field))
  if (strange !== undefined) throw bad(`autoConverge.${strange}`, 'expected only initial, step, most and trigger.')
  const plan = {
    initial: percent('initial', THROTTLE.initial, 99),
    step: percent('step', THROTTLE.step, 99),
    most: percent('most', THROTTLE.most, 99),
    trigger: percent('trigger', THROTTLE.trigger, 100),
  }
  if (plan.initial > plan.most) throw bad('autoConverge.initial', 'the first throttle is above most. Lower it.')
  return plan
}

const readDirtyRate = (fields: Fields): number =>
  readOptional(fields['dirtyRate'], 0, (value) => readSize(value, 'dirtyRate', 'Mi'))

/** CPU time that the guest loses from the beginning, per cent. */
const readThrottle = (fields: Fields): number =>
  readOptional(fields['throttle'], 0, (value) => readNumber(value, 'throttle', { max: 99 }))

function readPlan(fields: Fields): PreCopyPlan {
  const maxRounds = readOptional<number | null>(fields['maxRounds'], null, (value) =>
    readNumber(value, 'maxRounds', { max: MAX_ROUNDS, whole: true }),
  )
  return {
    memory: readSize(fields['memory'], 'memory', 'Mi', { above: 0 }),
    link: readSize(fields['link'], 'link', 'Mi', { above: 0 }),
    dirtyRate: tidy(readDirtyRate(fields) * (1 - readThrottle(fields) / 100)),
    workingSet: readOptional<number | null>(fields['workingSet'], null, (value) => readSize(value, 'workingSet', 'Mi')),
    downtimeLimit: readOptional(fields['downtimeLimit'], DOWNTIME_LIMIT, (value) => readNumber(value, 'downtimeLimit')),
    maxRounds,
    resume: readOptional(fields['resume'], 0, (value) => readNumber(value, 'resume')),
    autoConverge: readOptional<AutoConverge | null>(fields['autoConverge'], null, readAutoConverge),
  }
}

function readFaulting(fields: Fields): Faulting | null {
  if (fields['faults'] === undefined && fields['faultMs'] === undefined) return null
  return {
    faults: readNumber(fields['faults'], 'faults', { whole: true }),
    faultMs: readNumber(fields['faultMs'], 'faultMs'),
  }
}

function run(input: unknown): object {
  const fields = readNamed(input, aliases)
  const kind = kindOf(fields, questions)
  const plan = readPlan(fields)
  const deviceState = readOptional(fields['deviceState'], DEVICE_STATE, (value) => readSize(value, 'deviceState', 'Mi'))
  const bounds = {
    stopAndCopy: stopAndCopy(plan),
    postCopy: postCopy(plan, deviceState, readFaulting(fields)),
  }
  const words = [
    ...bounds.stopAndCopy.working.map((line) => `Stop-and-copy: ${line}`),
    ...bounds.postCopy.working.map((line) => `Post-copy: ${line}`),
  ]
  if (kind === 'bounds') return { kind, ...bounds, working: words }
  const { working, ...result } = preCopy(plan)
  const throttle = readThrottle(fields)
  const slower = `D = ${show(readDirtyRate(fields))} * (1 - ${show(throttle)} / 100) = ${show(plan.dirtyRate)} MiB/s`
  const left = result.lastVolume ?? result.rounds.at(-1)?.dirtied ?? plan.memory
  // How many rounds it takes matters only where they were cut short.
  const enough = result.converges && !result.withinLimit ? preCopy({ ...plan, maxRounds: null }).liveRounds : null
  const offers = result.withinLimit ? [] : remedies(plan, left, enough)
  return {
    kind,
    ...result,
    roundTimes: result.rounds.filter(({ stopped }) => !stopped).map(({ time }) => time),
    ...bounds,
    remedies: offers,
    working: [
      ...(throttle === 0 ? [] : [slower]),
      ...working,
      ...(result.downtime === null
        ? []
        : [`A live migration has no zero downtime: ${show(result.downtime)} s remain.`]),
      ...offers.map(({ sentence }) => sentence),
      ...words,
    ],
  }
}

const example = { memory: 4096, link: 1024, dirtyRate: 256, downtimeLimit: 0.3 }

export const migrate: Operation<unknown, object> = {
  summary:
    'Live migration: pre-copy round by round, stop-and-copy, post-copy, and what helps when it does not converge.',
  input: anything(),
  help: [
    'Input (the letters M, R, D, W, d and N are read as well):',
    '  memory         MiB, or a text such as "4Gi"',
    '  link           bandwidth, MiB/s',
    '  dirtyRate      MiB/s; without it only the bounds are given: stop-and-copy and post-copy',
    '  workingSet     optional: most that is dirty at once, MiB',
    '  downtimeLimit  optional: s, usually 0.3',
    '  maxRounds      optional: rounds after which the machine is stopped whatever is left',
    '  resume         optional: s for resuming at the destination, usually 0',
    '  throttle       optional: per cent of CPU time that the guest loses from the beginning, so that it dirties less',
    '  autoConverge   optional: true, or {initial 20, step 10, most 99, trigger 50}, all per cent: a round that dirtied',
    '                 at least trigger of what it sent throttles the guest for the next rounds',
    '  deviceState    optional, for post-copy: MiB, usually 2; faults and faultMs: pages touched too early, ms for each',
    'Output:',
    '  converges, ended  whether the rest becomes small by itself; "small-enough", "max-rounds" or "never"',
    '  rounds            each with volume (MiB), time and start (s), throttle (%), dirtied (MiB); the last is the stop',
    '  liveRounds        rounds while the machine runs; roundTimes: their times',
    '  lastVolume, downtime, total, data  MiB, s, s, MiB; null when it would never end',
    '  lambda, withinLimit, stopAndCopy, postCopy, remedies, working',
    'Figures have up to 12 digits; only the lines of working are rounded, to 4 digits behind the point.',
  ],
  get example() {
    return { input: example, output: run(example) }
  },
  run,
}

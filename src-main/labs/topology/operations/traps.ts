// The operation `topology.traps`: what virtualisation costs by technique, page walks, entries that map a memory, exits of
// nested guests, and one instruction traced through a technique.
import type { Operation } from '../../../contract/lab.ts'
import { MAX_PAGE_LEVELS } from '../../../contract/limits.ts'
import { didYouMean } from '../../../contract/near-names.ts'
import { anything, bad } from '../../../contract/operation-input.ts'
import { type CostSet, DEFAULT_COSTS, type EventCounts, techniqueCosts, techniques } from '../techniques/costs.ts'
import { traceInstruction } from '../techniques/trace.ts'
import { leafEntries, nestedExit, pageWalk } from '../techniques/walks.ts'
import {
  type Bounds,
  type Fields,
  kindOf,
  type Question,
  readChoice,
  readFlag,
  readNamed,
  readNumber,
  readOptional,
  readSize,
} from './input.ts'

const events = ['instructions', 'privileged', 'systemCalls', 'pageTableUpdates', 'deviceOperations'] as const
const costNames = Object.keys(DEFAULT_COSTS) as (keyof CostSet)[]

const questions: readonly Question<'costs' | 'walk' | 'leaves' | 'nestedExit' | 'trace'>[] = [
  { kind: 'costs', needs: ['instructions'], may: [...events, 'costs', ...costNames] },
  { kind: 'walk', needs: ['guestLevels', 'hostLevels'], may: [] },
  { kind: 'walk', needs: ['guestLevels'], may: [] },
  { kind: 'leaves', needs: ['memory', 'page'], may: [] },
  { kind: 'nestedExit', needs: ['accesses'], may: ['exit'] },
  { kind: 'trace', needs: ['technique'], may: ['instruction', 'exits', 'costs'] },
]

/** The letters of the formulas. */
const costLetters = {
  c_sys: 'systemCall',
  c_pte: 'pageTableUpdate',
  c_io: 'deviceOperation',
  c_trap: 'trap',
  c_emul: 'emulation',
  r: 'translationRatio',
  c_block: 'block',
  c_inline: 'inline',
  c_btsys: 'translatedSystemCall',
  c_hyp: 'hypercall',
  c_exit: 'exit',
  phi: 'exitShare',
  T: 'tlbMisses',
  c_walk: 'walk',
}

const aliases = {
  ...costLetters,
  n: 'instructions',
  a: 'privileged',
  s: 'systemCalls',
  t: 'pageTableUpdates',
  o: 'deviceOperations',
  g: 'guestLevels',
  h: 'hostLevels',
  e: 'accesses',
  pageSize: 'page',
}

const boundsOf = (name: keyof CostSet): Bounds => {
  if (name === 'batch' || name === 'ring') return { min: 1, whole: true }
  if (name === 'exitShare') return { max: 1 }
  return name === 'blocks' || name === 'tlbMisses' ? { whole: true } : {}
}

/** D0 with what the question changes, in `costs` or beside the events. */
function readCosts(fields: Fields): CostSet {
  const costs = { ...DEFAULT_COSTS }
  const inside = fields['costs'] === undefined ? {} : readNamed(fields['costs'], costLetters, 'costs')
  for (const name of Object.keys(inside)) {
    if (!costNames.some((known) => known === name)) {
      throw bad(`costs.${name}`, `there is no such cost.${didYouMean(name, costNames)} See --help.`)
    }
  }
  for (const name of costNames) {
    const within = inside[name] !== undefined
    const value = within ? inside[name] : fields[name]
    costs[name] = readOptional(value, costs[name], (given) =>
      readNumber(given, within ? `costs.${name}` : name, boundsOf(name)),
    )
  }
  return costs
}

function runCosts(fields: Fields): object {
  const counts = Object.fromEntries(
    events.map((name) => [name, readOptional(fields[name], 0, (value) => readNumber(value, name, { whole: true }))]),
  ) as unknown as EventCounts
  const all = techniqueCosts(counts, readCosts(fields))
  return {
    kind: 'costs',
    cycles: Object.fromEntries(all.map(({ technique, cycles }) => [technique, cycles])),
    ratios: Object.fromEntries(all.map(({ technique, ratio }) => [technique, ratio])),
    techniques: all.map(({ technique, label, formula, terms, cycles, ratio, exits }) => ({
      technique,
      label,
      formula,
      cycles,
      ratio,
      exits,
      terms,
    })),
    working: all.flatMap(({ working }) => working),
  }
}

function run(input: unknown): object {
  const fields = readNamed(input, aliases)
  const kind = kindOf(fields, questions)
  switch (kind) {
    case 'costs':
      return runCosts(fields)
    case 'walk': {
      const guest = readNumber(fields['guestLevels'], 'guestLevels', { min: 1, max: MAX_PAGE_LEVELS, whole: true })
      const host = readOptional(fields['hostLevels'], 0, (value) =>
        readNumber(value, 'hostLevels', { max: MAX_PAGE_LEVELS, whole: true }),
      )
      return { kind, ...pageWalk(guest, host) }
    }
    case 'leaves': {
      const memory = readSize(fields['memory'], 'memory', 'Gi', { above: 0 }) * 1024 ** 2
      const page = readSize(fields['page'], 'page', 'B', { above: 0 }) * 1024 ** 2
      return { kind, ...leafEntries(memory, page) }
    }
    case 'nestedExit': {
      const accesses = readNumber(fields['accesses'], 'accesses')
      const exit = readOptional(fields['exit'], DEFAULT_COSTS.exit, (value) => readNumber(value, 'exit'))
      return { kind, ...nestedExit(exit, accesses) }
    }
    case 'trace': {
      const technique = readChoice(
        fields['technique'],
        'technique',
        techniques.map(({ id }) => id),
      )
      const instruction = readOptional(fields['instruction'], 'privileged' as const, (value) =>
        readChoice(value, 'instruction', ['privileged', 'sensitive']),
      )
      const exits = readOptional(fields['exits'], true, (value) => readFlag(value, 'exits'))
      const costs = fields['costs'] === undefined ? DEFAULT_COSTS : readCosts({ costs: fields['costs'] })
      const trace = traceInstruction(technique, instruction, exits, costs)
      return {
        kind,
        ...trace,
        working: [...trace.steps.map(({ text, cycles }) => `${text} (${cycles})`), trace.outcome],
      }
    }
  }
}

const example = {
  instructions: 100_000_000,
  privileged: 50_000,
  systemCalls: 20_000,
  pageTableUpdates: 30_000,
  deviceOperations: 5_000,
}

export const traps: Operation<unknown, object> = {
  summary:
    'Virtualisation by technique: cycles and ratios, page walks, leaf entries, nested exits, a traced instruction.',
  input: anything(),
  help: [
    'Input, one of these questions; the letters of the formulas are read as well:',
    '  costs       instructions (n); optional privileged (a), systemCalls (s), pageTableUpdates (t), deviceOperations (o),',
    '              and costs that differ from the usual ones, in costs or beside the events: systemCall (c_sys 150),',
    '              pageTableUpdate (c_pte 10), deviceOperation (c_io 500), trap (c_trap 1000), emulation (c_emul 300),',
    '              translationRatio (r 1.02), blocks (2000), block (c_block 3000), inline (c_inline 50),',
    '              translatedSystemCall (c_btsys 900), hypercall (c_hyp 400), batch (32), ring (16), exit (c_exit 1300),',
    '              exitShare (phi 0.1), tlbMisses (T 20000), walk (c_walk 100); all in cycles, teaching values',
    '  walk        guestLevels (g); optional hostLevels (h)',
    '  leaves      memory (GiB or "64Gi"), page (bytes or "4Ki")',
    '  nestedExit  accesses (e); optional exit (c_exit)',
    '  trace       technique (native, trapAndEmulate, binaryTranslation, paravirtual, hardwareShadow, hardwareNested);',
    '              optional instruction ("privileged": cli, "sensitive": popf), exits (with hardware; true), costs',
    'Output, with kind and working (the formulas with their numbers) always:',
    '  costs       cycles and ratios (to native) by technique; techniques: with formula, exits and every term',
    '  walk        references, order of the references; leaves: entries, bytes; nestedExit: cycles',
    '  trace       steps (actor, mode, text, cycles, total), cycles, exits, right, outcome',
    'Figures have up to 12 digits; only the lines of working are rounded, to 4 digits behind the point.',
  ],
  get example() {
    return { input: example, output: run(example) }
  },
  run,
}

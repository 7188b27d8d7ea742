// What the techniques of virtualisation cost on one stream of instructions: each event times its cost, term by term.
// Costs are teaching values in cycles and may be changed. Pure; knows no input form and no drawing.
import { ceilOf, show, sumOf, tidy } from '../figures.ts'

/** How often each event happens; whole numbers, at least 0. */
export interface EventCounts {
  /** n */
  instructions: number
  /** a */
  privileged: number
  /** s */
  systemCalls: number
  /** t */
  pageTableUpdates: number
  /** o */
  deviceOperations: number
}

/** Costs in cycles, and the few parameters that are no costs. */
export interface CostSet {
  /** c_sys: a system call on bare hardware */
  systemCall: number
  /** c_pte: writing a page table entry */
  pageTableUpdate: number
  /** c_io: a device operation */
  deviceOperation: number
  /** c_trap: a trap into the monitor and back */
  trap: number
  /** c_emul: emulating what was trapped */
  emulation: number
  /** r: cycles of a translated instruction */
  translationRatio: number
  /** basic blocks that are translated once */
  blocks: number
  /** c_block: translating one */
  block: number
  /** c_inline: a privileged instruction that translated code does in place */
  inline: number
  /** c_btsys: what a system call costs more under translation */
  translatedSystemCall: number
  /** c_hyp: a hypercall */
  hypercall: number
  /** page table updates in one hypercall */
  batch: number
  /** device operations in one hypercall */
  ring: number
  /** c_exit: an exit from the guest and back */
  exit: number
  /** phi: share of privileged instructions that still exit with hardware, 0 to 1 */
  exitShare: number
  /** T: misses of the translation buffer under nested paging */
  tlbMisses: number
  /** c_walk: what a nested page walk costs more than a plain one */
  walk: number
}

/** D0. Only the exit has a measurement behind it: 1,344 to 1,376 cycles on an AMD machine of 2020. */
export const DEFAULT_COSTS: CostSet = {
  systemCall: 150,
  pageTableUpdate: 10,
  deviceOperation: 500,
  trap: 1000,
  emulation: 300,
  translationRatio: 1.02,
  blocks: 2000,
  block: 3000,
  inline: 50,
  translatedSystemCall: 900,
  hypercall: 400,
  batch: 32,
  ring: 16,
  exit: 1300,
  exitShare: 0.1,
  tlbMisses: 20_000,
  walk: 100,
}

export type Technique =
  'native' | 'trapAndEmulate' | 'binaryTranslation' | 'paravirtual' | 'hardwareShadow' | 'hardwareNested'

export const techniques: readonly { id: Technique; label: string; formula: string }[] = [
  { id: 'native', label: 'Native', formula: 'n + s*c_sys + t*c_pte + o*c_io' },
  {
    id: 'trapAndEmulate',
    label: 'Trap and emulate',
    formula: 'n + a*(c_trap+c_emul) + s*(c_sys+2*c_trap) + t*(c_trap+c_emul) + o*(c_trap+c_emul+c_io)',
  },
  {
    id: 'binaryTranslation',
    label: 'Binary translation',
    formula: 'n*r + blocks*c_block + a*c_inline + s*(c_sys+c_btsys) + t*(c_trap+c_emul) + o*(c_trap+c_emul+c_io)',
  },
  {
    id: 'paravirtual',
    label: 'Paravirtual',
    formula: 'n + a*c_hyp + s*c_sys + ceil(t/batch)*c_hyp + t*c_pte + ceil(o/ring)*c_hyp + o*c_io',
  },
  {
    id: 'hardwareShadow',
    label: 'Hardware, shadow paging',
    formula: 'n + phi*a*c_exit + s*c_sys + t*(c_exit+c_emul) + o*(c_exit+c_emul+c_io)',
  },
  {
    id: 'hardwareNested',
    label: 'Hardware, nested paging',
    formula: 'n + phi*a*c_exit + s*c_sys + t*c_pte + o*(c_exit+c_emul+c_io) + T*c_walk',
  },
]

/** One term of a sum: how often something happens, what it costs, and both multiplied. */
export interface CostTerm {
  /** what the cycles go to, such as "system calls" */
  what: string
  times: number
  each: number
  cycles: number
  /** with the numbers put in, such as "20,000 * (150 + 2 * 1,000) = 43,000,000" */
  working: string
}

export interface TechniqueCost {
  technique: Technique
  label: string
  formula: string
  terms: CostTerm[]
  cycles: number
  /** cycles / cycles of native */
  ratio: number
  /** how often control goes to the monitor */
  exits: number
  working: string[]
}

type Part = [what: string, times: number, each: number, formula: string]

function partsOf(technique: Technique, e: EventCounts, c: CostSet): { parts: Part[]; exits: number } {
  const { instructions: n, privileged: a, systemCalls: s, pageTableUpdates: t, deviceOperations: o } = e
  const run: Part = ['instructions', n, 1, show(n)]
  const term = (what: string, times: number, costs: readonly number[], form?: string): Part => {
    const sum = costs.length === 1 ? show(costs[0]!) : `(${costs.map(show).join(' + ')})`
    return [what, times, sumOf(costs), `${show(times)} * ${form ?? sum}`]
  }
  const calls = term('system calls', s, [c.systemCall])
  const updates = term('page table updates', t, [c.pageTableUpdate])
  const devices = term('device operations', o, [c.deviceOperation])
  const trapped = [c.trap, c.emulation]
  const exited = [c.exit, c.emulation]
  const leaving = tidy(c.exitShare * a)
  const privilegedExits: Part = [
    'privileged instructions that exit',
    leaving,
    c.exit,
    `${show(c.exitShare)} * ${show(a)} * ${show(c.exit)}`,
  ]
  const exitedDevices = term('device operations', o, [...exited, c.deviceOperation])
  switch (technique) {
    case 'native':
      return { parts: [run, calls, updates, devices], exits: 0 }
    case 'trapAndEmulate':
      return {
        parts: [
          run,
          term('privileged instructions', a, trapped),
          term('system calls', s, [c.systemCall, 2 * c.trap], `(${show(c.systemCall)} + 2 * ${show(c.trap)})`),
          term('page table updates', t, trapped),
          term('device operations', o, [...trapped, c.deviceOperation]),
        ],
        exits: a + 2 * s + t + o,
      }
    case 'binaryTranslation':
      return {
        parts: [
          ['translated instructions', n, c.translationRatio, `${show(n)} * ${show(c.translationRatio)}`],
          term('translating blocks', c.blocks, [c.block]),
          term('privileged instructions in place', a, [c.inline]),
          term('system calls', s, [c.systemCall, c.translatedSystemCall]),
          term('page table updates', t, trapped),
          term('device operations', o, [...trapped, c.deviceOperation]),
        ],
        exits: s + t + o,
      }
    case 'paravirtual': {
      const [batches, rings] = [ceilOf(t, c.batch), ceilOf(o, c.ring)]
      const inGroups = (what: string, count: number, size: number, groups: number): Part => [
        what,
        groups,
        c.hypercall,
        `ceil(${show(count)} / ${show(size)}) * ${show(c.hypercall)} = ${show(groups)} * ${show(c.hypercall)}`,
      ]
      return {
        parts: [
          run,
          term('hypercalls for privileged instructions', a, [c.hypercall]),
          calls,
          inGroups('hypercalls for page table updates', t, c.batch, batches),
          updates,
          inGroups('hypercalls for device operations', o, c.ring, rings),
          devices,
        ],
        exits: a + batches + rings,
      }
    }
    case 'hardwareShadow':
      return {
        parts: [run, privilegedExits, calls, term('page table updates', t, exited), exitedDevices],
        exits: leaving + t + o,
      }
    case 'hardwareNested':
      return {
        parts: [run, privilegedExits, calls, updates, exitedDevices, term('nested page walks', c.tlbMisses, [c.walk])],
        exits: leaving + o,
      }
  }
}

/** The cost of one technique. @param native cycles of the same stream without virtualisation */
function costOf(
  technique: (typeof techniques)[number],
  events: EventCounts,
  costs: CostSet,
  native: number | null,
): TechniqueCost {
  const { parts, exits } = partsOf(technique.id, events, costs)
  const terms = parts.map(([what, times, each, formula]): CostTerm => {
    const cycles = tidy(times * each)
    const working = what === 'instructions' ? formula : `${formula} = ${show(cycles)}`
    return { what, times, each: tidy(each), cycles, working }
  })
  const cycles = tidy(sumOf(terms.map((term) => term.cycles)))
  const base = native ?? cycles
  const ratio = base === 0 ? 1 : tidy(cycles / base)
  return {
    technique: technique.id,
    label: technique.label,
    formula: technique.formula,
    terms,
    cycles,
    ratio,
    exits: tidy(exits),
    working: [
      `${technique.label}: ${technique.formula}`,
      ...terms.map(({ what, working }) => `  ${what}: ${working}`),
      `  sum: ${show(cycles)} cycles; ratio ${show(cycles)} / ${show(base)} = ${show(ratio)}`,
    ],
  }
}

/**
 * The cost of all techniques on the same stream (after Adams and Agesen, A comparison of software and hardware techniques
 * for x86 virtualization, 2006).
 */
export function techniqueCosts(events: EventCounts, costs: CostSet = DEFAULT_COSTS): TechniqueCost[] {
  const native = costOf(techniques[0]!, events, costs, null)
  return [native, ...techniques.slice(1).map((technique) => costOf(technique, events, costs, native.cycles))]
}

// One instruction of a guest kernel on its way through each technique, as steps with their cycles: who acts, in which
// mode of the processor, and what is done. Pure; knows no input form and no drawing.
import { tidy } from '../figures.ts'
import { type CostSet, DEFAULT_COSTS, type Technique } from './costs.ts'

/**
 * What the guest kernel wants to run. `privileged`: cli, which faults outside the most privileged mode. `sensitive`:
 * popf, which quietly leaves the interrupt flag alone there, one of 17 such instructions of x86 before VT-x (Robin and
 * Irvine, 2000).
 */
export type TracedInstruction = 'privileged' | 'sensitive'

export type Actor = 'guest kernel' | 'processor' | 'monitor' | 'translator' | 'hypervisor'

export interface TraceStep {
  actor: Actor
  /** mode of the processor while it happens: rings of x86, or root and guest mode with hardware support */
  mode: string
  text: string
  cycles: number
  /** cycles from the first step to the end of this one */
  total: number
}

export interface InstructionTrace {
  technique: Technique
  instruction: TracedInstruction
  steps: TraceStep[]
  cycles: number
  /** whether control went to the monitor */
  exits: boolean
  /** false when the guest does not get what it asked for, although nothing tells it */
  right: boolean
  outcome: string
}

type Step = [actor: Actor, mode: string, text: string, cycles: number]

interface Told {
  steps: Step[]
  exits: boolean
  right?: boolean
  outcome: string
}

const names: Readonly<Record<TracedInstruction, string>> = { privileged: 'cli', sensitive: 'popf' }

/** The trap of the monitor, in two halves: into it, and back to the guest. */
function trapped(name: string, costs: CostSet): Step[] {
  return [
    [
      'processor',
      'ring 3 to ring 0',
      `${name} is not allowed here: it faults, and the monitor gets control.`,
      costs.trap / 2,
    ],
    ['monitor', 'ring 0', `The monitor finds ${name} at the guest’s instruction pointer.`, costs.emulation / 2],
    [
      'monitor',
      'ring 0',
      'It clears the interrupt flag of the virtual processor, not of the real one.',
      costs.emulation / 2,
    ],
    ['monitor', 'ring 0 to ring 3', 'It steps over the instruction and goes back to the guest.', costs.trap / 2],
  ]
}

function told(technique: Technique, instruction: TracedInstruction, exits: boolean, costs: CostSet): Told {
  const name = names[instruction]
  switch (technique) {
    case 'native':
      return {
        steps: [['processor', 'ring 0', `${name} changes the interrupt flag of the processor.`, 1]],
        exits: false,
        outcome: 'The kernel runs on the bare machine, so nobody stands in between.',
      }
    case 'trapAndEmulate':
      if (instruction === 'sensitive') {
        return {
          steps: [
            ['guest kernel', 'ring 3', `The guest kernel runs ${name} to switch interrupts off.`, 1],
            ['processor', 'ring 3', `${name} leaves the interrupt flag as it is and does not fault.`, 0],
          ],
          exits: false,
          right: false,
          outcome:
            'The monitor never hears of it, and the guest goes on with a wrong flag: not every sensitive instruction traps, which Popek and Goldberg demand.',
        }
      }
      return {
        steps: [['guest kernel', 'ring 3', `The guest kernel runs ${name}.`, 1], ...trapped(name, costs)],
        exits: true,
        outcome: 'One fault, one emulation, and the way back.',
      }
    case 'binaryTranslation':
      return {
        steps: [
          [
            'translator',
            'ring 0',
            `The block with ${name} was translated when it first ran; its code is in the cache.`,
            0,
          ],
          [
            'guest kernel',
            'ring 1',
            `Translated code changes the virtual interrupt flag in memory instead of ${name}.`,
            costs.inline,
          ],
        ],
        exits: false,
        outcome: 'No trap at all: the instruction was replaced before it could run.',
      }
    case 'paravirtual':
      return {
        steps: [
          ['guest kernel', 'ring 1', `The guest kernel was changed: in place of ${name} it makes a hypercall.`, 0],
          [
            'processor',
            'ring 1 to ring 0',
            'The hypercall enters the hypervisor at a known door, as a system call enters a kernel.',
            costs.hypercall / 2,
          ],
          [
            'hypervisor',
            'ring 0',
            'It checks the request, masks virtual interrupts of this machine, and goes back.',
            costs.hypercall / 2,
          ],
        ],
        exits: true,
        outcome: 'The guest asks instead of trying, so nothing has to be decoded.',
      }
    case 'hardwareShadow':
    case 'hardwareNested': {
      const run: Step = ['guest kernel', 'guest mode, ring 0', `The guest kernel runs ${name} in its own ring 0.`, 1]
      if (!exits) {
        return {
          steps: [
            run,
            [
              'processor',
              'guest mode, ring 0',
              'The processor keeps an interrupt flag for the guest and changes that one.',
              0,
            ],
          ],
          exits: false,
          outcome: 'The hypervisor has not asked to be told, so the guest goes on at full speed.',
        }
      }
      return {
        steps: [
          run,
          [
            'processor',
            'guest mode to root mode',
            `The control block says that ${name} exits: the guest’s state is saved.`,
            costs.exit / 2,
          ],
          [
            'hypervisor',
            'root mode',
            'It reads the reason of the exit, changes the virtual processor, and resumes.',
            0,
          ],
          [
            'processor',
            'root mode to guest mode',
            'The guest’s state is loaded, and it goes on behind the instruction.',
            costs.exit / 2,
          ],
        ],
        exits: true,
        outcome: 'One exit and entry; what is handled in between depends on the reason.',
      }
    }
  }
}

/**
 * The way of one instruction through a technique. The steps’ cycles add up to what the cost formula charges for one more
 * privileged instruction, and one cycle for the instruction itself where the processor really runs it.
 * @param exits with hardware support: whether the hypervisor has asked for an exit (the share phi of such instructions)
 */
export function traceInstruction(
  technique: Technique,
  instruction: TracedInstruction = 'privileged',
  exits = true,
  costs: CostSet = DEFAULT_COSTS,
): InstructionTrace {
  const story = told(technique, instruction, exits, costs)
  let total = 0
  const steps = story.steps.map(([actor, mode, text, cycles]): TraceStep => {
    total = tidy(total + cycles)
    return { actor, mode, text, cycles: tidy(cycles), total }
  })
  return {
    technique,
    instruction,
    steps,
    cycles: total,
    exits: story.exits,
    right: story.right ?? true,
    outcome: story.outcome,
  }
}

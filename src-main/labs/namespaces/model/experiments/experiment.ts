// What an experiment is: a task for a real shell, and conditions that the kernel's own words prove. Knows no experiment.
import type { KernelSample, Need } from '../../../../contract/kernel.ts'

export interface Look {
  holds: boolean
  /** what was seen, as a sentence */
  observed: string
  /** the likely cause and what to do, for one that does not hold; may be empty */
  hint: string
}

/** Something that must have been so at one moment at least, after the conditions before it. */
export interface Condition {
  id: string
  /** what should hold, as a sentence */
  says: string
  /** what is looked for, in a few words */
  expected: string
  /**
   * @param samples all so far, the newest last; never empty
   * @param since index of the sample at which the condition before held; 0 for the first
   */
  look(samples: readonly KernelSample[], since: number): Look
}

export interface Step {
  /** what to do, as a sentence */
  text: string
  /** what can be typed; each is one line */
  commands: readonly string[]
}

export interface Experiment {
  /** small letters, digits and - */
  id: string
  number: number
  title: string
  /** week of the course */
  week: number
  need: Need
  /** programs without which it cannot be done, besides the shell's usual ones */
  tools: readonly string[]
  /** hierarchy controllers that it limits with, such as `memory`: they must be where groups can be made */
  controllers?: readonly string[]
  /** the layout of control groups without which it makes no sense */
  layout?: 'hybrid'
  /** what is to be found out, in a few sentences */
  task: string
  steps: readonly Step[]
  /** files that are looked at: relative to the folder in which the terminal began */
  files: readonly string[]
  conditions: readonly Condition[]
  /** what it shows, said when it is solved */
  solved: string
}

export const yes = (observed: string): Look => ({ holds: true, observed, hint: '' })
export const no = (observed: string, hint: string): Look => ({ holds: false, observed, hint })

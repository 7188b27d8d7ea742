// Words of the comparison of ways to do the same work.
import type { Subject } from '@labs/topology/model/comparison.ts'

/** What isolates what, as a machine and as a container has it. */
const shared: readonly (readonly [what: string, machine: string, container: string])[] = [
  ['Kernel', 'its own', 'the one below, shared by all'],
  ['What separates', 'the processor’s guest mode and page tables', 'namespaces, control groups, capabilities'],
  ['Way out', 'a fault of the hypervisor', 'a fault of the kernel, or a right too many'],
  ['Another operating system', 'any that fits the processor', 'none: the kernel is given'],
  ['Moves while it runs', 'live migration', 'usually not: a new one is started'],
]

export const compareTexts = {
  title: 'Compare',
  label: 'Comparison of ways to do the same work',
  choose: 'What is compared',
  subjects: {
    techniques: 'Four techniques',
    isolation: 'Machines and containers',
    failure: 'A host fails',
  } as Readonly<Record<Subject, string>>,
  say: {
    techniques:
      'One stream of instructions by each technique of virtualisation, in cycles. The costs of traps, exits and the rest are teaching values; only the exit was measured.',
    isolation:
      'The same application so many times on one host. What a guest system and a runtime take are teaching values: measure your own.',
    failure:
      'How long the service is away. HA and Kubernetes start anew; live migration is for hosts that still run. Times are those of the fields.',
  } as Readonly<Record<Subject, string>>,
  numbers: 'Numbers',
  usual: 'As usual again',
  units: { techniques: 'cycles', isolation: 'MiB', failure: 's' } as Readonly<Record<Subject, string>>,
  plots: {
    techniques: { x: 'privileged instructions', y: 'cycles' },
    isolation: { x: 'instances', y: 'MiB' },
    failure: { x: '', y: '' },
  } as Readonly<Record<Subject, { x: string; y: string }>>,
  plot: (labels: readonly string[]) => `Plot of ${labels.join(', ')}.`,
  working: 'How it comes about',
  shared: { title: 'What isolates them', columns: ['', 'Virtual machine', 'Container'], rows: shared },
  concealed: 'The comparison is hidden until the questions of the exercise are answered.',
}

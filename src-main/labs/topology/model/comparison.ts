// What the comparison asks and what comes back: shared by the operation and the page. Knows neither.

/** One number that a person may change. */
export interface Parameter {
  key: string
  label: string
  unit: string
  usual: number
  min: number
  max: number
}

/** A row of stacked parts, such as the cost of one technique or the outage of one platform. */
export interface Compared {
  id: string
  label: string
  parts: readonly { what: string; amount: number }[]
  total: number
  /** the arithmetic, line by line */
  working: readonly string[]
}

/** Totals as something grows: one line of a plot. */
export interface ComparedLine {
  id: string
  label: string
  points: readonly { x: number; y: number }[]
}

export interface Comparison {
  rows: readonly Compared[]
  lines: readonly ComparedLine[]
}

export const subjects = ['techniques', 'isolation', 'failure'] as const
export type Subject = (typeof subjects)[number]

const parameter = (key: string, label: string, unit: string, usual: number, max: number, min = 0): Parameter => ({
  key,
  label,
  unit,
  usual,
  min,
  max,
})

/** By subject; all usual values are teaching values unless their label names a source. */
export const parameters: Readonly<Record<Subject, readonly Parameter[]>> = {
  techniques: [
    parameter('instructions', 'Instructions', '', 100_000_000, 1e12, 1),
    parameter('privileged', 'Privileged instructions', '', 20_000, 1e9),
    parameter('systemCalls', 'System calls', '', 10_000, 1e9),
    parameter('pageTableUpdates', 'Page table updates', '', 20_000, 1e9),
    parameter('deviceOperations', 'Device operations', '', 1_000, 1e9),
  ],
  isolation: [
    parameter('instances', 'Instances', '', 20, 10_000, 1),
    parameter('host', 'Memory of the host', 'MiB', 65_536, 67_108_864, 1),
    parameter('application', 'Memory of the application', 'MiB', 256, 1_048_576, 1),
    parameter('guest', 'Guest system of a machine', 'MiB', 512, 1_048_576),
    parameter('runtime', 'Runtime of a container', 'MiB', 8, 1_048_576),
    parameter('boot', 'Boot of a machine', 's', 30, 3_600),
    parameter('exec', 'Start of a container', 's', 1, 3_600),
  ],
  failure: [
    parameter('detect', 'HA: until the host counts as failed', 's', 15, 3_600),
    parameter('place', 'HA: until a place is found', 's', 5, 3_600),
    parameter('boot', 'HA: boot of the guest', 's', 60, 3_600),
    parameter('grace', 'Kubernetes: until the node is NotReady', 's', 40, 3_600),
    parameter('toleration', 'Kubernetes: toleration before eviction', 's', 300, 86_400),
    parameter('start', 'Kubernetes: new pod is scheduled and runs', 's', 2, 3_600),
    parameter('memory', 'Live migration: memory', 'MiB', 4_096, 67_108_864, 1),
    parameter('link', 'Live migration: network', 'MiB/s', 1_024, 1_000_000, 1),
    parameter('dirtyRate', 'Live migration: memory written', 'MiB/s', 256, 1_000_000),
  ],
}

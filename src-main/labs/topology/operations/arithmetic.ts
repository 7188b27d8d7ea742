// The operations that compute figures alone, without a drawing: for the index of the lab.
import type { Operation } from '../../../contract/lab.ts'
import { compare } from './compare.ts'
import { cpu } from './cpu.ts'
import { drs } from './drs.ts'
import { ha } from './ha.ts'
import { identity } from './identity.ts'
import { memory } from './memory.ts'
import { migrate } from './migrate.ts'
import { oom } from './oom.ts'
import { overlay } from './overlay.ts'
import { traps } from './traps.ts'

export const arithmeticOperations = {
  cpu,
  memory,
  oom,
  identity,
  overlay,
  traps,
  migrate,
  drs,
  ha,
  compare,
} as const satisfies Readonly<Record<string, Operation>>

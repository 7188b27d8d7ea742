// What all views of the picture are given: one sample with what is needed to name and compare. Knows no view.
import type { KernelSample } from '@contract/kernel.ts'
import type { Names } from './picture/names.ts'

export interface Scene {
  sample: KernelSample
  names: Names
  /** the sample before it; null for the first */
  before: KernelSample | null
  /** samples before it, the newest last */
  earlier: readonly KernelSample[]
}

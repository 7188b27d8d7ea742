// The text forms of a topology, in the order in which they are offered.
import type { TextFormat } from '../../../../contract/lab.ts'
import type { TopologyModel } from '../schema.ts'
import { compose } from './compose.ts'
import { dot } from './dot.ts'
import { kubernetes } from './kubernetes.ts'
import { libvirt } from './libvirt.ts'
import { oci } from './oci.ts'

export const formats: readonly TextFormat<TopologyModel>[] = [kubernetes, compose, oci, libvirt, dot]

// The registry of labs. Adding a lab is one line here.
import { InterlockError } from '../contract/errors.ts'
import type { LabEngine } from '../contract/lab.ts'
import { deadlock } from './deadlock/index.ts'
import { distributed } from './distributed/index.ts'
import { namespaces } from './namespaces/index.ts'
import { topology } from './topology/index.ts'

export const labs: readonly LabEngine[] = [deadlock, distributed, topology, namespaces]

/** @throws InterlockError `unknown-lab`, naming the labs there are */
export function findLab(id: string): LabEngine {
  const lab = labs.find((candidate) => candidate.id === id)
  if (lab !== undefined) return lab
  const known = labs.map((one) => one.id).join(', ')
  throw new InterlockError('unknown-lab', `There is no lab "${id}". This version has: ${known}.`, { lab: id })
}

// Replication as it is seen: the state of a node, who plays which part, and how that looks from outside. What the nodes
// do is in replication.ts.
import { namingTexts } from '../../model/naming-texts.ts'
import type { Body, Cost, Look, Self } from '../../network/types.ts'
import { nameOf } from '../reactions.ts'
import { namesOf, numberOfCall, ranked, settingOf } from './roles.ts'

const texts = namingTexts.replication

/** A write that the primary has not answered yet. */
export interface Unconfirmed {
  readonly version: number
  readonly client: number
  readonly number: number
  /** copies that have it, the primary among them */
  readonly confirmed: readonly number[]
}

export interface ReplicationState {
  // a copy
  readonly version: number
  readonly value: string
  /** whether it may answer reads: a copy that comes back catches up first */
  readonly ready: boolean
  // the primary
  /** backups that are taken for live */
  readonly view: readonly number[]
  readonly unconfirmed: readonly Unconfirmed[]
  /** of each client the last write that was taken, by index: a second copy of a request is no second write */
  readonly taken: readonly number[]
  // a client
  readonly operation: number
  readonly left: number
  /** what it waits for: 0 nothing, else which copy it asks, counted from 1 */
  readonly asked: number
  readonly done: number
  readonly failed: number
  readonly old: number
  /** the newest version that it has read, or that was confirmed to it */
  readonly seen: number
}

/** The nodes that hold the value, the primary first; at least one node is left over. */
export function copiesOf(self: Self): readonly number[] {
  const most = Math.max(1, self.count - 1)
  return ranked(self).slice(0, Math.min(most, settingOf(self, 'replicas')))
}

export const writes = (operation: number): boolean => operation % 2 === 1
export const byMajority = (self: Self): boolean => settingOf(self, 'majority') === 1

/** The copy that an operation goes to at its first, second … try: writes to the primary, reads to the copies in turn. */
export function copyFor(operation: number, attempt: number, self: Self): number | undefined {
  const copies = copiesOf(self)
  if (writes(operation)) return attempt === 1 ? copies[0] : undefined
  return attempt > copies.length ? undefined : copies[(operation / 2 + attempt - 1) % copies.length]
}

export function lookOf(state: ReplicationState, self: Self): Look {
  const { version, value, ready, view, unconfirmed, operation, asked, done, failed, old } = state
  const copies = copiesOf(self)
  const isCopy = copies.includes(self.index)
  const isPrimary = isCopy && self.index === copies[0]
  const target = asked === 0 ? undefined : copyFor(operation, asked, self)
  const waits = target === undefined ? '' : writes(operation) ? texts.writes : texts.reads(nameOf(self, target))
  const begun = operation > 0
  const harm = old > 0 ? texts.old(old) : failed > 0 ? texts.failed(failed) : ''
  const busy = !ready ? texts.joining : unconfirmed.length > 0 ? texts.confirming(unconfirmed.length) : waits
  return {
    said: busy !== '' ? busy : harm !== '' ? harm : isPrimary ? texts.roles.primary : isCopy ? texts.roles.backup : '',
    mark: busy !== '' ? 'behind' : harm !== '' ? 'ring' : isPrimary ? 'free' : null,
    cells: [
      isPrimary ? texts.roles.primary : isCopy ? texts.roles.backup : namingTexts.client,
      isCopy ? texts.version(version, value) : namingTexts.none,
      isPrimary ? namesOf(self, byMajority(self) ? copies : [self.index, ...view]) : namingTexts.none,
      ...[done, failed, old].map((count) => (begun ? String(count) : namingTexts.none)),
    ],
  }
}

export function tell(body: Body): string {
  switch (body.kind) {
    case 'VALUE':
      return texts.tell.value(numberOfCall(body), texts.version(body['version'] as number, body['value'] as string))
    case 'UPDATE':
    case 'STATE':
      return texts.tell.update(texts.version(body['version'] as number, body['value'] as string))
    case 'ACK':
      return texts.tell.ack(body['version'] as number)
    case 'JOIN':
      return ''
    default:
      return texts.tell.operation(numberOfCall(body))
  }
}

/** A request, an update and a confirmation for each backup, an answer: 2R for R copies; a read takes two messages. */
export function cost(selves: readonly Self[], up: readonly boolean[], began: readonly number[]): Cost[] {
  const [self] = selves
  if (self === undefined) return []
  const copies = copiesOf(self)
  if (copies.some((node) => up[node] !== true) || began.some((node) => copies.includes(node))) return []
  const operations = settingOf(self, 'operations')
  const written = began.length * Math.ceil(operations / 2)
  const read = began.length * Math.floor(operations / 2)
  const value = written * 2 * copies.length + read * 2
  return [{ what: 'messages', formula: texts.cost(copies.length, written, read), value, bound: 'exact' }]
}

// What a rule is: data with a condition. A rule finds what in a drawing cannot be so, or what a person should know; it
// never blocks an edit, and an instructor can mute it by its id.
import type { NodeRecord } from '../../../contract/document.ts'
import type { RecordEdit } from '../../../contract/verdict.ts'
import type { Topology } from './topology.ts'

export type Severity = 'error' | 'warning' | 'note'

export interface Violation {
  /** ids of the records concerned; the first one is where a click goes */
  at: string[]
  /** what is wrong, with the drawing's own names and numbers */
  sentence: string
  /** what to do about it */
  remedy: string
  /** where it is another one than the rule's own */
  severity?: Severity
  /** the change that mends it, where only one is meant */
  fix?: { title: string; edits: RecordEdit[] }
}

export interface Rule {
  /** such as "P-3"; documents and scripts name it */
  id: string
  severity: Severity
  /** week of the course in which it is treated */
  week: number
  /** what it is about, in a few words */
  title: string
  find(topology: Topology): Iterable<Violation>
}

export const named = (nodes: readonly NodeRecord[], most = 3): string => {
  const shown = nodes.slice(0, most).map(({ name }) => name)
  const rest = nodes.length - shown.length
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`
  const last = shown.pop() ?? ''
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`
}

export const set = (id: string, field: string, value: unknown): RecordEdit => ({ do: 'set', id, field, value })

// What is open, kept in the storage of this tab: a reload brings it back whole, even while the host is away.
// Knows no document; it stores and reads plain entries, and never trusts what it reads.
import { z } from 'zod'

const KEY = 'interlock.open'

const Entry = z.object({
  key: z.string(),
  name: z.string(),
  place: z.string(),
  /** null when it has no file */
  stamp: z.string().nullable(),
  text: z.string(),
  /** what it is compared with to know whether it is saved; null: the same as `text` */
  savedText: z.string().nullable(),
  active: z.boolean(),
})
export type TabEntry = z.infer<typeof Entry>

export function remember(entries: readonly TabEntry[]): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(entries))
  } catch {
    // The storage is full or switched off: the host's own copies remain. What stood here before is out of date, and a
    // reload that brought it back would undo work.
    forget()
  }
}

export function recall(): TabEntry[] {
  try {
    return z.array(Entry).parse(JSON.parse(sessionStorage.getItem(KEY) ?? '[]'))
  } catch {
    return []
  }
}

function forget(): void {
  try {
    sessionStorage.removeItem(KEY)
  } catch {
    // There is no storage at all.
  }
}

// Which terminal the run of a document is in, kept in the tab's storage so that a reload goes on watching.
// Never trusts what it reads.

const KEY = 'interlock.kernel'

function kept(): Map<string, string> {
  try {
    const read: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
    const entries = typeof read === 'object' && read !== null ? Object.entries(read) : []
    return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  } catch {
    return new Map()
  }
}

export const keptTerminal = (document: string): string | null => kept().get(document) ?? null

/** @param terminal null forgets */
export function keepTerminal(document: string, terminal: string | null): void {
  const all = kept()
  if (terminal === null) all.delete(document)
  else all.set(document, terminal)
  try {
    sessionStorage.setItem(KEY, JSON.stringify(Object.fromEntries(all)))
  } catch {
    // Without storage a reload shows the terminal and no run.
  }
}

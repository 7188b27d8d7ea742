// Which terminals this tab shows, kept in its storage so that a reload finds them again. Never trusts what it reads.

const KEY = 'interlock.terminals'

export interface KeptTerminal {
  id: string
  number: number
}

export interface Kept {
  terminals: KeptTerminal[]
  active: string | null
  shown: boolean
}

const nothing: Kept = { terminals: [], active: null, shown: false }

export function keepTerminals(kept: Kept): void {
  try {
    if (kept.terminals.length === 0) sessionStorage.removeItem(KEY)
    else sessionStorage.setItem(KEY, JSON.stringify(kept))
  } catch {
    // Without storage a reload finds no terminal, and the host ends them after a while.
  }
}

export function keptTerminals(): Kept {
  try {
    const read: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
    if (typeof read !== 'object' || read === null) return nothing
    const { terminals, active, shown } = read as Readonly<Record<string, unknown>>
    return {
      terminals: Array.isArray(terminals) ? terminals.filter(isKept) : [],
      active: typeof active === 'string' ? active : null,
      shown: shown === true,
    }
  } catch {
    return nothing
  }
}

function isKept(value: unknown): value is KeptTerminal {
  if (typeof value !== 'object' || value === null) return false
  const { id, number } = value as Readonly<Record<string, unknown>>
  return typeof id === 'string' && Number.isInteger(number)
}

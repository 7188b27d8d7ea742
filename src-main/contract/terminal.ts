// The calls and events of terminals: real shells of the person who runs Interlock, reached by an id that cannot be
// guessed. A page names a profile, never a program. Output comes under credit: the page tells what it has shown.
import { z } from 'zod'
import {
  MAX_TERMINAL_COLUMNS,
  MAX_TERMINAL_INPUT,
  MAX_TERMINAL_ROWS,
  MIN_TERMINAL_COLUMNS,
  TERMINAL_HIGH,
} from './limits.ts'

const Id = z.string().min(1).max(60)

export const TerminalProfile = z.enum(['login', 'lab'])
export type TerminalProfile = z.infer<typeof TerminalProfile>

/** Size in cells. */
export const TerminalSize = z.object({
  columns: z.number().int().min(MIN_TERMINAL_COLUMNS).max(MAX_TERMINAL_COLUMNS),
  rows: z.number().int().min(1).max(MAX_TERMINAL_ROWS),
})
export type TerminalSize = z.infer<typeof TerminalSize>

export const TerminalState = z.object({
  id: Id,
  profile: TerminalProfile,
  columns: z.number().int(),
  rows: z.number().int(),
  /** what the program set as title: plain text of a stranger; empty when it set none */
  title: z.string(),
  /** the program in the foreground, empty when it is not known */
  program: z.string(),
  /** how the shell ended (`signal` 0: by itself); null while it runs. Told after all its output */
  exit: z.object({ code: z.number().int(), signal: z.number().int() }).nullable(),
})
export type TerminalState = z.infer<typeof TerminalState>

export const TerminalOutput = z.object({ id: Id, text: z.string() })
export type TerminalOutput = z.infer<typeof TerminalOutput>

/** The screen as text for another terminal emulator of the size in `state`; output that follows is pushed. */
const Shown = z.object({ state: TerminalState, picture: z.string() })
export type TerminalShown = z.infer<typeof Shown>

export const terminalCalls = {
  /** Whether there can be terminals here: `why` is null, or a sentence that says why not and what would help. */
  'terminals.about': { input: z.object({}), output: z.object({ why: z.string().nullable() }) },
  /** Opens a terminal in a folder of the workspace and shows it to this page. */
  'terminals.open': {
    input: z.object({ profile: TerminalProfile, folder: z.string().max(4096), size: TerminalSize }),
    output: Shown,
  },
  /** Shows a terminal that is open already, after a reload or in a second window. */
  'terminals.attach': { input: z.object({ id: Id }), output: Shown },
  /** This page shows it no more; it ends when no page shows it for a while. */
  'terminals.detach': { input: z.object({ id: Id }), output: z.object({}) },
  'terminals.write': { input: z.object({ id: Id, text: z.string().max(MAX_TERMINAL_INPUT) }), output: z.object({}) },
  'terminals.resize': { input: z.object({ id: Id, size: TerminalSize }), output: z.object({}) },
  /** So many characters of output have been shown; told at least every `TERMINAL_ACKNOWLEDGE`. */
  'terminals.acknowledge': {
    input: z.object({
      id: Id,
      characters: z
        .number()
        .int()
        .min(1)
        .max(1000 * TERMINAL_HIGH),
    }),
    output: z.object({}),
  },
  /** Ends the terminal and all its processes; `left` belong to another user and still run. */
  'terminals.close': { input: z.object({ id: Id }), output: z.object({ left: z.number().int() }) },
} as const

// The terminals that one page shows. They live on when the page goes, for as long as the service lets them.
import type { HostApi } from '../contract/api.ts'
import { InterlockError } from '../contract/errors.ts'
import type { TerminalShown } from '../contract/terminal.ts'
import type { Terminals, Viewer } from '../services/terminal/index.ts'
import type { Handlers } from './serve.ts'

type TerminalCalls = Extract<keyof HostApi, `terminals.${string}`>

/** Sends an event to the page. */
export type Push = (event: string, payload: unknown) => void

export interface SessionTerminals {
  handlers: Pick<Handlers<HostApi>, TerminalCalls>
  shows(id: string): boolean
  /** @throws InterlockError `unknown-terminal` unless this page shows it */
  own(id: string): void
  /** The page is gone. */
  end(): void
}

export function createSessionTerminals(terminals: Terminals, push: Push): SessionTerminals {
  const shown = new Map<string, Viewer>()
  let gone = false

  /** A terminal may be used by pages that show it. */
  const own = (id: string): Viewer => {
    const viewer = shown.get(id)
    if (viewer !== undefined) return viewer
    throw new InterlockError('unknown-terminal', 'This page does not show this terminal. Open another one.')
  }
  const detach = (id: string): void => {
    const viewer = shown.get(id)
    if (viewer === undefined) return
    shown.delete(id)
    terminals.detach(id, viewer)
  }
  const attach = async (id: string): Promise<TerminalShown> => {
    detach(id)
    const viewer: Viewer = {
      output: (text) => push('terminal-output', { id, text }),
      state: (state) => push('terminal-state', state),
    }
    shown.set(id, viewer)
    const attaching = terminals.attach(id, viewer).catch((error: unknown) => {
      shown.delete(id)
      throw error
    })
    const { picture, start } = await attaching
    if (gone) terminals.detach(id, viewer)
    // After the answer: the picture comes before what follows it.
    setImmediate(start)
    return { picture, state: terminals.find(id).state() }
  }

  return {
    shows: (id) => shown.has(id),
    own: (id) => void own(id),
    handlers: {
      'terminals.about': () => ({ why: terminals.whyNot() }),
      'terminals.open': async ({ profile, folder, size }) => attach((await terminals.open(profile, folder, size)).id),
      'terminals.attach': ({ id }) => attach(id),
      'terminals.detach': ({ id }) => {
        own(id)
        detach(id)
        return {}
      },
      'terminals.write': ({ id, text }) => {
        own(id)
        terminals.find(id).write(text)
        return {}
      },
      'terminals.resize': ({ id, size }) => {
        own(id)
        terminals.find(id).resize(size)
        return {}
      },
      'terminals.acknowledge': ({ id, characters }) => {
        const viewer = own(id)
        // What it has shown of a terminal that was closed meanwhile matters to nobody.
        if (terminals.has(id)) terminals.find(id).acknowledge(viewer, characters)
        return {}
      },
      'terminals.close': async ({ id }) => {
        own(id)
        shown.delete(id)
        return { left: await terminals.close(id) }
      },
    },
    end() {
      gone = true
      for (const id of [...shown.keys()]) detach(id)
    },
  }
}

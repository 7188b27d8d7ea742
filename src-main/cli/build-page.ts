// Makes sure that the built page is there before it is served. In a checkout it is built when it is missing; an
// installed app that lost it cannot help itself and says so.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { InterlockError } from '../contract/errors.ts'
import type { Places } from './places.ts'

/** @throws InterlockError `not-found` */
export async function buildPage(places: Places): Promise<void> {
  const there = (): boolean => ['index.html', 'build-id.txt'].every((name) => existsSync(join(places.page, name)))
  if (there()) return
  const program = join(places.root, 'scripts', 'build-if-stale.ts')
  // As a program of its own: the build's tools are no part of the app and must not end up in its bundle.
  if (places.fromSource && existsSync(program)) await runNode(program)
  if (there()) return
  throw new InterlockError(
    'not-found',
    places.fromSource
      ? 'The page of Interlock is not built. Run npm ci, then npm start.'
      : `The page of Interlock is missing in ${places.page}. Install Interlock again.`,
  )
}

function runNode(program: string): Promise<void> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [program], { stdio: ['ignore', 'ignore', 'inherit'] })
    child.on('error', () => done())
    child.on('close', () => done())
  })
}

// The entry of the portable archive: the command line of `interlock`, with `open` where nothing else is asked for.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { InterlockError } from '../contract/errors.ts'
import { BAD_INPUT } from './exit-codes.ts'
import { processIo } from './io.ts'
import { placesOf } from './places.ts'
import { portableArguments } from './portable-arguments.ts'
import { runCommandLine } from './run.ts'

const io = processIo()

async function run(): Promise<number> {
  try {
    const argv = portableArguments(process.argv.slice(2), (path) => existsSync(resolve(io.cwd, path)))
    return await runCommandLine(argv, io, placesOf(import.meta.url))
  } catch (error) {
    if (!(error instanceof InterlockError)) throw error
    io.err(`interlock: ${error.message}\n`)
    return BAD_INPUT
  }
}

process.exitCode = await run()

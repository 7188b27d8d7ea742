// Runs one command line: finds the command, loads only what it needs, turns every failure into an exit code.
// Loading on demand keeps `eval` quick: it never touches host, browser shell or network.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { InterlockError } from '../contract/errors.ts'
import { BAD_INPUT, DEFECT, RIGHT } from './exit-codes.ts'
import { type Command, commandHelp, commands, generalHelp } from './help.ts'
import type { Io } from './io.ts'
import { didYouMean } from '../contract/near-names.ts'
import type { Places } from './places.ts'

/**
 * @param argv arguments after program and script
 * @returns the exit code; a sentence about any failure was written to standard error
 */
export async function runCommandLine(argv: readonly string[], io: Io, places: Places): Promise<number> {
  try {
    return await dispatch(argv, io, places)
  } catch (error) {
    if (error instanceof InterlockError) {
      io.err(`interlock: ${error.message}\n`)
      return BAD_INPUT
    }
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
    io.err(`interlock: This is a defect of Interlock. Please report it with these lines.\n${told}\n`)
    return DEFECT
  }
}

async function dispatch(argv: readonly string[], io: Io, places: Places): Promise<number> {
  const [first, ...given] = argv
  const rest = longHelp(given)
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    const topic = first === 'help' ? commands.find((command) => command === rest[0]) : undefined
    io.out(topic === undefined ? generalHelp : commandHelp[topic])
    return RIGHT
  }
  if (first === '--version' || first === '-V') {
    io.out(`${version(places)}\n`)
    return RIGHT
  }
  const command = commands.find((name) => name === first)
  if (command === undefined) {
    const near = didYouMean(first, commands)
    throw new InterlockError('bad-input', `There is no command "${first.slice(0, 100)}".${near} See interlock --help.`)
  }
  if (wantsHelp(command, rest)) {
    io.out(commandHelp[command])
    return RIGHT
  }
  return runCommand(command, rest, io, places)
}

/** `-h` is the one short option; it stands for `--help` wherever options may stand. */
function longHelp(given: readonly string[]): string[] {
  const end = given.includes('--') ? given.indexOf('--') : given.length
  return given.map((arg, index) => (arg === '-h' && index < end ? '--help' : arg))
}

/** `eval NAME --help` is about that operation and answered there. */
function wantsHelp(command: Command, rest: readonly string[]): boolean {
  const options = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest
  if (!options.includes('--help')) return false
  return command !== 'eval' || options.every((arg) => arg.startsWith('-'))
}

async function runCommand(command: Command, rest: readonly string[], io: Io, places: Places): Promise<number> {
  switch (command) {
    case 'open':
      return (await import('./serve.ts')).open(rest, io, places)
    case 'serve':
      return (await import('./serve.ts')).serve(rest, io, places)
    case 'eval':
      return (await import('./eval.ts')).evaluate(rest, io)
    case 'check':
      return (await import('./check.ts')).check(rest, io)
    case 'export':
      return (await import('./export.ts')).exportDrawing(rest, io)
    case 'grade':
      return (await import('./grade.ts')).gradeHandIns(rest, io)
    case 'hand-out':
      return (await import('./hand-out.ts')).handOutCopies(rest, io)
    case 'run':
      return (await import('./container.ts')).runContainer(rest, io)
    case 'race':
      return (await import('./race.ts')).runRace(rest, io)
    case 'schema':
      return (await import('./schema.ts')).printSchema(rest, io)
  }
}

function version(places: Places): string {
  const text: unknown = JSON.parse(readFileSync(join(places.root, 'package.json'), 'utf8'))
  const found = typeof text === 'object' && text !== null && 'version' in text ? text.version : undefined
  return typeof found === 'string' ? found : 'unknown'
}

// The program `interlock`: hands the process's arguments and streams to the command line. Also the entry of the bundle.
import { processIo } from './io.ts'
import { placesOf } from './places.ts'
import { runCommandLine } from './run.ts'

// Set, not called: what is still on its way to a pipe is written before the process ends.
process.exitCode = await runCommandLine(process.argv.slice(2), processIo(), placesOf(import.meta.url))

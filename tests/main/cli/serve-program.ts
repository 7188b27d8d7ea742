// The command line with a page of the test's own in place of the built one: `node serve-program.ts PAGE ARGUMENTS…`.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { processIo } from '../../../src-main/cli/io.ts'
import { placesOf } from '../../../src-main/cli/places.ts'
import { runCommandLine } from '../../../src-main/cli/run.ts'

const [page = '', ...args] = process.argv.slice(2)
const entry = resolve(import.meta.dirname, '../../../src-main/cli/main.ts')
process.exitCode = await runCommandLine(args, processIo(), { ...placesOf(pathToFileURL(entry).href), page })

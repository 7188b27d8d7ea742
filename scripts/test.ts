// `npm test`: every check of the project in one go. Ends with one line that counts over all runners.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { buildIfStale } from './build-if-stale.ts'
import { findChromium } from './chromium.ts'
import { findValidators } from './debian.ts'

interface Count {
  passed: number
  failed: number
  skipped: number
}

const results = '.cache/test-results'
const strict = ['--fail-on-warnings']

function run(
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (data: Buffer) => (output += data.toString()))
    child.stderr.on('data', (data: Buffer) => (output += data.toString()))
    child.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}\n` }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** One check that either holds or not; its output is shown when it does not. */
async function check(name: string, command: string, args: string[]): Promise<Count> {
  const start = performance.now()
  const { code, output } = await run(command, args)
  if (code !== 0) process.stdout.write(`${output}\n`)
  process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds(start)})\n`)
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
}

function seconds(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`
}

/** A runner that counts for itself and writes its counts to a file; `read` takes them from there. */
async function runner(
  name: string,
  args: string[],
  env: Record<string, string>,
  read: (file: string) => Count,
): Promise<Count> {
  const start = performance.now()
  const file = `${results}/${name}.json`
  const { code, output } = await run(args[0] ?? '', args.slice(1), env)
  let count: Count
  try {
    count = read(file)
  } catch (error) {
    process.stdout.write(`${output}\nno result of ${name}: ${error instanceof Error ? error.message : String(error)}\n`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
  if (code !== 0 && count.failed === 0) count.failed = 1
  if (count.passed + count.failed === 0) count.failed = 1
  const reasons = output.split('\n').filter((line) => line.includes('skipped:'))
  process.stdout.write(count.failed > 0 ? output : reasons.map((line) => `${line}\n`).join(''))
  process.stdout.write(
    `${count.failed === 0 ? 'ok    ' : 'FAILED'} ${name}: ${count.passed} passed, ${count.failed} failed, ` +
      `${count.skipped} skipped (${seconds(start)})\n`,
  )
  return count
}

function readVitest(file: string): Count {
  const report: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites } = report as Record<
    string,
    number
  >
  const failed = numFailedTests ?? 1
  return {
    passed: numPassedTests ?? 0,
    failed: failed === 0 && (numFailedTestSuites ?? 0) > 0 ? 1 : failed,
    skipped: (numPendingTests ?? 0) + (numTodoTests ?? 0),
  }
}

function readPlaywright(file: string): Count {
  const report = JSON.parse(readFileSync(file, 'utf8')) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number }
    errors: unknown[]
  }
  const { expected, unexpected, flaky, skipped } = report.stats
  return { passed: expected, failed: unexpected + flaky + report.errors.length, skipped }
}

async function main(): Promise<void> {
  rmSync(results, { recursive: true, force: true })
  mkdirSync(results, { recursive: true })
  const counts: Count[] = []
  const add = (count: Count): void => void counts.push(count)

  const chromium = findChromium()
  findValidators()
  await Promise.all([
    (async () => {
      add(await check('types of the main side', 'tsc', ['-p', 'tsconfig.json']))
      add(await check('types of the runtime-free folders', 'tsc', ['-p', 'tsconfig.runtime-free.json']))
      add(await check('types of the end-to-end tests', 'tsc', ['-p', 'tsconfig.e2e.json']))
      add(await check('types of the tests of the page', 'tsc', ['-p', 'tsconfig.page-tests.json']))
      add(await check('types of the page', 'svelte-check', ['--tsconfig', 'tsconfig.page.json', ...strict]))
      add(await check('types of its tests', 'svelte-check', ['--tsconfig', 'tsconfig.page-tests.json', ...strict]))
    })(),
    (async () => {
      add(await check('format', 'prettier', ['--check', '.', '--log-level', 'warn']))
      add(await check('lint and layering', 'eslint', ['.']))
    })(),
  ])
  await buildIfStale()
  const env = { INTERLOCK_CHROMIUM: chromium }
  add(
    await runner(
      'unit',
      ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}/unit.json`],
      env,
      readVitest,
    ),
  )
  add(
    await runner(
      'page',
      ['playwright', 'test', '--reporter=list,json'],
      { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: `${results}/page.json` },
      readPlaywright,
    ),
  )
  const sum = (key: keyof Count): number => counts.reduce((total, count) => total + count[key], 0)
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped\n`)
  process.exitCode = sum('failed') === 0 ? 0 : 1
}

await main()

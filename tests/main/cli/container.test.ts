// `interlock run` and `interlock race` as programs: options, their errors, and what is printed.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createImpatience } from '../../../src-main/services/container/run.ts'
import { whyNot } from '../services/container/running.ts'
import { interlock } from './program.ts'

const folder = mkdtempSync(join(tmpdir(), 'interlock-cli-run-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const possible = whyNot('root') === null || whyNot('user') === null
if (!possible) process.stdout.write(`skipped: interlock run for real: ${whyNot('user')}\n`)

describe('interlock run', { timeout: 60_000 }, () => {
  it.each([
    [['--memory', 'much'], /no amount of memory/],
    [['--memory'], /--memory needs a value: --memory SIZE/],
    [['--hostnam', 'x'], /no option --hostnam.*Did you mean --hostname/],
    [['--print', '--step'], /Give --print alone/],
    [['--oci', 'x', '--step'], /runs nothing/],
  ])('refuses %j with exit code 2', async (args, sentence) => {
    expect(await interlock(['run', ...args], { cwd: folder })).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(sentence),
    })
    expect(readdirSync(folder)).toEqual([])
  })

  it.skipIf(!possible)('runs a program, passes input and exit code on, and leaves nothing', async () => {
    const words = ['run', '--hostname', 'shop', 'sh', '-c', 'hostname; cat; exit 3']
    const { code, out } = await interlock(words, { cwd: folder, input: 'given\n', env: { TMPDIR: '' } })
    expect([code, out]).toEqual([3, 'shop\ngiven\n'])
    expect(readdirSync(folder)).toEqual([])
  })

  it.skipIf(!possible)('prints a script that does the same by itself', async () => {
    const { code, out } = await interlock(['run', '--print', '--', 'echo', 'made by hand'], { cwd: folder })
    expect(code).toBe(0)
    const script = join(folder, 'run.sh')
    const made = spawnSync('sh', ['-c', `cat > ${script}; sh ${script}`], {
      input: out,
      cwd: folder,
      env: { ...process.env, TMPDIR: folder },
      encoding: 'utf8',
    })
    expect([made.status, made.stdout]).toEqual([0, 'made by hand\n'])
    expect(readdirSync(folder)).toEqual(['run.sh'])
  })

  it.skipIf(!possible)('writes a bundle once, and says what to do with it', async () => {
    const words = ['run', '--oci', 'bundle', '--network', 'none', 'true']
    const { code, out } = await interlock(words, { cwd: folder })
    expect(code).toBe(0)
    expect(out).toMatch(/sh bundle\/rootfs\.sh[\s\S]*runc .*run --bundle bundle/)
    expect(out).toMatch(/loopback interface on/)
    expect(JSON.parse(readFileSync(join(folder, 'bundle/config.json'), 'utf8'))).toMatchObject({
      process: { args: ['true'] },
    })
    expect(existsSync(join(folder, 'bundle/rootfs.sh'))).toBe(true)
    expect(await interlock(words, { cwd: folder })).toMatchObject({ code: 2, err: expect.stringMatching(/not empty/) })
  })

  it('takes three quick presses of Ctrl-C for the wish to end it, and no fewer', () => {
    let [time, ended] = [0, 0]
    const press = createImpatience(
      () => (ended += 1),
      () => time,
    )
    for (time of [0, 1500, 2500, 4000]) press()
    expect(ended).toBe(0)
    for (time of [5000, 5900]) press()
    expect(ended).toBe(1)
  })
})

describe('interlock race', { timeout: 60_000 }, () => {
  it.each([
    [['--runs', '0'], /--runs cannot be "0".*from 1 to 1000/],
    [['--increments', '1e5'], /--increments cannot be "1e5"/],
    [['--threads', 'go'], /Write c or javascript/],
    [['file'], /takes no file/],
  ])('refuses %j with exit code 2', async (args, sentence) => {
    expect(await interlock(['race', ...args])).toMatchObject({ code: 2, out: '', err: expect.stringMatching(sentence) })
  })

  it('prints its figures as JSON', async () => {
    const { code, out } = await interlock([
      'race',
      '--runs',
      '2',
      '--increments',
      '5000',
      '--threads',
      'javascript',
      '--json',
    ])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      ...{ threads: 'javascript', runs: 2, increments: 5000, expected: 10_000 },
      with: { exact: 2, lost: { least: 0, median: 0, most: 0 } },
    })
  })

  it('shows the source that it runs', async () => {
    expect((await interlock(['race', '--source'])).out).toMatch(/pthread_mutex_lock\(&mutex\)/)
    expect((await interlock(['race', '--source', '--threads', 'javascript'])).out).toMatch(/Atomics\.wait/)
  })
})

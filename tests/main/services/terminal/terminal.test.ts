// Real shells on real pseudo-terminals: what is typed, shown, told, limited, and paused.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  MAX_TERMINAL_INPUT,
  MAX_TERMINAL_INPUT_RATE,
  MAX_TERMINALS,
  TERMINAL_HIGH,
} from '../../../../src-main/contract/limits.ts'
import { whyNoTerminals, terminalFacts } from '../../../../src-main/services/terminal/possible.ts'
import { makePlace, type Place, size, sleep, until } from './helpers.ts'

const why = whyNoTerminals(terminalFacts())

describe.skipIf(why !== null)(`a terminal${why === null ? '' : ` (${why})`}`, { timeout: 60_000 }, () => {
  let place: Place
  beforeEach(() => {
    place = makePlace()
  })
  afterEach(() => place.remove())

  it('runs what is typed and shows its output, in the workspace', async () => {
    const shown = await place.open()
    shown.terminal.write('echo $((6*7)) in "$PWD"\r')
    await shown.says(`42 in ${place.workspace}`)
  })

  it('runs the own shell of the person as well', async () => {
    const shown = await place.open('login')
    shown.terminal.write('echo $((6*7))\r')
    await shown.says(/^42\r?$/m)
  })

  it('does not stay for one who only listens, and waits for none of them', async () => {
    const [shown, heard] = [await place.open(), [] as string[]]
    const listener = { output: (text: string) => void heard.push(text), state: () => undefined }
    ;(await shown.terminal.attach(listener, false)).start()
    // Far more than may be unshown: the listener never tells that it has shown anything.
    shown.terminal.write(`yes | head -c ${3 * TERMINAL_HIGH}; echo "all"-of-it\r`)
    await shown.says('all-of-it')
    expect(heard.join('')).toContain('all-of-it')
    expect(shown.terminal.viewers()).toBe(1)
    place.terminals.detach(shown.terminal.id, shown.viewer)
    expect(shown.terminal.viewers()).toBe(0)
  })

  it('tells programs inside of its size', async () => {
    const shown = await place.open()
    shown.terminal.write('stty size\r')
    await shown.says('30 100')
    shown.terminal.resize({ columns: 132, rows: 43 })
    shown.terminal.write('stty size\r')
    await shown.says('43 132')
    expect(shown.states.at(-1)).toMatchObject({ columns: 132, rows: 43 })
  })

  it.each([
    [1, 30],
    [80, 0],
    [80.5, 30],
    [501, 30],
    [80, 301],
    [NaN, 30],
  ])('refuses %d columns and %d rows before anything is done with them', async (columns, rows) => {
    const shown = await place.open()
    expect(() => shown.terminal.resize({ columns, rows })).toThrow('A terminal has 2 to 500 columns and 1 to 300 rows.')
    await expect(place.terminals.open('lab', '', { columns, rows })).rejects.toMatchObject({ code: 'bad-input' })
  })

  it('tells how the shell ended, after all its output', async () => {
    const shown = await place.open()
    shown.terminal.write('for i in $(seq 500); do echo line $i; done; echo the-end; exit 7\r')
    await until(() => shown.ended(), 'the end')
    expect(shown.states.at(-1)?.exit).toEqual({ code: 7, signal: 0 })
    expect(shown.text()).toContain('line 500\r\nthe-end')
  })

  it('tells title and foreground program as plain text', async () => {
    const shown = await place.open()
    shown.terminal.write(`printf '\\033]0;A title <b>\\033]0;\\007'; sleep 600\r`)
    await until(() => shown.states.some(({ program }) => program === 'sleep'), 'sleep in the foreground')
    shown.terminal.write('\u0003')
    await until(() => shown.states.at(-1)?.program === 'bash', 'the shell in the foreground')
    shown.terminal.write(`printf '\\033]0;A <b>title</b>\\007'\r`)
    await until(() => shown.states.at(-1)?.title === 'A <b>title</b>', 'the title')
  })

  it('marks prompts, commands and their status', async () => {
    const shown = await place.open()
    const marks: string[] = []
    shown.terminal.onMark(({ kind, status }) => marks.push(`${kind}${status ?? ''}`))
    shown.terminal.write('(exit 3)\r')
    await until(() => marks.join(' ').includes('C D3 A B'), 'the marks of a command')
  })

  it('answers what a program asks the terminal, with no page there', async () => {
    const shown = await place.open()
    place.terminals.detach(shown.terminal.id, shown.viewer)
    shown.terminal.write(`IFS= read -rs -d c -p $'\\033[c' answer; echo "got \${answer#?}"\r`)
    await sleep(50)
    await until(() => shown.terminal.state().program === 'bash', 'the shell')
    let picture = ''
    await until(() => {
      void place.show(shown.terminal).then((again) => (picture = again.picture))
      return picture.includes('got [?1;2')
    }, 'the answer on the screen')
  })

  it('shows a second page the same screen, and both what follows', async () => {
    const first = await place.open()
    first.terminal.write('printf "\\033[31mre\\033[0md\\n"; stty -echo\r')
    await first.says('re\u001b[0md')
    const second = await place.show(first.terminal)
    expect(second.picture).toContain('\u001b[31mre\u001b[0md')
    first.terminal.write('echo both\r')
    await first.says(/both\r\n/)
    await second.says(/both\r\n/)
    expect(second.picture + second.text()).not.toMatch(/both[^]*both/)
  })

  it('gives a page that comes in the middle of output all of it once, in order', async () => {
    const first = await place.open()
    first.terminal.write(
      'stty -echo; for i in $(seq 1 1500); do echo "<$i>"; [ $((i % 100)) = 0 ] && sleep 0.02; done; echo over$((1))\r',
    )
    await first.says('<100>')
    const second = await place.show(first.terminal)
    await until(() => (second.picture + second.text()).includes('over1'), 'the last line')
    const numbers = [...(second.picture + second.text()).matchAll(/<(\d+)>/g)].map(([, number]) => Number(number))
    expect(numbers.at(-1)).toBe(1500)
    const from = numbers[0] ?? 0
    expect(numbers).toEqual(Array.from({ length: 1501 - from }, (_, index) => from + index))
  })

  it('rests while a page is behind, goes on when it has caught up, and loses nothing', async () => {
    const terminal = await place.terminals.open('lab', '', size)
    const slow = await place.show(terminal, false)
    terminal.write('stty -echo -onlcr; head -c 3000000 /dev/zero | tr "\\0" x; echo; echo all-of-it; exit 0\r')
    await until(() => slow.text().length > TERMINAL_HIGH, 'output')
    await sleep(300)
    const held = slow.text().length
    await sleep(300)
    expect(slow.text().length).toBe(held)
    expect(held).toBeLessThan(TERMINAL_HIGH + 300_000)
    let told = 0
    await until(() => {
      const more = slow.text().length - told
      if (more > 0) terminal.acknowledge(slow.viewer, more)
      told += more
      return slow.ended()
    }, 'the end')
    expect(slow.text().match(/x/g)?.length).toBeGreaterThanOrEqual(3_000_000)
    expect(slow.text()).toContain('all-of-it')
  })

  it('loses nothing when the program ends while a page is behind', async () => {
    const terminal = await place.terminals.open('lab', '', size)
    const slow = await place.show(terminal, false)
    terminal.write('stty -echo -onlcr; exec head -c 134000 /dev/zero\r')
    // The last few thousand characters wait in the kernel. Where it holds fewer, the program itself waits for the page.
    const long = performance.now() + 3000
    await until(() => {
      if (performance.now() > long) terminal.acknowledge(slow.viewer, slow.text().length)
      return slow.ended()
    }, 'the end')
    expect(slow.text().match(/\0/g)?.length).toBe(134_000)
  })

  it('carries 100 MB without growing', async () => {
    const shown = await place.open()
    let characters = 0
    const counting = {
      output: (text: string) => void ((characters += text.length), shown.terminal.acknowledge(counting, text.length)),
      state: () => undefined,
    }
    place.terminals.detach(shown.terminal.id, shown.viewer)
    ;(await shown.terminal.attach(counting)).start()
    const memory = (): number => process.memoryUsage.rss()
    shown.terminal.write(
      'stty -echo; yes "a line of text that is neither long nor short, as most are" | head -c 10000000; echo\r',
    )
    await until(() => characters > 10_000_000, '10 MB', 50_000)
    const before = memory()
    shown.terminal.write(
      'yes "a line of text that is neither long nor short, as most are" | head -c 90000000; echo; exit\r',
    )
    await until(() => characters > 100_000_000, '100 MB', 50_000)
    expect(memory() - before).toBeLessThan(100 * 1024 * 1024)
  })

  it('refuses input that is too long or too fast, with a sentence', async () => {
    const { terminal } = await place.open()
    expect(() => terminal.write('x'.repeat(MAX_TERMINAL_INPUT + 1))).toThrow(
      `at most ${MAX_TERMINAL_INPUT} characters at once. Put longer text into a file.`,
    )
    terminal.write('cat > /dev/null\r')
    const piece = `${'x'.repeat(60)}\r`.repeat(1000)
    expect(() => {
      for (let sent = 0; sent < 2 * MAX_TERMINAL_INPUT_RATE; sent += piece.length) terminal.write(piece)
    }).toThrow(`at most ${MAX_TERMINAL_INPUT_RATE} characters in a second`)
  })

  it('refuses input that the program does not read, before it piles up', async () => {
    const shown = await place.open()
    shown.terminal.write('stty -icanon -echo; echo "re"ady; sleep 600\r')
    await shown.says('ready')
    const piece = 'x'.repeat(MAX_TERMINAL_INPUT)
    const pile = async (): Promise<void> => {
      for (let tries = 0; tries < 200; tries += 1) {
        try {
          shown.terminal.write(piece)
        } catch (error) {
          if (error instanceof Error && !error.message.includes('in a second')) throw error
          await sleep(100)
        }
      }
    }
    await expect(pile()).rejects.toThrow('does not read what is typed')
  })

  it('begins in a folder of the workspace and nowhere else', async () => {
    mkdirSync(join(place.workspace, 'week 8'))
    writeFileSync(join(place.workspace, 'file'), '')
    symlinkSync('/', join(place.workspace, 'out'))
    const shown = await place.open('lab', 'week 8')
    shown.terminal.write('pwd\r')
    await shown.says(`${place.workspace}/week 8\r`)
    for (const folder of ['..', '/etc', 'out', 'out/etc']) {
      await expect(place.terminals.open('lab', folder, size)).rejects.toMatchObject({ code: 'outside-workspace' })
    }
    await expect(place.terminals.open('lab', 'missing', size)).rejects.toMatchObject({ code: 'not-found' })
    await expect(place.terminals.open('lab', 'file', size)).rejects.toThrow('file is a file')
  })

  it('opens so many and no more', async () => {
    const opened = await Promise.allSettled(
      Array.from({ length: MAX_TERMINALS + 1 }, () => place.terminals.open('lab', '', size)),
    )
    const refused = opened.filter((one) => one.status === 'rejected')
    expect(refused).toHaveLength(1)
    expect(refused[0]?.reason).toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('At most 12 terminals'),
    })
    const first = opened.find((one) => one.status === 'fulfilled')
    await place.terminals.close(first?.value.id ?? '')
    await place.open()
  })

  it('is reached by its id alone', () => {
    expect(() => place.terminals.find('1')).toThrow('This terminal is not there any more. Open another one.')
  })
})

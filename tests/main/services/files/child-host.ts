// A host in a process of its own, driven by one page, for tests that kill it or run it as another account. It prints a
// JSON line for whatever it did. Arguments: workspace, data, and what to do.
import { hostApi, PROTOCOL_VERSION } from '../../../../src-main/contract/api.ts'
import { InterlockError } from '../../../../src-main/contract/errors.ts'
import { createCaller } from '../../../../src-main/host/call.ts'
import { createHost } from '../../../../src-main/host/host.ts'
import { memoryWirePair } from '../../../../src-main/host/wires/memory.ts'
import { textOf } from '../../host/stand-in.ts'

const [workspace = '', data = '', what = '', path = ''] = process.argv.slice(2)
const say = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`)

const log: string[] = []
const host = createHost({
  build: 'test',
  shell: 'browser',
  workspace,
  data,
  labsFolder: '',
  dialogs: null,
  log: (line) => log.push(line),
})
const [here, there] = memoryWirePair()
host.connect(here)
const page = createCaller<typeof hostApi>(there)
await page.call('hello', { protocol: PROTOCOL_VERSION, build: 'test' })

/** Long drawings, so that a kill falls into the middle of writing. */
const long = (n: number): string => textOf(`Number ${n}`, 2000)

async function tell(call: () => Promise<unknown>): Promise<void> {
  try {
    say({ ok: await call() })
  } catch (error) {
    say(error instanceof InterlockError ? { code: error.code, message: error.message } : { thrown: String(error) })
  }
}

switch (what) {
  case 'autosave': {
    const { file } = await page.call('files.open', { path })
    for (let n = 1; ; n += 1) {
      await page.call('autosave.keep', { draft: 'd', handle: file?.handle ?? null, text: long(n) })
      say({ kept: n })
    }
  }
  case 'draft': {
    for (let n = 1; ; n += 1) {
      await page.call('autosave.keep', { draft: 'd', handle: null, text: long(n) })
      say({ kept: n })
    }
  }
  case 'save': {
    let file = (await page.call('files.open', { path })).file
    for (let n = 1; file !== null; n += 1) {
      file = await page.call('files.save', { handle: file.handle, stamp: file.stamp, text: long(n), overwrite: false })
      say({ saved: n })
    }
    break
  }
  case 'hold': {
    await page.call('files.open', { path })
    say({ open: path })
    setInterval(() => undefined, 1000)
    break
  }
  case 'protected': {
    // The folder of the file takes nothing; the file itself is readable.
    await tell(() => page.call('files.open', { path }))
    const { file } = await page.call('files.open', { path })
    const save = { handle: file?.handle ?? '', stamp: file?.stamp ?? '', text: textOf('Changed'), overwrite: false }
    await tell(() => page.call('files.save', save))
    await tell(() => page.call('files.saveAs', { path: 'new', text: textOf('New'), overwrite: false }))
    await tell(() => page.call('autosave.keep', { draft: 'd', handle: file?.handle ?? null, text: textOf('Kept') }))
    await tell(() => page.call('settings.set', { theme: 'dark' }))
    await tell(() => page.call('settings.get', {}))
    say({ log })
    await host.close()
    break
  }
}

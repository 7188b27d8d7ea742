// The kernel view through the host's calls: who may look at which terminal, what is pushed, and what ends with whom.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hostApi, pageEvents } from '../../../src-main/contract/api.ts'
import type { KernelSample } from '../../../src-main/contract/kernel.ts'
import type { KernelSampled } from '../../../src-main/contract/kernel-calls.ts'
import { patched } from '../../../src-main/contract/merge-patch.ts'
import { createMachine } from '../../../src-main/services/kernel/machine.ts'
import { until } from '../services/terminal/helpers.ts'
import { type Folders, makeFolders, type Page, type StandIn, startHost } from './stand-in.ts'

const why = createMachine().whyNot()
const size = { columns: 90, rows: 20 }

describe('where terminals are switched off', () => {
  it('nothing can be looked at, and the reason is told', async () => {
    const folders = makeFolders()
    const before = process.env['INTERLOCK_TERMINALS']
    process.env['INTERLOCK_TERMINALS'] = 'off'
    const { host, page } = startHost(folders)
    try {
      const client = await page()
      const about = await client.call('kernel.machine', {})
      expect(about.why).toContain('Terminals are switched off')
      expect(about.machine.writable).toEqual({})
      const watching = client.call('kernel.watch', { terminal: 'x', experiment: null, files: [], anew: false })
      await expect(watching).rejects.toMatchObject({ code: 'unknown-terminal' })
    } finally {
      if (before === undefined) delete process.env['INTERLOCK_TERMINALS']
      else process.env['INTERLOCK_TERMINALS'] = before
      await host.close()
      folders.remove()
    }
  })
})

describe.skipIf(why !== null)(
  `the kernel view of a page${why === null ? '' : ` (${why})`}`,
  { timeout: 60_000 },
  () => {
    let folders: Folders
    let started: StandIn
    beforeEach(() => {
      folders = makeFolders()
      started = startHost(folders)
    })
    afterEach(async () => {
      await started.host.close()
      folders.remove()
    })

    const open = async (page: Page): Promise<string> =>
      (await page.call('terminals.open', { profile: 'lab', folder: '', size })).state.id
    const watch = (page: Page, terminal: string, more: { files?: string[]; anew?: boolean } = {}): Promise<unknown> =>
      page.call('kernel.watch', { terminal, experiment: 'pid-1', files: [], anew: false, ...more })
    const type = (page: Page, id: string, text: string): Promise<unknown> =>
      page.call('terminals.write', { id, text: `${text}\r` })
    const told = (page: Page): KernelSampled[] =>
      page.events
        .filter(([name]) => name === 'kernel-sampled')
        .map(([, payload]) => pageEvents['kernel-sampled'].parse(payload))

    /** Reads on until a sample fits, as a page does: told how many there are, it pulls those it has not seen. */
    async function pulled(
      page: Page,
      terminal: string,
      fits: (sample: KernelSample) => boolean,
    ): Promise<KernelSample> {
      let [next, last]: [number, KernelSample | null] = [0, null]
      const end = performance.now() + 20_000
      for (;;) {
        const answer = hostApi['kernel.read'].output.parse(await page.call('kernel.read', { terminal, from: next }))
        for (const change of answer.first === null ? answer.changes : [null, ...answer.changes]) {
          last = change === null ? answer.first : (patched(last, change) as KernelSample)
          if (last !== null && fits(last)) return last
        }
        next = answer.next
        if (performance.now() > end)
          throw new Error(`no such sample; the last one was ${JSON.stringify(last).slice(0, 500)}`)
        await new Promise((done) => setTimeout(done, 30))
      }
    }
    const names = (sample: KernelSample): string[] => Object.values(sample.processes).map(({ name }) => name)

    it('tells of a process that is started, and of its end, at most ten times a second', async () => {
      const page = await started.page()
      const terminal = await open(page)
      expect(await watch(page, terminal)).toEqual({ count: 1 })
      const began = performance.now()
      await type(page, terminal, 'sleep 0.6; (exit 4)')
      await pulled(page, terminal, (sample) => names(sample).includes('sleep'))
      const after = await pulled(
        page,
        terminal,
        ({ ended, processes }) => ended?.status === 4 && Object.keys(processes).length === 1,
      )
      expect(after.host.uid).toBe(process.getuid?.())
      await until(() => told(page).length > 1, 'events')
      expect(told(page).length).toBeLessThanOrEqual(2 + (performance.now() - began) / 100)
      expect(new Set(told(page).map((event) => event.terminal))).toEqual(new Set([terminal]))
    })

    it('looks at what it is told to, relative to the folder of the terminal, and begins anew when asked', async () => {
      mkdirSync(join(folders.workspace, 'interlock-lab'))
      const page = await started.page()
      const terminal = await open(page)
      await watch(page, terminal)
      await watch(page, terminal, { files: ['interlock-lab', 'nothing', '/'] })
      const { files } = await pulled(page, terminal, (sample) => 'host' in sample.files)
      expect(files['host']).toMatchObject({
        'interlock-lab': { kind: 'folder' },
        nothing: { kind: 'none' },
        '/': { kind: 'folder' },
      })
      expect((await page.call('kernel.read', { terminal, from: 0 })).next).toBeGreaterThan(1)
      await type(page, terminal, 'echo "before"-it; (exit 3)')
      await pulled(page, terminal, ({ ended }) => ended?.status === 3)
      await watch(page, terminal, { anew: true })
      const recording = await page.call('kernel.recording', { terminal })
      expect(recording).toMatchObject({ version: 1, experiment: 'pid-1', terminal: size })
      expect(recording.first.time).toBeLessThan(5000)
      expect(recording.terminal.events[0]?.slice(0, 2)).toEqual([0, 'o'])
      expect(recording.terminal.events[0]?.[2]).toContain('before-it')
      // One that asks for more than there is now gets it from the beginning.
      expect((await page.call('kernel.read', { terminal, from: 5000 })).first).not.toBeNull()
    })

    it('asks for all when told to look, parents and owners of namespaces included', async () => {
      const page = await started.page()
      const terminal = await open(page)
      await watch(page, terminal)
      const { count } = await page.call('kernel.look', { terminal })
      expect(count).toBeGreaterThan(0)
      const { machine } = await page.call('kernel.machine', {})
      if (!('lsns' in machine.tools)) return
      const { relations, host } = await pulled(page, terminal, (sample) => Object.keys(sample.relations).length > 0)
      expect(relations[`pid:${host.namespaces.pid}`]).toBeDefined()
    })

    it('is for pages that show the terminal, and for no others', async () => {
      const [page, other] = [await started.page(), await started.page()]
      const terminal = await open(page)
      await watch(page, terminal)
      const calls = [
        () => watch(other, terminal),
        () => other.call('kernel.unwatch', { terminal }),
        () => other.call('kernel.read', { terminal, from: 0 }),
        () => other.call('kernel.look', { terminal }),
        () => other.call('kernel.recording', { terminal }),
        () => other.call('kernel.clean', { terminal }),
      ]
      for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'unknown-terminal' })
      await type(page, terminal, 'true')
      await pulled(page, terminal, ({ ended }) => ended !== undefined)
      expect(told(other)).toEqual([])
    })

    it('says that a terminal has to be watched first', async () => {
      const page = await started.page()
      const terminal = await open(page)
      for (const call of ['kernel.look', 'kernel.recording', 'kernel.clean'] as const) {
        await expect(page.call(call, { terminal })).rejects.toMatchObject({
          code: 'bad-input',
          message: 'Nobody watches this terminal. Begin with kernel.watch.',
        })
      }
    })

    it('rests when nobody watches, and goes on where it was when somebody does again', async () => {
      const page = await started.page()
      const terminal = await open(page)
      await watch(page, terminal)
      await type(page, terminal, 'true')
      await pulled(page, terminal, ({ ended }) => ended !== undefined)
      await page.call('kernel.unwatch', { terminal })
      // The thread may still be about to see what came before.
      await new Promise((done) => setTimeout(done, 300))
      await type(page, terminal, 'sleep 600 &')
      await new Promise((done) => setTimeout(done, 700))
      const before = await page.call('kernel.recording', { terminal })
      expect(JSON.stringify(before.changes)).not.toContain('sleep')
      await watch(page, terminal)
      await pulled(page, terminal, (sample) => names(sample).includes('sleep'))
      const after = await page.call('kernel.recording', { terminal })
      expect(after.first).toEqual(before.first)
    })

    it('cleans what runs below the shell, and the shell goes on', async () => {
      const page = await started.page()
      const terminal = await open(page)
      await watch(page, terminal)
      await type(page, terminal, 'mkdir interlock-lab; (setsid nohup sleep 601 >/dev/null 2>&1 &); sleep 602')
      await pulled(page, terminal, (sample) => names(sample).filter((name) => name === 'sleep').length === 2)
      expect(await page.call('kernel.clean', { terminal })).toEqual({ left: [] })
      await type(page, terminal, 'sleep 0.4; (exit 7)')
      const last = await pulled(page, terminal, ({ ended }) => ended?.status === 7)
      // One that was killed may still wait to be collected by the system's first process.
      expect(Object.values(last.processes).flatMap(({ name, state }) => (state === 'Z' ? [] : [name]))).toEqual([
        'bash',
      ])
    })

    it('ends with the terminal', async () => {
      const page = await started.page()
      const terminal = await open(page)
      await watch(page, terminal)
      await page.call('terminals.close', { id: terminal })
      await expect(page.call('kernel.read', { terminal, from: 0 })).rejects.toMatchObject({ code: 'unknown-terminal' })
      expect(started.log).toEqual([])
    })
  },
)

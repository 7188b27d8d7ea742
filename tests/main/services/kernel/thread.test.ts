// The sampling thread: where its file is, and what becomes of it when it ends.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createSamplingThread, workerUrl } from '../../../../src-main/services/kernel/thread.ts'
import { until } from '../terminal/helpers.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'interlock-thread-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('is a source beside the source, and in a build a file beside the entry or one folder above a chunk', () => {
  expect(workerUrl('file:///app/src-main/services/kernel/thread.ts').href).toBe(
    'file:///app/src-main/services/kernel/worker.ts',
  )
  expect(workerUrl('file:///app/out/main/chunks/host-abc.js').href).toBe('file:///app/out/main/kernel-worker.js')
  writeFileSync(join(folder, 'kernel-worker.js'), '')
  const entry = pathToFileURL(join(folder, 'interlock.js')).href
  expect(workerUrl(entry).href).toBe(pathToFileURL(join(folder, 'kernel-worker.js')).href)
})

it('says why it ended, starts anew with the next message, and not after it was closed', async () => {
  const file = join(folder, 'fails.mjs')
  writeFileSync(
    file,
    `import { parentPort } from 'node:worker_threads'
parentPort.on('message', ({ terminal }) => {
  if (terminal === 'bad') throw new Error('a defect')
  parentPort.postMessage({ tells: 'looked', terminal, question: 1 })
})`,
  )
  const [heard, ended]: [unknown[], string[]] = [[], []]
  const thread = createSamplingThread(
    (message) => void heard.push(message),
    (reason) => void ended.push(reason),
    pathToFileURL(file),
  )
  thread.tell({ do: 'active', terminal: 'bad' })
  await until(() => ended.length === 1, 'the end')
  expect(ended[0]).toContain('a defect')
  thread.tell({ do: 'active', terminal: 'good' })
  await until(() => heard.length === 1, 'an answer of the next one')
  await thread.close()
  thread.tell({ do: 'active', terminal: 'good' })
  await new Promise((done) => setTimeout(done, 200))
  expect([heard.length, ended.length]).toEqual([1, 1])
})

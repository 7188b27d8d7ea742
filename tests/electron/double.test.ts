// The built desktop shell, run on the double: main, preload, scheme, port and rules as they really execute.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROTOCOL_VERSION } from '../../src-main/contract/api.ts'
import { built, out } from './built.ts'
import { type Double, launchDouble } from './double/launch.ts'

const folder = mkdtempSync(join(tmpdir(), 'interlock-double-test-'))
const options = { workspace: join(folder, 'w'), data: join(folder, 'd'), args: [] }
let app: Double

beforeAll(async () => {
  await built()
  app = await launchDouble(options)
  await app.page.waitForLoadState('load')
}, 240_000)
afterAll(async () => {
  await app?.close()
  rmSync(folder, { recursive: true, force: true })
}, 30_000)

/** Runs a script in the page. Scripts are text: this side has no types of a browser. */
const inPage = (script: string): Promise<unknown> => app.page.evaluate(script)

describe('the page on the double', () => {
  it('E5 E7 comes through the scheme handler, with the policy on every answer', async () => {
    const responses: { url: string; policy: string | null; sniff: string | null }[] = []
    app.page.on('response', (response) => {
      const { 'content-security-policy': policy = null, 'x-content-type-options': sniff = null } = response.headers()
      responses.push({ url: response.url(), policy, sniff })
    })
    await app.page.reload()
    expect(responses.length).toBeGreaterThan(1)
    for (const { url, policy, sniff } of responses) {
      expect(policy, url).toContain("default-src 'none'; script-src 'self'")
      expect(sniff, url).toBe('nosniff')
    }
    app.page.removeAllListeners('response')
  })

  it('E1 E2 sees one frozen object and nothing of Node or of the preload', async () => {
    expect(await inPage('[Object.isFrozen(interlock), Object.keys(interlock).join()]')).toEqual([
      true,
      'shell,requestPort',
    ])
    expect(await inPage('[typeof require, typeof process, typeof toMain, typeof fromMain, typeof Buffer]')).toEqual(
      Array(5).fill('undefined'),
    )
  })

  it('E4 gets a port from its own origin, and the host answers on it', async () => {
    const build = readFileSync(join(out, 'renderer/build-id.txt'), 'utf8').trim()
    const hello = { t: 'q', i: 'test', m: 'call', a: ['hello', { protocol: PROTOCOL_VERSION, build }] }
    const answer = await inPage(`new Promise((done) => {
      addEventListener('message', (event) => {
        if (event.data?.type !== 'interlock-port' || event.origin !== location.origin) return
        const [port] = event.ports
        // The page uses the same port; only the answer to this call counts.
        port.addEventListener('message', ({ data }) => data.includes('"i":"test"') && done(JSON.parse(data)))
        port.start()
        port.postMessage(${JSON.stringify(JSON.stringify(hello))})
      })
      interlock.requestPort()
    })`)
    expect(answer).toMatchObject({ i: 'test', r: { ok: { shell: 'electron', nativeDialogs: true, build } } })
  })

  it('E8 stays where it is when a script navigates or opens a window', async () => {
    const before = app.page.url()
    await inPage("void (location.href = 'https://example.org/away')")
    await inPage("void window.open('https://example.org/window')")
    await app.said('refused')
    expect(app.page.url()).toBe(before)
    expect(app.browser.contexts().flatMap((context) => context.pages()).length).toBe(1)
    expect(app.log()).not.toContain('"external"')
  })

  it('E9 hands a link that a person clicks to the system', async () => {
    await inPage(`void (() => {
      const link = document.createElement('a')
      Object.assign(link, { id: 'out', href: 'https://example.org/read', target: '_blank', textContent: 'out' })
      Object.assign(link.style, { position: 'fixed', inset: '0', zIndex: '99999' })
      document.body.append(link)
    })()`)
    await app.page.mouse.click(400, 300)
    expect(await app.said('external')).toEqual({ double: 'external', url: 'https://example.org/read' })
    await inPage("document.getElementById('out').remove()")
  })

  it('E10 may write to the clipboard and is denied the rest', async () => {
    const state = (name: string): Promise<unknown> =>
      inPage(`navigator.permissions.query({ name: '${name}' }).then(({ state }) => state)`)
    expect(await state('clipboard-write')).toBe('granted')
    for (const name of ['clipboard-read', 'geolocation', 'camera', 'microphone', 'notifications']) {
      expect(await state(name), name).toBe('denied')
    }
  })

  it('E17 S1 reaches no network, by fetch, image, socket or frame', async () => {
    const failed = (script: string): Promise<unknown> => inPage(`new Promise((done) => { ${script} })`)
    expect(await failed("fetch('https://example.org/').then(() => done('reached'), () => done('failed'))")).toBe(
      'failed',
    )
    expect(
      await failed(
        "const i = new Image(); i.onload = () => done('reached'); i.onerror = () => done('failed'); i.src = 'https://example.org/i.png'",
      ),
    ).toBe('failed')
    expect(
      await failed(
        "try { const s = new WebSocket('ws://127.0.0.1:9/'); s.onopen = () => done('reached'); s.onerror = () => done('failed') } catch { done('failed') }",
      ),
    ).toBe('failed')
  })

  it('S1 runs no inline script and no text as code', async () => {
    const code =
      "new Promise((done) => setTimeout(() => { try { done(new Function('return 1')()) } catch { done('refused') } }))"
    expect(await inPage(code)).toBe('refused')
    const inline =
      "const s = document.createElement('script'); s.textContent = 'globalThis.ran = 1'; document.body.append(s); typeof ran"
    expect(await inPage(`(() => { ${inline.replace('typeof ran', 'return typeof ran')} })()`)).toBe('undefined')
  })

  it('S1 starts without breaking the policy once', async () => {
    await app.page.addInitScript(
      "globalThis.broken = []; addEventListener('securitypolicyviolation', (event) => broken.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile))",
    )
    await app.page.reload()
    await app.page.waitForTimeout(500)
    expect(await inPage('broken')).toEqual([])
  })

  it('E13 gives way to the first instance, which comes to the front', async () => {
    expect(await app.second([])).toBe(0)
    expect(await app.said('focus')).toEqual({ double: 'focus' })
  })

  it('starts again on the same folders after its main process was killed', { timeout: 60_000 }, async () => {
    await app.kill()
    app = await launchDouble(options)
    expect(await inPage('Object.keys(interlock).join()')).toBe('shell,requestPort')
  })

  it('closes the host and leaves when it is quit', async () => {
    const started = performance.now()
    await app.close()
    expect(performance.now() - started).toBeLessThan(8_000)
    app = await launchDouble(options)
  })
})

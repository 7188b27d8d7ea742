// Between the preload of one page and the main side: IPC messages, ports, gestures. The built preload runs in a world
// of its own, which the page cannot look into, as context isolation has it.
import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MessagePortMain } from 'electron'
import { type FakeMessagePort, transferPort } from '../fake/message-port.ts'
import type { CdpSession, Json } from './cdp.ts'
import { APP, STAND_IN, toApp } from './origin.ts'

const WORLD = 'interlock-preload'
const source = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8')

export interface SenderFrame {
  url: string
  origin: string
  parent: SenderFrame | null
  postMessage(channel: string, message: unknown, ports?: MessagePortMain[]): void
}
/** What a listener of ipcMain is told about who sent. */
export interface Sender {
  sender: unknown
  senderFrame: SenderFrame | null
  ports: MessagePortMain[]
}

type FromPage =
  | { kind: 'send'; channel: string; args: unknown[] }
  | { kind: 'port'; id: string; data: unknown }
  | { kind: 'port-closed'; id: string }
  | { kind: 'input'; type: string }

export class Bridge extends EventEmitter {
  readonly #session: CdpSession
  readonly #describe: (frameId: string) => { url: string; top: boolean } | null
  /** the preload's worlds that live now, by the protocol's number */
  readonly #worlds = new Map<number, { frameId: string; origin: string }>()
  readonly #ports = new Map<string, { port: FakeMessagePort; world: number }>()

  constructor(session: CdpSession, describe: (frameId: string) => { url: string; top: boolean } | null) {
    super()
    this.#session = session
    this.#describe = describe
    session.on('Runtime.executionContextCreated', ({ context }: Json) => {
      const { id, name, origin, auxData } = context as { id: number; name: string; origin: string; auxData: Json }
      if (name === WORLD) this.#worlds.set(id, { frameId: String(auxData['frameId']), origin: toApp(origin) })
    })
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }: Json) =>
      this.#drop(Number(executionContextId)),
    )
    session.on('Runtime.executionContextsCleared', () => this.end())
    session.on('Runtime.bindingCalled', ({ payload, executionContextId }: Json) =>
      this.#receive(JSON.parse(String(payload)) as FromPage, Number(executionContextId)),
    )
  }

  /** Installs both worlds' scripts; they run in every later document before its own scripts. */
  async prepare(preload: string): Promise<void> {
    const names = { EXPOSE: randomUUID(), CALL: randomUUID(), APP, STAND_IN }
    const given = `const { EXPOSE, CALL, APP, STAND_IN } = ${JSON.stringify(names)}`
    await this.#session.send('Runtime.enable')
    await this.#session.send('Runtime.addBinding', { name: 'toMain', executionContextName: WORLD })
    const add = (text: string, worldName?: string): Promise<Json> =>
      this.#session.send('Page.addScriptToEvaluateOnNewDocument', {
        source: `(() => {\n${given}\n${text}\n})()`,
        ...(worldName === undefined ? {} : { worldName }),
      })
    await add(source('main-world.js'))
    const asFunction = `function preload(require, window) {\n${readFileSync(preload, 'utf8')}\n}`
    await add(`${asFunction}\n${source('preload-world.js')}`, WORLD)
  }

  /** Every world is gone: the page navigated, crashed or was closed. */
  end(): void {
    for (const world of [...this.#worlds.keys()]) this.#drop(world)
  }

  #drop(world: number): void {
    this.#worlds.delete(world)
    for (const [id, open] of this.#ports) {
      if (open.world !== world) continue
      this.#ports.delete(id)
      open.port.close()
    }
  }

  #receive(message: FromPage, world: number): void {
    if (message.kind === 'input') this.emit('input', message.type)
    else if (message.kind === 'port') this.#ports.get(message.id)?.port.postMessage(message.data)
    else if (message.kind === 'port-closed') {
      this.#ports.get(message.id)?.port.close()
      this.#ports.delete(message.id)
    } else {
      const event: Sender = { sender: null, senderFrame: this.#frame(world), ports: [] }
      this.emit('send', message.channel, event, message.args)
    }
  }

  #frame(world: number): SenderFrame | null {
    const known = this.#worlds.get(world)
    const frame = known && this.#describe(known.frameId)
    if (!known || !frame) return null
    return {
      url: frame.url,
      origin: known.origin,
      parent: null,
      postMessage: (channel, message, ports = []) => {
        const ids = ports.map((port) => this.#lend(port, world))
        this.#tell(world, { kind: 'ipc', channel, message, ports: ids })
      },
    }
  }

  /** Takes a transferred port; what arrives there goes to the page's end of it, and the other way round. */
  #lend(given: MessagePortMain, world: number): string {
    const id = randomUUID()
    const port = transferPort(given)
    this.#ports.set(id, { port, world })
    port.on('message', ({ data }) => this.#tell(world, { kind: 'port', id, data }))
    port.on('close', () => {
      this.#ports.delete(id)
      this.#tell(world, { kind: 'port-closed', id })
    })
    port.start()
    return id
  }

  #tell(world: number, message: Json): void {
    if (!this.#worlds.has(world)) return
    const expression = `fromMain(${JSON.stringify(JSON.stringify(message))})`
    // The world may go while this is on its way; what was sent to it is lost with it, as with a real page.
    this.#session.send('Runtime.evaluate', { expression, contextId: world }).catch(() => undefined)
  }
}

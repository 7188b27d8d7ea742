// The suite of contract.ts over every transport that Interlock has.
import { once } from 'node:events'
import { MessageChannel } from 'node:worker_threads'
import { WebSocket, WebSocketServer } from 'ws'
import { memoryWirePair } from '../../src-main/host/wires/memory.ts'
import { messagePortWire } from '../../src-main/host/wires/message-port.ts'
import { webSocketWire } from '../../src-main/host/wires/web-socket.ts'
import { workerPortWire } from '../../src-main/host/wires/worker-port.ts'
import { createPortPair } from '../electron/fake/message-port.ts'
import { wireSuite } from './contract.ts'
import type { WireFactory } from './kit.ts'

const factories: WireFactory[] = [
  {
    name: 'memory',
    create: () => {
      const [host, page] = memoryWirePair()
      return Promise.resolve({ host, page, listeners: () => 0, dispose: () => Promise.resolve() })
    },
  },
  {
    name: 'a worker port',
    create: () => {
      const { port1, port2 } = new MessageChannel()
      // Node itself listens to a port now and then; only what our wires added counts.
      const count = (): number =>
        [port1, port2].reduce((sum, port) => sum + port.listenerCount('message') + port.listenerCount('close'), 0)
      const before = count()
      return Promise.resolve({
        host: workerPortWire(port1),
        page: workerPortWire(port2),
        listeners: () => count() - before,
        dispose: () => Promise.resolve(),
      })
    },
  },
  {
    name: 'a WebSocket',
    create: async () => {
      const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
      await once(server, 'listening')
      const address = server.address()
      if (typeof address !== 'object' || address === null) throw new Error('the server has no port')
      const accepted = once(server, 'connection')
      const client = new WebSocket(`ws://127.0.0.1:${address.port}`)
      const socket = (await accepted)[0] as WebSocket
      const own = (): number =>
        [socket, client].reduce((sum, end) => sum + end.listenerCount('message') + end.listenerCount('close'), 0)
      await once(client, 'open')
      const before = own()
      return {
        host: webSocketWire(socket),
        page: webSocketWire(client),
        listeners: () => own() - before,
        dispose: () => new Promise<void>((done) => server.close(() => done())),
      }
    },
  },
  {
    name: "Electron's port",
    create: () => {
      const { port1, port2 } = createPortPair()
      return Promise.resolve({
        host: messagePortWire(port1),
        page: messagePortWire(port2),
        listeners: () =>
          [port1, port2].reduce((sum, port) => sum + port.listenerCount('message') + port.listenerCount('close'), 0),
        dispose: () => Promise.resolve(),
      })
    },
  },
]

for (const factory of factories) wireSuite(factory)

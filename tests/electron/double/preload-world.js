// What a sandboxed preload finds: `require` with `electron` alone, in a world of its own. Given EXPOSE and CALL (names of
// the bridge's events), APP and STAND_IN (origins), and `toMain`, which carries one JSON text to the main side.
// Leaves `fromMain` behind in its own world for the way back, and calls `preload(require, window)`.
const listeners = new Map()
const exposed = new Map()
const ports = new Map()
const say = (message) => toMain(JSON.stringify(message))

addEventListener(CALL, ({ detail }) => {
  const { name, key, args } = JSON.parse(detail)
  exposed.get(name)[key](...args)
})

const electron = {
  contextBridge: {
    exposeInMainWorld(name, api) {
      exposed.set(name, api)
      const keys = Object.keys(api)
      const functions = keys.filter((key) => typeof api[key] === 'function')
      const values = Object.fromEntries(keys.filter((key) => !functions.includes(key)).map((key) => [key, api[key]]))
      dispatchEvent(new CustomEvent(EXPOSE, { detail: JSON.stringify({ name, values, functions }) }))
    },
  },
  ipcRenderer: {
    on: (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
    send: (channel, ...args) => say({ kind: 'send', channel, args }),
  },
}

/** A real port for the page; what the page sends through it goes to the main side under the given id. */
function openPort(id) {
  const { port1, port2 } = new MessageChannel()
  ports.set(id, port1)
  port1.onmessage = ({ data }) => say({ kind: 'port', id, data })
  port1.addEventListener('close', () => say({ kind: 'port-closed', id }))
  return port2
}

globalThis.fromMain = (text) => {
  const message = JSON.parse(text)
  if (message.kind === 'port') ports.get(message.id)?.postMessage(message.data)
  else if (message.kind === 'port-closed') ports.get(message.id)?.close()
  else {
    const event = { ports: message.ports.map(openPort) }
    for (const listener of listeners.get(message.channel) ?? []) listener(event, message.message)
  }
}

// Gestures as the main side would see them: before the page, and only what a person did.
for (const [name, type] of Object.entries({ pointerdown: 'mouseDown', pointerup: 'mouseUp', keydown: 'rawKeyDown' })) {
  addEventListener(name, (event) => event.isTrusted && say({ kind: 'input', type }), true)
}

/** The window as the preload sees it. Only the origin of the app is mapped; every other target stays what it is. */
const view = {
  postMessage: (message, target, transfer) => window.postMessage(message, target === APP ? STAND_IN : target, transfer),
}

const require = (name) => {
  if (name === 'electron') return electron
  throw new Error(`module not found: ${name}`)
}

if (window === window.top) preload(require, view)

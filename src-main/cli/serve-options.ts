// The options of `open` and `serve`, apart from the commands so that they can be read without loading a host.
import { EXPOSE_FLAG } from '../browser-shell/address.ts'

export const serveOptions = {
  workspace: { value: 'DIR' },
  data: { value: 'DIR' },
  port: { value: 'N' },
  bind: { value: 'ADDRESS' },
  'token-file': { value: 'FILE' },
  [EXPOSE_FLAG]: 'flag',
} as const

export const openOptions = { ...serveOptions, look: 'flag', stay: 'flag', 'no-browser': 'flag' } as const

// `node --import ./tests/electron/double/register.ts out/main/electron.js`: lets the built main find the double where it
// asks for `electron`. Changes nothing else of how modules are found.
import { registerHooks } from 'node:module'

const double = new URL('./electron.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: double, shortCircuit: true } : next(specifier, context),
})

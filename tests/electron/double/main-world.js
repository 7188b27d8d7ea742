// The page's side of the context bridge. Runs in the page's own world before its scripts; given EXPOSE and CALL, the
// secret names of two window events. Carries plain values and functions without result, which is all the shell uses.
addEventListener(EXPOSE, ({ detail }) => {
  const { name, values, functions } = JSON.parse(detail)
  const api = { ...values }
  for (const key of functions) {
    api[key] = (...args) => {
      dispatchEvent(new CustomEvent(CALL, { detail: JSON.stringify({ name, key, args }) }))
    }
  }
  Object.defineProperty(globalThis, name, { value: Object.freeze(api), enumerable: true })
})

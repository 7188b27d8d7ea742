// The page's font as data, for pictures that have to carry it along. Loaded only when somebody asks.

/** The font as a rule of a style sheet that needs nothing from outside: the Latin part, all weights. */
export async function fontRule(): Promise<string> {
  const { default: address } = await import('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?inline')
  return `@font-face{font-family:"Inter Variable";font-weight:100 900;src:url(${address}) format("woff2")}`
}

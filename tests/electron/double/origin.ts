// Chromium cannot open a scheme it does not know, so a page of the double lives at an https address that stands for
// the app's own. Main, scheme handler and policy only ever see the app's; the page only ever sees the https one.

export const APP = 'interlock://app'
export const STAND_IN = 'https://interlock-app.localhost'

const swap = (text: string, from: string, to: string): string =>
  text === from || text.startsWith(`${from}/`) ? to + text.slice(from.length) : text

/** Address or origin as Chromium has it, turned into what the main side is told. */
export function toApp(text: string): string {
  const blob = 'blob:'
  return text.startsWith(blob) ? blob + toApp(text.slice(blob.length)) : swap(text, STAND_IN, APP)
}

/** Address or origin as the main side names it, turned into what Chromium can open. */
export const toStandIn = (text: string): string => swap(text, APP, STAND_IN)

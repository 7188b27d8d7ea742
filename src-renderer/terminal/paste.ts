// What may be pasted into a shell, and when a person is asked first. Knows no terminal.

/** Text as it is pasted: control characters could act as keys, so only tabs and ends of lines stay. */
export function cleanPaste(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '')
}

/** How many lines a text has; an end of line at its end begins no further one. */
export function linesOf(text: string): number {
  return cleanPaste(text).replace(/\n$/, '').split('\n').length
}

/** One line without its end is pasted at once. With an end of line a shell runs what stands before it: that is asked about. */
export const asksFirst = (text: string): boolean => cleanPaste(text).includes('\n')

/** Text in pieces that each fit into one call. Surrogate pairs stay together. */
export function pieces(text: string, most: number): string[] {
  const found: string[] = []
  for (let from = 0; from < text.length;) {
    let to = Math.min(text.length, from + most)
    const last = text.charCodeAt(to - 1)
    if (to < text.length && last >= 0xd800 && last <= 0xdbff && to - from > 1) to -= 1
    found.push(text.slice(from, to))
    from = to
  }
  return found
}

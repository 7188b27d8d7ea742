// Builds the elements of a picture from the markup that the exporter wrote. Not a parser for any markup: what the exporter
// never writes (comments, other quotes, scripts, handlers) is left out, so no text can become a program.
const NAMESPACE = 'http://www.w3.org/2000/svg'
const TOKEN = /<\/([\w-]+)>|<([\w-]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/g
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const plain = (text: string): string =>
  text.replace(/&(?:#(\d+)|#x([\da-fA-F]+)|(\w+));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal))
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
    return ENTITIES[name ?? ''] ?? whole
  })

/** The elements and texts that markup stands for, below a parent, which comes back. */
export function build<Parent extends Element>(parent: Parent, markup: string): Parent {
  const open: Element[] = [parent]
  for (const [, close, name, attributes = '', empty, text] of markup.matchAll(TOKEN)) {
    const inside = open.at(-1) ?? parent
    if (text !== undefined) inside.append(plain(text))
    else if (close !== undefined) {
      if (open.length > 1) open.pop()
    } else if (name !== undefined) {
      const element = document.createElementNS(NAMESPACE, name === 'script' ? 'g' : name)
      for (const [, key = '', value = ''] of attributes.matchAll(ATTRIBUTE)) {
        if (!key.startsWith('on')) element.setAttribute(key, plain(value))
      }
      inside.append(element)
      if (empty === '') open.push(element)
    }
  }
  return parent
}

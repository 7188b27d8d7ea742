// Texts and numbers as they may stand in an XML document.

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** A text for content or attributes: markup escaped, characters that XML forbids replaced. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (char) => entities[char] ?? char)
}

/** A coordinate with at most two decimals; never `-0`. */
export function number(value: number): string {
  if (Math.abs(value) > 1e12) return String(value)
  const rounded = Math.round(value * 100) / 100
  return String(rounded === 0 ? 0 : rounded)
}

/** A label short enough for a picture. */
export function elided(text: string): string {
  const chars = [...text]
  return chars.length > 40 ? `${chars.slice(0, 39).join('')}…` : text
}

// Pieces of a Mermaid flow chart. Knows no lab.

/** A label in quotes; what Mermaid or its HTML would read as a sign is written by its number. */
export function mermaidLabel(text: string): string {
  return `"${text.replace(/[^\p{L}\p{N} .,:()'+/-]/gu, (char) => `#${char.codePointAt(0) ?? 32};`)}"`
}

// An order of names as a person types it. Knows no lab.

/**
 * The names in an order as a person types it: commas, semicolons, arrows or new lines between them, or just spaces. Large
 * and small letters are the same where that leaves no doubt. A name that is not there is kept as it was typed.
 */
export function typedOrder(text: string, names: readonly string[]): string[] {
  const parts = /[,;\n]|→|->|>/.test(text) ? text.split(/[,;\n]|→|->|>/) : text.split(/\s+/)
  return parts.flatMap((part) => {
    const typed = part.trim().replace(/^[<⟨(]|[)⟩]$/g, '')
    if (typed === '') return []
    if (names.includes(typed)) return [typed]
    const alike = names.filter((name) => name.toLowerCase() === typed.toLowerCase())
    return [alike.length === 1 ? alike[0]! : typed]
  })
}

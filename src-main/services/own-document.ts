// Tells Interlock's own documents from texts of other formats, without loading what reads those.

/** Whether a text has to be read as Interlock's own document: by its name, or because it says so. */
export function isOwnDocument(text: string, name: string): boolean {
  return /\.interlock$/i.test(name) || /^\ufeff?\s*\{\s*"format"\s*:\s*"interlock"/.test(text.slice(0, 400))
}

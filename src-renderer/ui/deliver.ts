// Gives files to the person. Knows nothing of what is in them.

/** Gives a file to the browser, which puts it among the downloads. */
export function deliver(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

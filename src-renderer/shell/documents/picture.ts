// Turns an SVG text into a PNG. An SVG that is shown as an image sees no font of the page, so the font travels inside.

/** The Latin part of the page's font as a data address; loaded only when a picture is made. */
async function fontFace(): Promise<string> {
  const { default: address } = await import('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?inline')
  return `<style>@font-face{font-family:"Inter Variable";font-weight:100 900;src:url(${address}) format("woff2")}</style>`
}

/**
 * @param scale pixels for each unit of the drawing
 * @returns null when the browser cannot make a picture of that size
 */
export async function pngOf(svg: string, scale: number): Promise<Blob | null> {
  const withFont = svg.replace(/<svg[^>]*>/, `$&${await fontFace()}`)
  const image = new Image()
  image.src = URL.createObjectURL(new Blob([withFont], { type: 'image/svg+xml' }))
  try {
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = Math.ceil(image.naturalWidth * scale)
    canvas.height = Math.ceil(image.naturalHeight * scale)
    const context = canvas.getContext('2d')
    if (context === null || canvas.width === 0) return null
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
  } catch {
    return null
  } finally {
    URL.revokeObjectURL(image.src)
  }
}

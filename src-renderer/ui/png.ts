// Turns an SVG text into a PNG with the fonts of this machine. Its own letters it carries along, since an SVG that is
// shown as an image sees no font of the page.

/**
 * @param scale pixels for each unit of the drawing
 * @returns null when the browser cannot make a picture of that size
 */
export async function pngOf(svg: string, scale: number): Promise<Blob | null> {
  const image = new Image()
  image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = Math.ceil(image.naturalWidth * scale)
    canvas.height = Math.ceil(image.naturalHeight * scale)
    const context = canvas.getContext('2d')
    if (context === null || canvas.width === 0) return null
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
  } catch {
    return null
  } finally {
    URL.revokeObjectURL(image.src)
  }
}

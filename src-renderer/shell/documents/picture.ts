// Turns an SVG text into a PNG. An SVG that is shown as an image sees no font of the page, so the font travels inside.
import { fontRule } from '../../ui/font-data.ts'

/**
 * @param scale pixels for each unit of the drawing
 * @returns null when the browser cannot make a picture of that size
 */
export async function pngOf(svg: string, scale: number): Promise<Blob | null> {
  const withFont = svg.replace(/<svg[^>]*>/, `$&<style>${await fontRule()}</style>`)
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

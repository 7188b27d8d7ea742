// Which views of a drawing are shown: the drawing itself, one other view, or both side by side. Never none.
// Knows views by their ids only.

export class ShownViews {
  drawing = $state(true)
  /** id of the other view; null when there is none */
  other: string | null = $state(null)

  /** Shows or hides the drawing; it stays when nothing else is shown. */
  toggleDrawing(): void {
    if (this.other !== null) this.drawing = !this.drawing
  }

  /** Shows a view beside the drawing, in the place of another one, or closes it again. */
  toggle(id: string): void {
    if (this.other !== id) this.other = id
    else {
      this.other = null
      this.drawing = true
    }
  }
}

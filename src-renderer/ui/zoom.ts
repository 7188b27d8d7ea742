// The page can be zoomed by its own style sheet. Boxes and pointers are then told in screen pixels, lengths in styles are
// the page's own: whoever turns one into the other divides by this factor. Knows no setting.

/** Screen pixels for one CSS pixel of an element, 1 where the page is not zoomed. */
export function zoomOf(element: Element): number {
  return (element as { currentCSSZoom?: number }).currentCSSZoom ?? 1
}

/** A box as the styles of an element's children would write it. */
export function boxIn(element: Element): { x: number; y: number; width: number; height: number } {
  const { x, y, width, height } = element.getBoundingClientRect()
  const zoom = zoomOf(element)
  return { x: x / zoom, y: y / zoom, width: width / zoom, height: height / zoom }
}

/** The colours of the page that a canvas must be told. */
export interface Ink {
  text: string
  line: string
}

/** Reads them where the chart stands. */
export function readInk(element: HTMLElement): Ink {
  const probe = document.createElement('span')
  probe.className = 'border-kumo-hairline text-kumo-subtle'
  element.append(probe)
  const { color, borderTopColor } = getComputedStyle(probe)
  probe.remove()
  return { text: color, line: borderTopColor }
}

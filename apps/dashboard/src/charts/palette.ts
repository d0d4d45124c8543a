/** Colours of series, from the largest on; the last is for the rest. They keep apart on light and dark. */
export const palette = ['#2f6fed', '#12a594', '#e5793a', '#8e4ec6', '#d6409f', '#5b9a2d', '#c29400', '#0894b3'] as const

/** Colour of what is left over. */
export const restColour = '#8b8d98'

/** Colours that mean something. */
export const meanings = { ok: '#2f6fed', error: '#e5484d' } as const

/** The colour of a series by its place. */
export function colourOf(index: number, isRest = false): string {
  return isRest ? restColour : (palette[index % palette.length] ?? restColour)
}

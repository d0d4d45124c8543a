import type { RouteMistake } from '@gw/router'

/** More would not be read in one message. */
const mostSaid = 20

/** Mistakes as one text: element, place and what is wrong. */
export function sayMistakes(mistakes: readonly RouteMistake[]): string {
  const said = mistakes.slice(0, mostSaid).map(({ element, path, message }) => {
    const whose = element === null ? '' : `element "${element}": `
    return `${whose}${path} ${message}`
  })
  const more = mistakes.length > mostSaid ? [`and ${mistakes.length - mostSaid} more`] : []
  return `${[...said, ...more].join('; ')}.`
}

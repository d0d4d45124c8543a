const rounds = 4

/** Puts each layer in the order in which its lines cross least: by the mean place of what they are linked to, up and down. */
export function orderLayers(
  layers: readonly (readonly string[])[],
  links: readonly (readonly [string, string])[],
): string[][] {
  let ordered = layers.map((layer) => [...layer])
  for (let round = 0; round < rounds; round += 1) {
    const isDown = round % 2 === 0
    const indexes = isDown ? ordered.keys() : [...ordered.keys()].toReversed()
    for (const index of indexes) {
      const neighbours = ordered[isDown ? index - 1 : index + 1]
      const layer = ordered[index]
      if (layer && neighbours)
        ordered = ordered.with(
          index,
          sortBy(layer, (key) => meanPlace(key, { neighbours, links })),
        )
    }
  }
  return ordered
}

interface Neighbourhood {
  neighbours: readonly string[]
  links: readonly (readonly [string, string])[]
}

function meanPlace(key: string, { neighbours, links }: Neighbourhood): number | undefined {
  const places = links.flatMap(([from, to]) => {
    const other = from === key ? to : to === key ? from : undefined
    const place = other === undefined ? -1 : neighbours.indexOf(other)
    return place < 0 ? [] : [place / neighbours.length]
  })
  return places.length === 0 ? undefined : places.reduce((sum, place) => sum + place, 0) / places.length
}

/** What has no place of its own stays where it is. */
function sortBy(keys: readonly string[], placeOf: (key: string) => number | undefined): string[] {
  return keys
    .map((key, index) => ({ key, place: placeOf(key) ?? index / keys.length, index }))
    .toSorted((one, other) => one.place - other.place || one.index - other.index)
    .map(({ key }) => key)
}

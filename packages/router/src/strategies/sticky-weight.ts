/**
 * Weight of an id for a key, 0 to 2³² − 1: the id with the highest one is the key's (rendezvous hashing). When an id
 * comes or goes, only the keys that it gains or had are moved. FNV-1a with the finish of MurmurHash3.
 */
export function stickyWeight(key: string, id: string): number {
  let hash = 0x811c9dc5
  // A key's length keeps ('ab', 'c') and ('a', 'bc') apart.
  for (const unit of `${key.length}:${key}${id}`.split('')) hash = Math.imul(hash ^ unit.charCodeAt(0), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

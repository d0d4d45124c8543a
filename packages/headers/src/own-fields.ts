/** Options and answer fields that are gw's own: their headers start with `gw-`. */
export type OwnField =
  | 'constraints'
  | 'freeFallback'
  | 'explain'
  | 'resumable'
  | 'provider'
  | 'model'
  | 'attempts'
  | 'keySource'
  | 'cost'
  | 'warnings'
  | 'capabilities'
  | 'error'

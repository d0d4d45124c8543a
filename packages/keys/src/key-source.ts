import type { KeyLevel } from './provider-key.ts'

/** Where an upstream secret came from. Whoever's it is pays. */
export type KeySource =
  /** The caller sent it with the request. */
  | 'request'
  | KeyLevel
  | 'environment'
  /** Workers AI without a key, through the account's own binding. */
  | 'free'
  /** The provider needs no secret. */
  | 'none'

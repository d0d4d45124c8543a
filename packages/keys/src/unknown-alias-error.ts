/** The caller asked for a stored key by an alias that none of the provider's keys has. */
export class UnknownAliasError extends Error {
  override readonly name = 'UnknownAliasError'
  readonly providerId: string
  readonly alias: string
  /** The aliases that this caller could ask for, sorted. */
  readonly aliases: readonly string[]

  constructor(providerId: string, alias: string, aliases: readonly string[]) {
    const known = aliases.length === 0 ? 'none' : aliases.map((name) => `'${name}'`).join(', ')
    super(`Provider '${providerId}' has no BYOK credential named '${alias}'. Configured aliases: ${known}`)
    this.providerId = providerId
    this.alias = alias
    this.aliases = aliases
  }
}

/** The id that patterns, overrides and decisions name a target by: `provider/model`. */
export const idOf = ({ provider, model }: { provider: string; model: string }): string => `${provider}/${model}`

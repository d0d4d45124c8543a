/** A candidate's price in USD per million blended tokens; `undefined` for what is none. */
export const priceOf = ({ usdPerMillion }: { usdPerMillion?: number }): number | undefined =>
  usdPerMillion !== undefined && Number.isFinite(usdPerMillion) && usdPerMillion >= 0
    ? Math.abs(usdPerMillion)
    : undefined

/** Names of ledgers: one for each that limits or budgets are for. Ids cannot run into each other. */
export const ledgerName = {
  /** All budgets of an organisation, so that they hold together or not at all. */
  budgets: (orgId: string) => JSON.stringify(['budgets', orgId]),
  /** The limits of a tier, for whoever shares them. */
  tier: ({ kind, id }: { kind: 'org' | 'user'; id: string }) => JSON.stringify(['tier', kind, id]),
  gateway: (orgId: string, id: string) => JSON.stringify(['gateway', orgId, id]),
  /** The limits on requests within a dynamic route. */
  route: ({ orgId, gatewayId, id }: { orgId: string; gatewayId: string; id: string }) =>
    JSON.stringify(['route', orgId, gatewayId, id]),
  /** The free neurons of a Cloudflare account. */
  neurons: (account: string) => JSON.stringify(['neurons', account]),
  /** Attempts to sign in, for each address or the admin key. */
  signIn: (who: string) => JSON.stringify(['sign_in', who]),
}

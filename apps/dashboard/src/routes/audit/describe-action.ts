/** Verbs of the methods. */
const verbs: Readonly<Record<string, string>> = {
  POST: 'Made',
  PUT: 'Set',
  PATCH: 'Changed',
  DELETE: 'Removed',
}

/** Operations that are called otherwise than their method. */
const named: Readonly<Record<string, string>> = {
  'POST /setup': 'Set the gateway up',
  'POST /session': 'Signed in',
  'DELETE /session': 'Signed out',
  'POST /invitations': 'Invited somebody',
  'POST /invitations/accept': 'Accepted an invitation',
  'POST /gateway-keys/:id/rotate': 'Rotated a gateway key',
  'DELETE /gateway-keys/:id': 'Revoked a gateway key',
  'POST /gateways/:id/cache/purge': 'Purged the cache',
  'POST /gateways/:id/routes/:route/deployments': 'Deployed a route',
  'POST /gateways/:id/routes/:route/rollback': 'Rolled a route back',
  'POST /master-key/rotate': 'Rotated the master key',
  'POST /reprice': 'Computed costs anew',
  'POST /backfill': 'Rebuilt roll-ups',
}

/**
 * What was done, for people.
 * @example describeAction('PATCH /budgets/:id') // 'Changed a budget'
 */
export function describeAction(action: string): string {
  const known = named[action]
  if (known !== undefined) return known
  const [method = '', path = ''] = action.split(' ')
  const words = path.split('/').filter((part) => part !== '' && !part.startsWith(':'))
  const thing = (words.at(-1) ?? '').replaceAll(/[-_]/g, ' ')
  const isOne = thing.endsWith('s')
  const name = isOne ? thing.replace(/s$/, '') : thing
  return `${verbs[method] ?? method} ${isOne ? (/^[aeio]/.test(name) ? 'an ' : 'a ') : ''}${name}`
}

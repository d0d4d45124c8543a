import type { Obstacle } from './candidate.ts'

/** What a user is told of an obstacle. */
export const obstacleMessages: Readonly<Record<Obstacle, string>> = {
  no_key: 'There is no key for this provider.',
  budget: 'A budget does not allow what the request can cost.',
  neurons: "The day's neurons are not enough for the request.",
  scope: 'The gateway key may not use this model.',
  tier: 'The tier does not include this model.',
  unsupported: 'The gateway cannot send this kind of request to this provider.',
  paid_plan: 'The model needs a paid plan at the provider.',
  withdrawn: 'The provider has withdrawn the model.',
  disabled: 'The model is switched off here.',
}

/** Requests that Workers AI answered. */
export const workersAiFilter = JSON.stringify([{ key: 'provider', operator: 'eq', value: ['workers-ai'] }])

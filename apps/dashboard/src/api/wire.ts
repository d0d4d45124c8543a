import type { Answer } from './admin-api.ts'

/** What requests came to. */
export type Totals = Answer<'GET /analytics/summary'>['current']

export type Role = Answer<'GET /session'>['memberships'][number]['role']

/** What is kept of one request. */
export type LogRow = Answer<'GET /logs/:id'>

/** One call to a provider. */
export type Attempt = LogRow['attempts'][number]

/** One line of a row's bill. */
export type BillLine = LogRow['bill'][number]

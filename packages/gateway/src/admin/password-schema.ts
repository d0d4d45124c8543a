import * as z from 'zod'

/**
 * A password that somebody chooses: length counts, and nothing else.
 * @see https://pages.nist.gov/800-63-4/sp800-63b.html#password
 */
export const passwordSchema = z.string().min(12, 'must have 12 characters or more').max(200)

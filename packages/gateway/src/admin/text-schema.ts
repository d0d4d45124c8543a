import * as z from 'zod'

/** What people call something. */
export const textSchema = z.string().trim().min(1).max(100)

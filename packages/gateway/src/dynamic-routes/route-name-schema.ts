import * as z from 'zod'

/** What a route may be called: it stands behind `dynamic/` in model names, before `@` and a version, and in paths. */
export const routeNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^/@?#%\\\p{Cc}]+$/u, 'must have no "/", "@", "?", "#", "%", backslashes or control characters')

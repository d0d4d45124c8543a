import * as z from 'zod'

/** An id that people choose: what a gateway may be called, so that it can stand in a URL. */
export const idSchema = z
  .string()
  .max(64)
  .regex(
    /^[a-z0-9_]+(?:-[a-z0-9_]+)*$/,
    'must be lower-case letters, digits and underscores, with single hyphens between',
  )

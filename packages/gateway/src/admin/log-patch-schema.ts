import * as z from 'zod'

/** What a caller may say of an answer afterwards. */
export const logPatchSchema = z.object({
  feedback: z.union([z.literal(-1), z.literal(1), z.null()]).exactOptional(),
  score: z.number().min(0).max(100).nullable().exactOptional(),
  metadata: z
    .record(z.string(), z.union([z.string().max(1000), z.number(), z.boolean(), z.null()]))
    .refine((entries) => Object.keys(entries).length <= 5, 'has at most 5 entries')
    .nullable()
    .exactOptional(),
})

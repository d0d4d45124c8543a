/** A number brought into 0–10; `undefined` for what is no finite number. */
export const onScale = (value: number | undefined): number | undefined =>
  value !== undefined && Number.isFinite(value) ? Math.min(10, Math.max(0, value)) : undefined

/** One thing that must be so before the gateway can serve. */
export interface Check {
  name: string
  ok: boolean
  /** What is so, or what is wrong and what to do. Holds no secret. */
  message: string
}

/** What a rule sees of one subject. */
export interface Measurement {
  subject: string
  /** What the subject is called, for people. */
  label: string
  /** `null` where too little is known to say. */
  value: number | null
  /** What else is to be said; holds no secret and no prompt. */
  detail?: string
}

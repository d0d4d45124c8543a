/** Whether a credential, with or without its scheme, is one of the fillers that SDKs send where they have none. */
export function isPlaceholderSecret(credential: string): boolean {
  return /^\s*(?:bearer)?\s*$|^\s*(?:(?:bearer|token|key)\s+)?(?:undefined|null|unused|dummy|cf_temp_token)\s*$/i.test(
    credential,
  )
}

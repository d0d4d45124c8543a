import { GatewayError } from '@gw/headers'

/** Does what fails where something is taken, and says so. @throws GatewayError `conflict` */
export async function orConflict(
  work: () => Promise<unknown>,
  isTaken: () => Promise<unknown>,
  message: string,
): Promise<void> {
  if (await isTaken()) throw new GatewayError('conflict', message)
  try {
    await work()
  } catch (cause) {
    // Somebody else may have been faster.
    if (await isTaken()) throw new GatewayError('conflict', message, { cause })
    throw cause
  }
}

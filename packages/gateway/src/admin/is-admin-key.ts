import type { Deps } from '../deps.ts'
import { isEqualSecret } from '../sign-in/is-equal-secret.ts'

/** Whether a text is the admin key. */
export async function isAdminKey(text: string, { adminKey }: Pick<Deps, 'adminKey'>): Promise<boolean> {
  return Boolean(adminKey) && isEqualSecret(text, adminKey ?? '')
}

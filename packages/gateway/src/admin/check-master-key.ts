import { allSealed } from '../secrets/all-sealed.ts'
import type { Check } from './check.ts'
import type { ControlPlane } from './control-plane.ts'

/** No master key has this version. */
const none = ''
const mostLookedAt = 1000

/** Whether every stored provider key can be opened with the master keys that are configured. */
export async function checkMasterKey({
  vault,
  ...stores
}: Pick<ControlPlane, 'vault' | 'providerKeys' | 'alerts'>): Promise<Check> {
  const say = (ok: boolean, message: string): Check => ({ name: 'master_key', ok, message })
  const current = vault?.version ?? none
  const sealed = allSealed(stores)
  const others = await sealed.countOtherVersions(current)
  if (others === 0) return say(true, 'Every stored provider key has the current master key, or there is none.')

  const keys = await sealed.listOtherVersions(current, mostLookedAt)
  const unknown = keys.map(({ sealed }) => sealed.version).filter((version) => !vault?.knows(version))
  if (unknown.length === 0)
    return say(true, `${others} stored provider keys have an earlier master key, which is known.`)
  const versions = [...new Set(unknown)].toSorted().join(', ')
  const stored = `${unknown.length} stored provider keys need the master key of version ${versions}`
  if (!vault) {
    return say(
      false,
      `${stored}, and GW_MASTER_KEY is not set. Set GW_MASTER_KEY to the key that they were stored with.`,
    )
  }
  return say(
    false,
    `${stored}, and GW_MASTER_KEY has version ${vault.version}. Set GW_MASTER_KEY to the key that they were stored with; ` +
      'or, to change to the new key, keep it there, put the old key into GW_MASTER_KEY_PREVIOUS and run `pnpm rotate-master-key`.',
  )
}

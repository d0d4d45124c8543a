import { createPreference } from '../../preferences/create-preference.ts'

const usual = ['time', 'status', 'model', 'tokens', 'cost', 'duration', 'ttft', 'key']

/** The columns that this browser shows. */
export const chosenColumns = createPreference<readonly string[]>({
  key: 'gw.log-columns',
  parse: (text) => text?.split(',').filter(Boolean) ?? usual,
  format: (ids) => ids.join(','),
})

/** Shows a column or hides it; one is always left. */
export function toggleColumn(chosen: readonly string[], id: string): readonly string[] {
  if (!chosen.includes(id)) return [...chosen, id]
  return chosen.length === 1 ? chosen : chosen.filter((one) => one !== id)
}

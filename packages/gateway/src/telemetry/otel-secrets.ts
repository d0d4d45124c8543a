import { Secret, type Vault } from '@gw/keys'
import * as z from 'zod'
import type { SealedSecretStore } from '../secrets/sealed-secret-store.ts'
import { sealedValue, type OtelExporter } from './otel-exporter.ts'

export interface OtelPlace {
  orgId: string
  gatewayId: string
}

export interface OtelSecretDeps {
  secrets: SealedSecretStore
  vault: Vault | undefined
}

const purpose = 'otel'

/** Values by the exporter's URL and the header's name. */
const valuesSchema = z.record(z.string(), z.record(z.string(), z.string()))
type Values = z.output<typeof valuesSchema>

/** Lower case, as headers are compared; `authorization` is one of them. */
function headersOf({ headers = {}, authorization }: OtelExporter): Record<string, string> {
  const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  return authorization === undefined ? named : { ...named, authorization }
}

/**
 * Seals what is secret of exporters, and gives them as they may be kept and shown. A value that is `[secret]` stays as it
 * was for the same URL and header. `requireVault` throws where there is none.
 */
export async function sealOtel(
  exporters: readonly OtelExporter[],
  place: OtelPlace,
  { secrets, vault, requireVault }: OtelSecretDeps & { requireVault(): Vault },
): Promise<OtelExporter[]> {
  const id = idOf(place)
  const before = await openValues(place, { secrets, vault })
  const values = Object.fromEntries(
    exporters.map((exporter) => [exporter.url, resolve(headersOf(exporter), before[exporter.url])]),
  )
  if (Object.values(values).every((headers) => Object.keys(headers).length === 0)) {
    await secrets.remove(place.orgId, id)
    return [...exporters]
  }
  const bound = { orgId: place.orgId, providerId: purpose, recordId: id }
  const sealed = await requireVault().seal(new Secret(JSON.stringify(values)), bound)
  await secrets.put({ id, orgId: place.orgId, purpose, sealed })
  return exporters.map(mask)
}

/** Headers that an exporter's requests have, opened. @throws VaultError */
export async function openOtelHeaders(
  place: OtelPlace,
  deps: OtelSecretDeps,
): Promise<(url: string) => Readonly<Record<string, string>>> {
  const values = await openValues(place, deps)
  return (url) => values[url] ?? {}
}

async function openValues(place: OtelPlace, { secrets, vault }: OtelSecretDeps): Promise<Values> {
  const id = idOf(place)
  const record = await secrets.find(place.orgId, id)
  if (!record || !vault) return {}
  const opened = await vault.open(record.sealed, { orgId: place.orgId, providerId: purpose, recordId: id })
  return valuesSchema.parse(JSON.parse(opened.reveal()))
}

const idOf = ({ orgId, gatewayId }: OtelPlace): string => JSON.stringify(['otel', orgId, gatewayId])

function resolve(headers: Record<string, string>, before: Record<string, string> = {}): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) => {
    const known = value === sealedValue ? before[name] : value
    return known === undefined ? [] : [[name, known] as const]
  })
  return Object.fromEntries(entries)
}

function mask({ headers, authorization, ...exporter }: OtelExporter): OtelExporter {
  const names = Object.keys(headers ?? {})
  return {
    ...exporter,
    ...(names.length > 0 && { headers: Object.fromEntries(names.map((name) => [name, sealedValue])) }),
    ...(authorization !== undefined && { authorization: sealedValue }),
  }
}

/** What OTLP's JSON can say. @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
export type OtlpValue =
  | { stringValue: string }
  | { boolValue: boolean }
  | { intValue: string }
  | { doubleValue: number }

export interface OtlpAttribute {
  key: string
  value: OtlpValue
}

/** Values that attributes are made of; one that is `null` or `undefined` makes none. */
export type AttributeValues = Readonly<Record<string, string | number | boolean | null | undefined>>

/** Attributes in the order of their names as they are given. Whole numbers are integers, which JSON has as text. */
export function toAttributes(values: AttributeValues): OtlpAttribute[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [{ key, value: toValue(value) }],
  )
}

function toValue(value: string | number | boolean): OtlpValue {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value }
}

/** Ms since the epoch as nanoseconds, which JSON has as text: they are more than a number holds. */
export function toNano(ms: number): string {
  return String(BigInt(Math.round(ms)) * 1_000_000n)
}

/** Who says it. */
export const resource = {
  attributes: toAttributes({ 'service.name': 'gw' }),
} as const

export const scope = { name: '@gw/gateway' } as const

/** Where a gateway's spans and metrics go; names as in Cloudflare's management API. */
export interface OtelExporter {
  /**
   * `…/v1/traces` gets spans, `…/v1/metrics` gets metrics; any other is the beginning of both.
   */
  url: string
  /** Their values are sealed, and shown as `[secret]`. */
  headers?: Readonly<Record<string, string>> | undefined
  /** Sealed, and shown as `[secret]`. */
  authorization?: string | undefined
  content_type?: 'json' | undefined
}

/** What stands for a value that is sealed. */
export const sealedValue = '[secret]'

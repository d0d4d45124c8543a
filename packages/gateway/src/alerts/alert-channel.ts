/** How a webhook is written: for Slack, for Discord, or as signed JSON. */
export type WebhookFormat = 'slack' | 'discord' | 'json'

/** What of a channel anybody may see who may see the channel. */
export type ChannelSettings =
  | {
      kind: 'webhook'
      format: WebhookFormat
      /** The URL without what makes it a secret. */
      urlPreview: string
    }
  | { kind: 'email'; to: readonly string[] }

/** Where messages go. */
export interface AlertChannel {
  id: string
  /** `null` for the operator's. */
  orgId: string | null
  name: string
  isEnabled: boolean
  settings: ChannelSettings
  createdAt: number
  updatedAt: number
}

/** Where channels are kept; their secrets are elsewhere. */
export interface AlertChannelStore {
  /** The owner's, oldest first. */
  list(orgId: string | null): Promise<AlertChannel[]>
  find(orgId: string | null, id: string): Promise<AlertChannel | undefined>
  /** Makes it, or takes the place of the one with its id. */
  save(channel: AlertChannel): Promise<void>
  /** False when the owner has no such channel. */
  remove(orgId: string | null, id: string): Promise<boolean>
}

/** The tables of alerting as `migrations/0009_alerts.sql` makes them. */
export interface AlertTables {
  alert_rules: {
    /** The organisation's id, or `''` for the operator: a primary key knows no NULL. */
    owner: string
    id: string
    org_id: string | null
    kind: string
    is_enabled: number
    settings: string
    created_at: number
    updated_at: number
  }
  alert_channels: {
    id: string
    org_id: string | null
    name: string
    kind: string
    is_enabled: number
    settings: string
    created_at: number
    updated_at: number
  }
  alert_incidents: {
    id: string
    org_id: string | null
    rule_id: string
    rule_name: string
    kind: string
    subject: string
    severity: string
    message: string
    value: number | null
    threshold: number
    created_at: number
    updated_at: number
    resolved_at: number | null
    notified_at: number | null
    notified_severity: string | null
    is_told: number
    notices: number
    notice: string | null
    acknowledged_at: number | null
    acknowledged_by: string | null
  }
  alert_deliveries: {
    id: string
    org_id: string | null
    channel_id: string
    incident_id: string | null
    content: string
    digest: string
    status: string
    attempts: number
    due_at: number
    last_status_code: number | null
    last_error: string | null
    created_at: number
    finished_at: number | null
  }
  sealed_secrets: {
    id: string
    org_id: string | null
    purpose: string
    master_key_version: string
    sealed_data_key: string
    sealed_text: string
  }
}

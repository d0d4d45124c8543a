/** Where an output leads. */
export interface ElementRef {
  elementId: string
}

/** One node of a route, as Cloudflare's API writes it. */
export type RouteElement =
  | StartElement
  | ConditionalElement
  | PercentageElement
  | RateElement
  | ModelElement
  | EndElement

export interface StartElement {
  id: string
  type: 'start'
  outputs: { next: ElementRef }
}

export interface ConditionalElement {
  id: string
  type: 'conditional'
  /** As they were written; `parseCondition` reads them. */
  properties: { conditions: Readonly<Record<string, unknown>> }
  outputs: { true: ElementRef; false: ElementRef }
}

/** Names of the outputs are shares, `10%`; `else` gets what they leave. */
export interface PercentageElement {
  id: string
  type: 'percentage'
  outputs: Readonly<Record<string, ElementRef>>
}

export interface RateElement {
  id: string
  type: 'rate'
  properties: {
    limitType: 'count' | 'cost'
    /** A field of the request; each of its values is counted for itself. */
    key: string
    /** Requests, or USD. */
    limit: number
    /** Seconds. */
    window: number
    /** Whether windows follow the clock (default) or slide. */
    technique?: 'fixed' | 'sliding'
  }
  outputs: { success: ElementRef; fallback?: ElementRef }
}

export interface ModelElement {
  id: string
  type: 'model'
  properties: {
    provider: string
    model: string
    /** Ms to the first byte; absent or 0: the gateway's own. */
    timeout?: number
    /** Attempts after the first; absent: as the request says. */
    retries?: number
  }
  outputs: { success: ElementRef; fallback?: ElementRef }
}

export interface EndElement {
  id: string
  type: 'end'
  outputs: Readonly<Record<string, never>>
}

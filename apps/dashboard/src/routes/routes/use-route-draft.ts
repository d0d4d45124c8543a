import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import type { Answer } from '../../api/admin-api.ts'
import { api } from '../../api/api.ts'
import { useSession } from '../../session/use-session.ts'
import { parseElements, readElements, type RouteNode } from './element.ts'
import type { Version } from './route-page.tsx'

/** Something that is wrong with a route, and where. */
export type Mistake = Answer<'POST /gateways/:id/routes/validate'>['mistakes'][number]

/** A version as it is being edited. */
export interface RouteDraft {
  elements: readonly RouteNode[]
  setElements(elements: readonly RouteNode[]): void
  /** As JSON. */
  text: string
  setText(text: string): void
  /** Why the JSON cannot be drawn. */
  textMistake: string | undefined
  /** What the gateway finds wrong. */
  mistakes: readonly Mistake[]
  /** The gateway has looked at what is there now, and it may serve. */
  isValid: boolean
  isChanged: boolean
}

/** Edits the elements of a version, drawn or as JSON, and has the gateway look at them all the while. */
export function useRouteDraft(gatewayId: string, version: Version | undefined): RouteDraft {
  const saved = format(version?.elements ?? [])
  const [text, setText] = useState(saved)
  const read = parseElements(text)
  const [drawn, setDrawn] = useState(() => elementsOf(version))
  const checked = useDeferredValue(text)
  const check = useValidation(gatewayId, checked)
  const change = (next: string): void => {
    setText(next)
    const parsed = parseElements(next)
    if (parsed.ok) setDrawn(parsed.elements)
  }
  return {
    elements: drawn,
    setElements: (elements) => change(format(elements)),
    text,
    setText: change,
    textMistake: read.ok ? undefined : read.mistake,
    mistakes: read.ok ? (check?.mistakes ?? []) : [],
    isValid: read.ok && checked === text && check?.valid === true,
    isChanged: text !== saved,
  }
}

function useValidation(gatewayId: string, text: string) {
  const { org } = useSession()
  const parsed = parseElements(text)
  const { data } = useQuery({
    queryKey: ['POST /gateways/:id/routes/validate', org.id, gatewayId, text],
    queryFn: ({ signal }) =>
      api('POST /gateways/:id/routes/validate', {
        params: { id: gatewayId },
        query: { org_id: org.id },
        body: { elements: parsed.ok ? parsed.elements : [] },
        signal,
      }),
    enabled: parsed.ok,
    staleTime: Infinity,
  })
  return data
}

function elementsOf(version: Version | undefined): readonly RouteNode[] {
  const read = readElements(version?.elements ?? [])
  return read.ok ? read.elements : []
}

const format = (elements: unknown): string => JSON.stringify(elements, null, 2)

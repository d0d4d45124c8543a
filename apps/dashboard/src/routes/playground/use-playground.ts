import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { PlaygroundSearch } from './playground-search.ts'
import { mistakeInTools, noSettings } from './settings.ts'
import type { Turn } from './turn.ts'
import { openCallsOf, useChat, type Chat } from './use-chat.ts'
import { useKey } from './use-key.ts'
import { usePastRequest } from './use-past-request.ts'

/** What is about to be said. */
export type Draft = Pick<Extract<Turn, { role: 'user' }>, 'text' | 'pictures'>

/** One of the conversations that are shown. */
export interface Pane {
  name: 'model' | 'versus'
  label: string
  model: string
  chat: Chat
}

const route = getRouteApi('/shell/playground')
const noDraft: Draft = { text: '', pictures: [] }
const firstModel = 'auto'

/** All that the playground holds, and what can be done with it. */
export function usePlayground() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const key = useKey()
  const chats = [useChat(key), useChat(key)] as const
  const [settings, setSettings] = useState(noSettings)
  const [draft, setDraft] = useState(noDraft)
  const gatewayId = search.gateway ?? 'default'
  const change = (next: PlaygroundSearch): void =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true })
  const past = usePastRequest(search.log, ({ turns, settings: then, model }) => {
    const last = turns.at(-1)
    const isDraft = last?.role === 'user'
    for (const chat of chats) chat.restart(isDraft ? turns.slice(0, -1) : turns)
    setDraft(isDraft ? { text: last.text, pictures: last.pictures } : noDraft)
    setSettings(then)
    if (model !== undefined && search.model === undefined) change({ model })
  })
  const panes = panesOf(search, chats)
  const ask = ({ chat, model }: Pane, asked: readonly Turn[]): void => chat.ask({ model, settings, gatewayId, asked })
  const send = (): void => {
    const isEmpty = draft.text.trim() === '' && draft.pictures.length === 0
    for (const pane of panes) ask(pane, isEmpty ? [] : [{ role: 'user', ...draft }])
    setDraft(noDraft)
  }
  const clear = (): void => {
    for (const chat of chats) chat.restart([])
    change({ log: undefined })
  }
  const compare = (): void => change({ versus: search.versus === undefined ? (search.model ?? firstModel) : undefined })
  return {
    change,
    past,
    panes,
    gatewayId,
    settings,
    setSettings,
    draft,
    setDraft,
    ask,
    send,
    clear,
    compare,
    isComparing: search.versus !== undefined,
    isRunning: panes.some(({ chat }) => chat.isRunning),
    obstacle: obstacleOf(panes, mistakeInTools(settings.tools)),
    canContinue: panes.every(({ chat }) => chat.exchanges.length === 0 && chat.history.length > 0),
    stop: () => {
      for (const { chat } of panes) chat.stop()
    },
  }
}

function panesOf({ model = firstModel, versus }: PlaygroundSearch, [first, second]: readonly [Chat, Chat]): Pane[] {
  const one: Pane = { name: 'model', label: versus === undefined ? 'Model' : 'First model', model, chat: first }
  return versus === undefined ? [one] : [one, { name: 'versus', label: 'Second model', model: versus, chat: second }]
}

/** Why nothing can be said now. */
function obstacleOf(panes: readonly Pane[], mistake: string | undefined): string | undefined {
  if (mistake !== undefined) return mistake
  const waits = panes.some(({ chat }) => openCallsOf(chat.exchanges).length > 0)
  return waits ? 'The model waits for the results of its tool calls.' : undefined
}

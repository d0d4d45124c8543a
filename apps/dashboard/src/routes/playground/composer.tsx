import { Button } from '@cloudflare/kumo/components/button'
import { ImageIcon, PaperPlaneRightIcon, StopIcon, XIcon } from '@phosphor-icons/react'
import { useRef, type ClipboardEvent, type FormEvent, type KeyboardEvent, type ReactElement } from 'react'
import { notify } from '../../ui/toasts.ts'
import { readPicture } from './read-picture.ts'
import type { usePlayground } from './use-playground.ts'

type Playground = ReturnType<typeof usePlayground>

/** Where the next message is written. */
export function Composer({ play }: { play: Playground }): ReactElement {
  const { draft, setDraft: onChange, isRunning, obstacle, canContinue } = play
  const files = useRef<HTMLInputElement>(null)
  const isEmpty = draft.text.trim() === '' && draft.pictures.length === 0
  const mayNotSend = isRunning || obstacle !== undefined || (isEmpty && !canContinue)
  const send = (event: FormEvent): void => {
    event.preventDefault()
    if (!mayNotSend) play.send()
  }
  const attach = (list: readonly File[]): void => {
    if (list.length === 0) return
    Promise.all(list.map(readPicture))
      .then((pictures) => onChange({ ...draft, pictures: [...draft.pictures, ...pictures] }))
      .catch((error: Error) => notify({ title: 'Not attached', description: error.message, variant: 'error' }))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) send(event)
  }
  const onPaste = (event: ClipboardEvent): void => {
    const pasted = [...event.clipboardData.files]
    if (pasted.length > 0) event.preventDefault()
    attach(pasted)
  }
  return (
    <form onSubmit={send} className="border-t border-kumo-hairline p-3">
      <Pictures play={play} />
      <textarea
        aria-label="Message"
        rows={2}
        className="field-sizing-content max-h-48 min-h-12 w-full resize-none bg-transparent px-1 outline-none placeholder:text-kumo-placeholder"
        placeholder="Say something. Enter sends, Shift + Enter begins a new line."
        value={draft.text}
        onChange={(event) => onChange({ ...draft, text: event.target.value })}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      <div className="flex items-center gap-2">
        <input
          ref={files}
          type="file"
          accept="image/*"
          multiple
          className="hidden"
          aria-label="Pictures"
          onChange={(event) => {
            attach([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
        <Button size="sm" variant="ghost" icon={ImageIcon} onClick={() => files.current?.click()}>
          Add pictures
        </Button>
        <p role="status" className="min-w-0 flex-1 truncate text-right text-sm text-kumo-subtle">
          {obstacle}
        </p>
        {isRunning ? (
          <Button icon={StopIcon} onClick={play.stop}>
            Stop
          </Button>
        ) : (
          <Button type="submit" variant="primary" icon={PaperPlaneRightIcon} disabled={mayNotSend}>
            Send
          </Button>
        )}
      </div>
    </form>
  )
}

function Pictures({ play: { draft, setDraft: onChange } }: { play: Playground }): ReactElement | null {
  if (draft.pictures.length === 0) return null
  return (
    <ul className="mb-2 flex flex-wrap gap-2" aria-label="Pictures to send">
      {draft.pictures.map((picture, index) => (
        <li key={`${index} ${picture.name}`} className="relative">
          <img src={picture.url} alt={picture.name} className="size-14 rounded-md object-cover ring ring-kumo-line" />
          <button
            type="button"
            aria-label={`Remove ${picture.name}`}
            className="absolute -top-1.5 -right-1.5 flex size-5 cursor-pointer items-center justify-center rounded-full bg-kumo-base ring ring-kumo-line"
            onClick={() => onChange({ ...draft, pictures: draft.pictures.filter((one) => one !== picture) })}
          >
            <XIcon className="size-3" aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  )
}

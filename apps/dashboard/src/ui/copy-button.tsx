import { Button } from '@cloudflare/kumo/components/button'
import { CheckIcon, CopyIcon } from '@phosphor-icons/react'
import { useState, type ReactElement } from 'react'
import { notify } from './toasts.ts'

interface CopyButtonProps {
  text: string | (() => string)
  /** What is copied, for people who do not see the icon; shown too, unless it is only an icon. */
  label: string
  isIconOnly?: boolean
}

/** Puts a text on the clipboard. */
export function CopyButton({ text, label, isIconOnly = false }: CopyButtonProps): ReactElement {
  const [isCopied, setIsCopied] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(typeof text === 'string' ? text : text())
    setIsCopied(true)
    setTimeout(() => setIsCopied(false), 1500)
  }
  const onClick = (): void => {
    copy().catch(() => notify({ title: 'The browser does not let the page copy', variant: 'error' }))
  }
  const icon = isCopied ? CheckIcon : CopyIcon
  if (isIconOnly)
    return <Button size="xs" variant="ghost" shape="square" icon={icon} aria-label={label} onClick={onClick} />
  return (
    <Button size="sm" icon={icon} onClick={onClick}>
      {isCopied ? 'Copied' : label}
    </Button>
  )
}

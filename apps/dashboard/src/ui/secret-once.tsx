import { Button } from '@cloudflare/kumo/components/button'
import { EyeIcon, EyeSlashIcon } from '@phosphor-icons/react'
import { useState, type ReactElement } from 'react'
import { CopyButton } from './copy-button.tsx'

/** A secret that the gateway tells only now. */
export function SecretOnce({ secret, label }: { secret: string; label: string }): ReactElement {
  const [isShown, setIsShown] = useState(false)
  return (
    <div className="rounded-lg bg-kumo-warning-tint p-3 ring ring-kumo-warning/40">
      <p className="mb-2 text-kumo-strong">{label}. Copy it now: it cannot be shown again.</p>
      <div className="flex items-center gap-1.5">
        <code
          tabIndex={0}
          className="min-w-0 flex-1 overflow-x-auto rounded-md bg-kumo-base px-2.5 py-1.5 font-mono text-sm whitespace-nowrap ring ring-kumo-line"
        >
          {isShown ? secret : '•'.repeat(Math.min(secret.length, 40))}
        </code>
        <Button
          size="sm"
          shape="square"
          variant="ghost"
          icon={isShown ? EyeSlashIcon : EyeIcon}
          aria-label={isShown ? 'Hide' : 'Show'}
          onClick={() => setIsShown(!isShown)}
        />
        <CopyButton text={secret} label="Copy" />
      </div>
    </div>
  )
}

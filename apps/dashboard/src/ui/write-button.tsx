import { Button, type ButtonProps } from '@cloudflare/kumo/components/button'
import { Tooltip } from '@cloudflare/kumo/components/tooltip'
import type { ReactElement } from 'react'
import type { Role } from '../api/wire.ts'
import { useSession } from '../session/use-session.ts'

type WriteButtonProps = ButtonProps & { needs: Role | 'operator' }

/** A button for those who may; for others it says who may. */
export function WriteButton({ needs, ...button }: WriteButtonProps): ReactElement {
  const { can } = useSession()
  if (can(needs)) return <Button {...button} />
  return (
    <Tooltip
      content={needs === 'operator' ? 'Only an operator can do this' : `This needs the role ${needs}`}
      render={<span className="inline-flex" />}
    >
      <Button {...button} disabled />
    </Tooltip>
  )
}

import { clsx } from 'clsx';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';

const tones = {
  info: { Icon: Info, box: 'bg-accent-soft', mark: 'text-accent' },
  success: { Icon: CircleCheck, box: 'bg-success-soft', mark: 'text-success' },
  warning: { Icon: TriangleAlert, box: 'bg-warning-soft', mark: 'text-warning' },
  danger: { Icon: CircleAlert, box: 'bg-danger-soft', mark: 'text-danger' },
} as const;

interface AlertProps {
  tone: keyof typeof tones;
  title?: string;
  /** A button or link to what to do next. */
  action?: ReactNode;
  children?: ReactNode;
}

/** Announced when it appears: a failure interrupts and scrolls into view, the rest waits for a pause. */
export function Alert({ tone, title, action, children }: AlertProps) {
  const { Icon, box, mark } = tones[tone];
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On a phone, the button that failed may be far away.
    if (tone === 'danger') place.current?.scrollIntoView({ block: 'nearest' });
  }, [tone]);
  return (
    <div
      ref={place}
      role={tone === 'danger' ? 'alert' : 'status'}
      className={clsx('flex scroll-mt-20 scroll-mb-4 gap-2.5 rounded-lg px-3.5 py-3', box)}
    >
      <Icon aria-hidden className={clsx('mt-0.5 size-4 shrink-0', mark)} />
      <div className="min-w-0 flex-1">
        {title !== undefined && <p className="font-medium">{title}</p>}
        <div className={clsx(title !== undefined && 'text-ink-soft')}>{children}</div>
        {action !== undefined && <div className="mt-2 empty:hidden">{action}</div>}
      </div>
    </div>
  );
}

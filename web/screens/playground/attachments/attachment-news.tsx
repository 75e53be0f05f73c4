import { t } from '../../../language/t.ts';
import { Alert } from '../../../parts/alert.tsx';
import { Button } from '../../../parts/buttons/button.tsx';
import { usePlayground, useStored } from '../use-playground.ts';

/** Announces what was attached or removed, and shows what could not be attached, and why. */
export function AttachmentNews({ onClosed }: { onClosed: () => void }) {
  const { attaching } = usePlayground();
  const { faults, news } = useStored(attaching);
  const close = () => {
    attaching.forgetNews();
    onClosed();
  };
  return (
    <>
      <p role="status" className="sr-only">
        {news}
      </p>
      {faults.length > 0 && (
        <div className="mb-2 max-h-[min(14rem,30dvh)] overflow-y-auto">
          <Alert
            tone="danger"
            title={t('Not attached')}
            action={
              <Button size="small" onClick={close}>
                {t('Close')}
              </Button>
            }
          >
            {faults.map((fault) => (
              <p key={fault} className="wrap-anywhere">
                {fault}
              </p>
            ))}
          </Alert>
        </div>
      )}
    </>
  );
}

import { t } from '../language/t.ts';
import { LoadingRows, Skeleton } from '../parts/skeleton.tsx';
import { Brand } from './brand.tsx';
import { useConsole } from './console-context.ts';

/** The console while the session is being checked. The brand is where it will stay. */
export function ShellSkeleton() {
  const { config } = useConsole();
  return (
    <div className="flex min-h-dvh flex-col lg:flex-row">
      <div className="hidden w-60 shrink-0 flex-col border-line border-r bg-sunken lg:flex">
        <div className="flex h-14 items-center px-5">
          <Brand stage={config.stage} />
        </div>
        <div className="flex flex-col gap-3 p-5">
          <Skeleton className="h-4 w-32" />
          <Skeleton className="h-4 w-24" />
          <Skeleton className="h-4 w-36" />
        </div>
      </div>
      <div className="flex h-14 items-center border-line border-b px-4 lg:hidden">
        <Brand stage={config.stage} />
      </div>
      <main id="main" className="min-w-0 flex-1">
        <div className="mx-auto max-w-6xl px-4 py-6 sm:px-6 lg:px-10 lg:py-9">
          <Skeleton className="mb-6 h-7 w-40" />
          <div className="rounded-lg border border-line">
            <LoadingRows label={t('Loading the console')} />
          </div>
        </div>
      </main>
    </div>
  );
}

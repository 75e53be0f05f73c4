import { LoadingRows, Skeleton } from '../parts/skeleton.tsx';

/** The console before it is known who is there. */
export function ShellSkeleton() {
  return (
    <div className="flex min-h-dvh flex-col lg:flex-row">
      <div className="hidden w-60 shrink-0 flex-col gap-3 border-line border-r bg-sunken p-5 lg:flex">
        <Skeleton className="mb-4 h-6 w-28" />
        <Skeleton className="h-4 w-32" />
        <Skeleton className="h-4 w-24" />
        <Skeleton className="h-4 w-36" />
      </div>
      <div className="h-14 border-line border-b lg:hidden" />
      <main id="main" className="min-w-0 flex-1">
        <div className="mx-auto max-w-6xl px-4 py-6 sm:px-6 lg:px-10 lg:py-9">
          <Skeleton className="mb-6 h-7 w-40" />
          <div className="rounded-lg border border-line">
            <LoadingRows label="Loading the console" />
          </div>
        </div>
      </main>
    </div>
  );
}
